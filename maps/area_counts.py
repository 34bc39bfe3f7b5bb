"""What is counted for the page of an area: totals, each kelurahan, months, categories, the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from geo_reports.days import day_start
from geo_reports.filters import ReportFilters
from geo_reports.models import Category, Report
from geo_reports.workflow import OPEN, Status
from maps.collections import reports
from maps.measures import FEWEST, PER, AreaCount, Totals, summarise
from maps.params import Level, Measure
from maps.trend import Change, Days, Periods, is_covered

MONTHS: Final = 24
MOST_CATEGORIES: Final = 8
_IS_OPEN: Final = Q(status__in=sorted(OPEN))


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
    """How many there are, are open and are overdue. Four queries."""
    everything = summarise(filters, Level.KELURAHAN, Measure.ALL)
    late = summarise(replace(filters, status=("overdue",)), Level.KELURAHAN, Measure.ALL)
    by_code = {area.code: area.total for area in late.areas}
    return Counts(everything.totals, late.totals.total, everything.areas, by_code)


@dataclass(frozen=True)
class Changes:
    """Against the year before: in all, and by kelurahan."""

    whole: Change
    kelurahan: Mapping[str, Change]


def changes(filters: ReportFilters, periods: Periods) -> Changes:
    """Reports of both periods. Five queries."""
    now, before = (summarise(_during(filters, days), Level.KELURAHAN, Measure.ALL) for days in _both(periods))
    covered = is_covered(periods.before, _first_report())
    earlier = {area.code: area.total for area in before.areas}
    return Changes(
        Change(now.totals.total, before.totals.total, covered),
        {area.code: Change(area.total, earlier[area.code], covered) for area in now.areas},
    )


def _both(periods: Periods) -> tuple[Days, Days]:
    return periods.now, periods.before


def _during(filters: ReportFilters, days: Days) -> ReportFilters:
    return replace(filters, dari=days.first, sampai=days.last)


def _first_report() -> date | None:
    """The day of the first report of all; read from the end of the index report_newest."""
    first = Report.objects.public().aggregate(first=Min("submitted_at"))["first"]
    return timezone.localdate(first) if first else None


@dataclass(frozen=True)
class Month:
    """The reports that were sent in a month, and those of them that are still open."""

    first: date
    total: int
    open: int


def history(filters: ReportFilters, today: date) -> list[Month]:
    """The last 24 months, the running one included, whatever days the filter names. One query."""
    firsts = [_months_before(today, number) for number in reversed(range(MONTHS))]
    found = (
        reports(replace(filters, dari=None, sampai=None))
        .filter(submitted_at__gte=day_start(firsts[0]))
        .order_by()
        .values_list(TruncMonth("submitted_at"))
        .annotate(total=Count("pk"), opened=Count("pk", filter=_IS_OPEN))
    )
    counts = {timezone.localdate(month): (total, opened) for month, total, opened in found}
    return [Month(first, *counts.get(first, (0, 0))) for first in firsts]


def _months_before(day: date, number: int) -> date:
    """The first day of the month `number` months before that of `day`."""
    month = day.year * 12 + day.month - 1 - number
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class CategoryCount:
    """Reports of one category; `category` is None for all those that are not among the foremost."""

    category: Category | None
    total: int
    open: int
    query: str = ""


def by_category(filters: ReportFilters, categories: Sequence[Category]) -> list[CategoryCount]:
    """The categories with most reports first, the others as one row at the end. One query."""
    found = (
        reports(filters)
        .order_by()
        .values_list("category_id")
        .annotate(total=Count("pk"), opened=Count("pk", filter=_IS_OPEN))
    )
    known = {category.pk: category for category in categories}
    rows = sorted(
        (CategoryCount(known[slug], total, opened, filters.query(kategori=slug)) for slug, total, opened in found),
        key=lambda row: (-row.total, row.category.order if row.category else 0),
    )
    if len(rows) <= MOST_CATEGORIES + 1:
        return rows
    rest = rows[MOST_CATEGORIES:]
    others = CategoryCount(None, sum(row.total for row in rest), sum(row.open for row in rest))
    return [*rows[:MOST_CATEGORIES], others]


def merged(filters: ReportFilters) -> int:
    """How many were put together with another report about the same problem. Two queries."""
    return summarise(replace(filters, status=(Status.MERGED.value,)), Level.KELURAHAN, Measure.ALL).totals.total
