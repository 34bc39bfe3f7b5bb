"""What is counted for the page of an area: totals, each kelurahan, months, categories, the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import connection
from django.utils import timezone

from geo_reports.filters import ReportFilters
from geo_reports.models import Category, Report
from geo_reports.workflow import OPEN, Status
from maps.grid import reading
from maps.history import Month, history
from maps.measures import FEWEST, PER, AreaCount, Totals, change_percent, summarise
from maps.params import Level, Measure
from maps.periods import a_year_before, within_a_year

MONTHS: Final = 24
LATE_START_DAYS: Final = 31  # by how much the first report of all may come after the earlier period began
MOST_CATEGORIES: Final = 8


@dataclass(frozen=True)
class Counts:
    """Reports of an area: in all, and each kelurahan's by code."""

    totals: Totals
    overdue: int
    areas: tuple[AreaCount, ...]
    overdue_by_code: Mapping[str, int]

    @property
    def closed(self) -> int:
        """Reports that have reached an end state."""
        return self.totals.total - self.totals.open

    @property
    def elsewhere(self) -> int:
        """Reports of the area whose kelurahan is not known."""
        return self.totals.total - sum(area.total for area in self.areas)

    def per_inhabitants(self, population: int | None) -> float | None:
        """Reports per 1,000 inhabitants; None where nobody knows how many there are, or reports are few."""
        if not population or self.totals.total < FEWEST:
            return None
        return round(self.totals.total / population * PER, 1)


def counted(filters: ReportFilters) -> Counts:
    """How many there are, are open and are overdue. Five queries."""
    everything = summarise(filters, Level.KELURAHAN, Measure.ALL)
    late = summarise(replace(filters, status=("overdue",)), Level.KELURAHAN, Measure.ALL)
    by_code = {area.code: area.total for area in late.areas}
    return Counts(everything.totals, late.totals.total, everything.areas, by_code)


@dataclass(frozen=True)
class Change:
    """Reports of a period and of the same one a year before.

    `is_covered`: reports were collected all through the earlier one.
    """

    now: int
    before: int
    is_covered: bool = True

    @property
    def percent(self) -> int | None:
        """By how many percent there are more (less: below zero); None where that cannot be said."""
        change = change_percent(self.now, self.before) if self.is_covered else None
        return None if change is None else round(change)

    @property
    def size(self) -> int:
        """The percent without its sign, for a sentence that says which way."""
        return abs(self.percent or 0)


@dataclass(frozen=True)
class Changes:
    """Against the year before: in all, by kelurahan, and which days were compared."""

    whole: Change
    kelurahan: Mapping[str, Change]
    now: ReportFilters
    before: ReportFilters


def changes(filters: ReportFilters, today: date) -> Changes:
    """Reports of the period and of the same one a year before, see `periods`. Seven queries."""
    period = within_a_year(filters, today)
    earlier = a_year_before(period)
    now, before = (summarise(days, Level.KELURAHAN, Measure.ALL) for days in (period, earlier))
    is_covered = _collected_since(earlier.dari)
    counts = {area.code: area.total for area in before.areas}
    return Changes(
        Change(now.totals.total, before.totals.total, is_covered),
        {area.code: Change(area.total, counts[area.code], is_covered) for area in now.areas},
        period,
        earlier,
    )


def _collected_since(day: date | None) -> bool:
    """Whether reports were collected (nearly) from `day` on; reads the end of the index report_newest."""
    first = Report.objects.public().order_by("submitted_at", "pk").values_list("submitted_at", flat=True).first()
    return first is not None and day is not None and (timezone.localdate(first) - day).days <= LATE_START_DAYS


def last_months(filters: ReportFilters, today: date) -> list[Month]:
    """The last 24 months, the running one included, whatever days the filter names. Two queries."""
    known = {month.bulan: month for month in history(filters)}
    last = today.year * 12 + today.month - 1
    names = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(last - MONTHS + 1, last + 1)]
    return [known.get(name, Month(name, 0, 0)) for name in names]


@dataclass(frozen=True)
class CategoryCount:
    """Reports of one category; `category` is None for all those that are not among the foremost."""

    category: Category | None
    total: int
    open: int
    query: str = ""


IN_CATEGORY: Final = """
SELECT %s, coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE status = ANY(%s)), 0)
FROM ({parts}) part ({columns})
"""


def by_category(filters: ReportFilters, categories: Sequence[Category]) -> list[CategoryCount]:
    """The categories with most reports first, the others as one row at the end; those without any left out.

    One query, with a range of days two.
    """
    asked = {category.pk: category for category in categories if category.pk in (filters.kategori or {category.pk})}
    if not asked:
        return []
    known = reading.known_for(filters)
    parts = {slug: reading.in_city(replace(filters, kategori=(slug,)), known) for slug in asked}
    sql = " UNION ALL ".join(IN_CATEGORY.format(columns=part.columns, parts=part.text) for part in parts.values())
    params = [value for slug, part in parts.items() for value in (slug, sorted(OPEN), *part.params)]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = [(asked[slug], int(total), int(opened)) for slug, total, opened in cursor.fetchall() if total]
    found.sort(key=lambda row: (-row[1], row[0].order))
    rows = [
        CategoryCount(category, total, opened, filters.query(kategori=category.pk)) for category, total, opened in found
    ]
    if len(rows) <= MOST_CATEGORIES + 1:
        return rows
    rest = rows[MOST_CATEGORIES:]
    others = CategoryCount(None, sum(row.total for row in rest), sum(row.open for row in rest))
    return [*rows[:MOST_CATEGORIES], others]


def merged(filters: ReportFilters) -> int:
    """How many were put together with another report about the same problem. Two queries."""
    return summarise(replace(filters, status=(Status.MERGED.value,)), Level.KELURAHAN, Measure.ALL).totals.total
