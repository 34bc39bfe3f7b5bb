"""Which monthly report somebody asks for: months that can be reported, and sentences for those that cannot."""

from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.monthly import periods
from analytics.monthly.wording import month_name
from geo_reports.forms.filters import named
from geo_reports.models import Agency, Report

CITY: Final = "kota"  # in the name of a file, where others have the SKPD


class Impossible(ValueError):
    """There is no such report and cannot be; `str()` is a sentence for people."""


class Misspelt(Impossible):
    """What is asked for is no month or no SKPD at all."""


def months(at: datetime) -> list[date]:
    """The months that can be reported, the latest first; the one that runs at the moment `at` is among them.

    One query, answered by the index report_newest.
    """
    first = Report.objects.public().order_by("submitted_at", "pk").values_list("submitted_at", flat=True).first()
    if first is None:
        return []
    earliest, latest = (periods.first_day(timezone.localdate(moment)) for moment in (first, max(first, at)))
    count = (latest.year - earliest.year) * periods.MONTHS + latest.month - earliest.month + 1
    return list(reversed(periods.until(latest, count)))


def usual(possible: list[date]) -> date:
    """The month that is reported unless another is named: the last complete one, or the only one."""
    return possible[1] if len(possible) > 1 else possible[0]


def month_asked(text: str, at: datetime) -> date:
    """The month written as YYYY-MM, the usual one for an empty text. Raises Impossible with a sentence. One query."""
    wanted = _read(text) if text else None
    possible = months(at)
    if not possible:
        raise Impossible(_("Belum ada laporan warga, jadi belum ada yang dapat dilaporkan."))
    if wanted is None:
        return usual(possible)
    if wanted > possible[0]:
        raise Impossible(
            _("%(month)s belum tiba, jadi belum ada yang dapat dilaporkan.") % {"month": month_name(wanted)}
        )
    if wanted < possible[-1]:
        raise Impossible(
            _("Tidak ada laporan untuk %(month)s: laporan pertama masuk %(first)s.")
            % {"month": month_name(wanted), "first": month_name(possible[-1])}
        )
    return wanted


def _read(text: str) -> date:
    try:
        return periods.read(text)
    except ValueError as error:
        raise Misspelt(_("Tulis bulan sebagai tahun dan angka bulan, misalnya 2026-10.")) from error


def agency_asked(slug: str) -> Agency | None:
    """The SKPD, None for an empty text: the city. Raises Misspelt with a sentence. One query."""
    if not slug:
        return None
    agency = Agency.objects.filter(slug=slug.replace("\0", "")).first()
    if agency is None:
        raise Misspelt(_("SKPD “%(slug)s” tidak dikenal.") % {"slug": named(slug)})
    return agency


def file_name(agency: Agency | None, month: date) -> PurePath:
    """What the report is called wherever it is kept."""
    return PurePath(f"laporan-bulanan_{agency.slug if agency else CITY}_{periods.written(month)}.pdf")
