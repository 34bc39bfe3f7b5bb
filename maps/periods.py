"""The period that a trend is about, and the same one a year before. Pure."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from geo_reports.filters import ReportFilters

DAYS: Final = 365


def within_a_year(filters: ReportFilters, today: date) -> ReportFilters:
    """The filter with both ends of its days: as it says, else the 365 days up to its end or today."""
    last = filters.sampai or max(today, filters.dari or today)
    return replace(filters, dari=filters.dari or last - timedelta(days=DAYS - 1), sampai=last)


def a_year_before(filters: ReportFilters) -> ReportFilters:
    """The same days one year earlier; 29 February becomes the 28th. Both ends must be set."""
    if filters.dari is None or filters.sampai is None:
        raise ValueError("A period has two ends.")
    return replace(filters, dari=_earlier(filters.dari), sampai=_earlier(filters.sampai))


def _earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
