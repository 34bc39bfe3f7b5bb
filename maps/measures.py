"""Area summaries: how many reports each kecamatan or kelurahan has, and what is not placed.

The counts of one filter come from one statement, so they add up: areas + outside + without
location = total.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from geo_reports.filters import ReportFilters
from geo_reports.models import Kecamatan, Kelurahan
from geo_reports.workflow import OPEN
from maps.collections import areas
from maps.grid import reading
from maps.params import Level, Measure
from maps.periods import a_year_before, within_a_year

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
    """Count the public reports of `filters` per area of `level`.

    Two queries; one more for a range of days or what is overdue, four more for the trend. Areas outside
    a kecamatan or kelurahan that the filter asks for are left out; areas without reports stay in with zero.
    """
    counts = _counts(filters, level)
    nowhere = counts.pop(None, _NOTHING)
    trends = _trends(filters, level) if measure is Measure.TREND else {}
    counted = tuple(
        _area(area, counts.get(area.code, _NOTHING), measure, trends.get(area.code)) for area in areas(level, filters)
    )
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
COUNTS: Final = """
SELECT {area}, sum(n), coalesce(sum(n) FILTER (WHERE status = ANY(%s)), 0), coalesce(sum(n) FILTER (WHERE cell = 1), 0)
FROM ({parts}) part ({columns})
GROUP BY 1 HAVING sum(n) > 0
"""


def _counts(filters: ReportFilters, level: Level) -> dict[str | None, _Count]:
    """By area code; None holds the reports that no area of this level has."""
    found = reading.in_city(filters)
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTS.format(area=level.value, columns=found.columns, parts=found.text), [sorted(OPEN), *found.params]
        )
        return {
            code or None: _Count(int(n), int(open_n), int(located)) for code, n, open_n, located in cursor.fetchall()
        }


def _trends(filters: ReportFilters, level: Level) -> dict[str | None, tuple[int, int]]:
    """Reports of the period and of the same period a year before, by area code; see `periods`."""
    period = within_a_year(filters, timezone.localdate())
    now, before = _counts(period, level), _counts(a_year_before(period), level)
    return {
        code: (now.get(code, _NOTHING).total, before.get(code, _NOTHING).total) for code in now.keys() | before.keys()
    }


def change_percent(now: int, before: int) -> float | None:
    """By how many percent there are more (or, negative, fewer); None where there were too few to compare with."""
    return round((now - before) / before * 100, 1) if before >= FEWEST else None


def _area(area: Kecamatan | Kelurahan, count: _Count, measure: Measure, trend: tuple[int, int] | None) -> AreaCount:
    if measure is Measure.TREND:
        value = change_percent(*(trend or (0, 0)))
        missing = "few" if value is None else ""
    else:
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
