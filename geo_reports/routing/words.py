"""A trace in words: every candidate, how near or alike it was, and why it won or lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports.models import Agency, Evidence

RESULTS: dict[str, str | Promise] = {
    "won": gettext_lazy("dipilih"),
    "tied": gettext_lazy("sama-sama mungkin"),
    "weaker": gettext_lazy("buktinya lebih lemah"),
    "farther": gettext_lazy("kurang dekat atau kurang mirip"),
    "lower_priority": gettext_lazy("prioritasnya lebih rendah"),
    "out_of_reach": gettext_lazy("di luar jangkauan"),
}
KINDS: dict[str, str | Promise] = {
    "person": gettext_lazy("keputusan petugas"),
    "beside": gettext_lazy("seberang batas"),
}


@dataclass(frozen=True)
class ToldLine:
    """One candidate as people read it. `measure` is a distance in metres or a likeness, in words."""

    agency: str
    slug: str
    kind: str
    name: str
    measure: str
    result: str
    reason: str
    is_winner: bool


def told(trace: Iterable[dict[str, Any]]) -> list[ToldLine]:
    """The lines of a trace in their order. One query for the agencies' names."""
    lines = list(trace)
    is_open = any(line["result"] == "tied" for line in lines) and lines[0]["kind"] != "person"
    names = dict(Agency.objects.filter(pk__in={line.get("agency") for line in lines}).values_list("pk", "short_name"))
    kinds = dict(Evidence.choices) | KINDS
    return [
        ToldLine(
            agency=names.get(line.get("agency", ""), _("pemerintah setempat")),
            slug=line.get("agency", ""),
            kind=str(kinds.get(line["kind"], line["kind"])),
            name=line.get("name", ""),
            measure=_measure(line),
            result=str(RESULTS.get("tied" if is_open and line["result"] == "won" else line["result"], "")),
            reason=line.get("reason", ""),
            is_winner=line["result"] == "won" and not is_open,
        )
        for line in lines
    ]


def _measure(line: dict[str, Any]) -> str:
    if line.get("likeness") is not None:
        return _("ejaan mirip %(percent)d%%") % {"percent": round(100 * line["likeness"])}
    if line.get("distance_m"):
        return _("%(metres)d m") % {"metres": round(line["distance_m"])}
    return _("di dalamnya") if line.get("distance_m") == 0 else ""
