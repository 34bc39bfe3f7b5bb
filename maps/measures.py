"""Area summaries: how many reports each kecamatan or kelurahan has, and what is not placed.

The counts of one filter come from one statement, so they add up: areas + outside + without
location = total.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db.models import Count, Q

from geo_reports.filters import ReportFilters
from geo_reports.models import Kecamatan, Kelurahan
from geo_reports.workflow import OPEN
from maps.collections import areas, reports
from maps.params import Level, Measure

FEWEST: Final = 5  # reports below which a rate says nothing
PER: Final = 1000  # inhabitants


@dataclass(frozen=True)
class AreaCount:
    """One area: its reports, and the measure's value. `missing` says why there is no value."""

    code: str
    name: str
    label: str
    population: int | None
    total: int
    open: int
    value: float | None
    missing: str = ""


@dataclass(frozen=True)
class Totals:
    """All reports of a filter, and those that no area holds."""

    total: int
    open: int
    without_location: int
    outside: int
    without_point: int

    @property
    def unplaced(self) -> int:
        """Reports in no area of the city."""
        return self.without_location + self.outside


@dataclass(frozen=True)
class Summary:
    """The areas in the order of their codes, and the totals of the same moment."""

    level: Level
    measure: Measure
    areas: tuple[AreaCount, ...]
    totals: Totals

    def as_json(self) -> dict[str, Any]:
        """Plain data for the map page."""
        areas = [asdict(area) for area in self.areas]
        return {"level": self.level, "measure": self.measure, "areas": areas, "totals": asdict(self.totals)}


def summarise(filters: ReportFilters, level: Level, measure: Measure) -> Summary:
    """Count the public reports of `filters` per area of `level`. Two queries.

    Areas outside a kecamatan or kelurahan that the filter asks for are left out; areas without
    reports stay in with zero.
    """
    counts = _counts(filters, level)
    nowhere = counts.pop(None, _NOTHING)
    counted = tuple(_area(area, counts.get(area.code, _NOTHING), measure) for area in areas(level, filters))
    everything = [nowhere, *counts.values()]
    totals = Totals(
        total=sum(count.total for count in everything),
        open=sum(count.open for count in everything),
        without_location=nowhere.total - nowhere.located,
        outside=nowhere.located,
        without_point=sum(count.total - count.located for count in everything),
    )
    return Summary(level, measure, counted, totals)


@dataclass(frozen=True)
class _Count:
    total: int
    open: int
    located: int


_NOTHING: Final = _Count(0, 0, 0)


def _counts(filters: ReportFilters, level: Level) -> dict[str | None, _Count]:
    """By area code; None holds the reports that no area of this level has."""
    rows = (
        reports(filters)
        .order_by()
        .values_list(f"{level}_id")
        .annotate(
            total=Count("pk"), opened=Count("pk", filter=Q(status__in=sorted(OPEN))), located=Count("public_point")
        )
    )
    return {code: _Count(total, opened, located) for code, total, opened, located in rows}


def _area(area: Kecamatan | Kelurahan, count: _Count, measure: Measure) -> AreaCount:
    value, missing = _value(count, area.population, measure)
    return AreaCount(area.code, area.name, area.label, area.population, count.total, count.open, value, missing)


def _value(count: _Count, population: int | None, measure: Measure) -> tuple[float | None, str]:
    if measure is Measure.OPEN:
        return count.open, ""
    if measure is Measure.ALL:
        return count.total, ""
    if not population:
        return None, "population"
    if count.total < FEWEST:
        return None, "few"
    return round(count.total / population * PER, 2), ""
