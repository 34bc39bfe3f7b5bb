"""Ready answers with variables: which fit a report, and what they say about it."""

import re
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from geo_reports.models import ReplyTemplate, Report
from geo_reports.workflow import Status

VARIABLES: Final = ("kode", "kategori", "lokasi", "skpd", "status", "tenggat", "tanggal")
_BRACED: Final = re.compile(r"\{([^{}]*)\}")


def unknown_variables(text: str) -> list[str]:
    """What stands in braces and is no variable, in the order of the text; a brace without its pair too."""
    unknown = [f"{{{name}}}" for name in _BRACED.findall(text) if name not in VARIABLES]
    rest = _BRACED.sub("", text)
    return unknown + [brace for brace in "{}" if brace in rest]


def filled(template: ReplyTemplate, report: Report, *, today: date | None = None) -> str:
    """The template's text about this report; a variable about which nothing is known says so."""
    values = _values(report, today or timezone.localdate())
    return _BRACED.sub(lambda found: values.get(found[1], found[0]), template.text)


def fitting(report: Report) -> list[ReplyTemplate]:
    """The templates for this report's SKPD, category and status; those made for it exactly come first."""
    fit = ReplyTemplate.objects.filter(
        Q(agency=None) | Q(agency=report.agency_id),
        Q(category=None) | Q(category=report.category_id),
        Q(status="") | Q(status=report.status),
    )
    return sorted(
        fit, key=lambda one: ((one.agency_id is None) + (one.category_id is None) + (not one.status), one.title)
    )


def _values(report: Report, today: date) -> dict[str, str]:
    area = report.kelurahan or report.kecamatan
    place = area.label if area else _("lokasi yang belum diketahui")
    return {
        "kode": report.code,
        "kategori": report.category.name,
        "lokasi": f"{report.address}, {place}" if report.address and not report.category.is_sensitive else place,
        "skpd": report.agency.name if report.agency else _("SKPD yang belum ditentukan"),
        "status": str(Status(report.status).label),
        "tenggat": _day(report.due_on) if report.due_on else _("tanggal yang belum ditentukan"),
        "tanggal": _day(today),
    }


def _day(day: date) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))
