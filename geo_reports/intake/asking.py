"""Who would get a report, asked before one is sent: the answer for machines and for the form."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point

from geo_reports import routing
from geo_reports.intake.submit import outside_sentence
from geo_reports.models import Agency, Category, Kecamatan, Kelurahan


@dataclass(frozen=True)
class Answer:
    """Where a point is, and the decision for a category there; None outside the city or without a category."""

    placement: routing.Placement
    decision: routing.Decision | None

    def as_json(self) -> dict[str, Any]:
        """The body of GET /api/route. `agency` is null when a person has to decide."""
        kelurahan = self.placement.kelurahan
        if kelurahan is None:
            message = outside_sentence(self.placement)
            return {"inside": False, "message": message, "neighbour": self.placement.neighbour}
        return {
            "inside": True,
            "message": kelurahan.label,
            "kelurahan": _area(kelurahan),
            "kecamatan": _area(kelurahan.kecamatan),
            **_decided(self.decision),
        }


def ask(
    category: Category | None,
    point: Point,
    on: date,
    *,
    accuracy_m: float | None = None,
    street: str = "",
    answer: str = "",
) -> Answer:
    """What would happen to a report at `point` (EPSG:4326) on the day `on`. Writes nothing; three queries."""
    placement = routing.place(point)
    if placement.kelurahan is None or category is None:
        return Answer(placement, None)
    decision = routing.decide(category, placement, on, accuracy_m=accuracy_m, street=street, answer=answer)
    return Answer(placement, decision)


def _decided(decision: routing.Decision | None) -> dict[str, Any]:
    if decision is None:
        return {"agency": None, "reason": "", "verdict": "", "question": [], "trace": []}
    return {
        "agency": _agency(decision.agency) if decision.agency else None,
        "reason": decision.reason,
        "verdict": decision.verdict,
        "question": [{"value": option.value, "label": option.label} for option in decision.question],
        "trace": decision.trace,
    }


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "slug": agency.slug,
        "short_name": agency.short_name,
        "name": agency.name,
        "kind": agency.kind,
        "is_city": agency.is_city,
    }


def _area(area: Kecamatan | Kelurahan) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "label": area.label}
