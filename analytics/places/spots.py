"""The places where most reports came in after the problem there was said to be fixed."""

from dataclasses import dataclass
from datetime import datetime
from math import hypot
from typing import Final

from analytics.models.places import WITHIN_M
from analytics.places.counting import known
from geo_reports.filters import ReportFilters
from geo_reports.models import Report

MOST: Final = 12
LEAST_RETURNS: Final = 2
# Neighbours of a found place fall out, so more are looked at than are shown.
LOOKED_AT: Final = 1_000


_COLUMNS: Final = (
    "pk", "category_id", "x_m", "y_m", "fixed_at", "returns", "returned_at", "last_returned_at",
)  # fmt: skip


@dataclass(frozen=True)
class _Circle:
    pk: int
    category: str
    x_m: float
    y_m: float
    fixed_at: datetime
    returns: int
    first_at: datetime
    last_at: datetime

    def touches(self, other: "_Circle") -> bool:
        return self.category == other.category and hypot(self.x_m - other.x_m, self.y_m - other.y_m) <= 2 * WITHIN_M


@dataclass(frozen=True, eq=False)
class ReturnSpot:
    """A settled report and how many of its category came near by in the twelve months after `fixed_at`."""

    report: Report
    fixed_at: datetime
    returns: int
    first_at: datetime
    last_at: datetime


def return_spots(filters: ReportFilters) -> list[ReturnSpot]:
    """At most MOST places, most returns first; no report is in two of them. Two queries.

    Each is the circle of WITHIN_M metres around a settled report of the filter; of circles that
    touch, the one with more returns stands for both. What the public may not know of is not shown.
    """
    places = known(filters).filter(returns__gte=LEAST_RETURNS).order_by("-returns", "-last_returned_at", "-pk")
    chosen: list[_Circle] = []
    for row in places.values_list(*_COLUMNS)[:LOOKED_AT]:
        circle = _Circle(*row)
        if len(chosen) < MOST and not any(circle.touches(other) for other in chosen):
            chosen.append(circle)
    shown = Report.objects.public().select_related("category", "agency", "kelurahan__kecamatan", "kecamatan")
    reports = shown.in_bulk([circle.pk for circle in chosen])
    return [
        ReturnSpot(reports[circle.pk], circle.fixed_at, circle.returns, circle.first_at, circle.last_at)
        for circle in chosen
        if circle.pk in reports
    ]
