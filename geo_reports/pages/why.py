"""Why this agency: the stored decision of a report, for its page, without what would betray a blurred place."""

import json
from typing import Any, Final

from django.utils.translation import gettext as _

from geo_reports.models import Assignment, Evidence
from geo_reports.pages.shown import Shown
from geo_reports.routing import undecided_sentence, versions, words

# What these say is true of a whole area. Anything else names a spot, and how near the report is to it.
OF_AN_AREA: Final = frozenset({Evidence.KELURAHAN, Evidence.KECAMATAN, Evidence.CITY, Evidence.OFFICE, "person"})


def why(report: Shown) -> dict[str, object]:
    """Who answers, as the trace tells it, or between whom a person has to choose. At most two queries."""
    stored = report.report.undecided
    trace = report.spell.trace if report.spell else stored["trace"] if stored else []
    told = [] if _betrays(report, trace) else trace
    return {
        "trace": words.told(told) if told else [],
        "reason": reason_for(report, report.spell) if report.spell else "",
        "undecided": _undecided(report, trace) if stored and not report.spell else "",
    }


def reason_for(report: Shown, spell: Assignment) -> str:
    """The sentence why `spell` began, as this reader may have it."""
    return _("petunjuk di lokasinya, yang disamarkan") if _betrays(report, spell.trace[:1]) else spell.reason


def winning_shape(report: Shown) -> Any:
    """The road, estate or asset that decided, as GeoJSON; None where it would betray a blurred place."""
    if report.spell is None or not report.spell.trace or report.is_blurred:
        return None
    shape = versions.shape_of(report.spell.trace[0])
    return json.loads(shape) if shape else None


def _undecided(report: Shown, trace: list[dict[str, Any]]) -> str:
    if _betrays(report, trace):
        return _("beberapa pihak mungkin bertanggung jawab; verifikator akan menentukannya")
    return undecided_sentence(trace)


def _betrays(report: Shown, trace: list[dict[str, Any]]) -> bool:
    """Whether the lines would tell the public where in the kelurahan a blurred report is."""
    if report.is_own or not report.is_blurred:
        return False
    return any(line["kind"] not in OF_AN_AREA for line in trace)
