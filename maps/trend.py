"""Whether there are more reports than a year before: which days are compared, and what may be said about it.

Pure; one definition for the colours of the map and for the pages of areas.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo_reports.filters import ReportFilters

YEAR_DAYS: Final = 365
FEWEST: Final = 5  # reports in either period below which a change says nothing
LATE_START_DAYS: Final = 31  # by how much the first report of all may come after the earlier period began


@dataclass(frozen=True)
class Days:
    """A period; both days belong to it."""

    first: date
    last: date


@dataclass(frozen=True)
class Periods:
    """What is compared. `is_chosen`: the filter names the days, so they are compared with the same a year before."""

    now: Days
    before: Days
    is_chosen: bool


def periods(filters: ReportFilters, today: date) -> Periods:
    """The days of the filter and the same days a year before; without any, the last 365 days and the 365 before."""
    if not (filters.dari or filters.sampai):
        first = today - timedelta(days=YEAR_DAYS - 1)
        earlier = Days(first - timedelta(days=YEAR_DAYS), first - timedelta(days=1))
        return Periods(Days(first, today), earlier, is_chosen=False)
    last = filters.sampai or today
    now = Days(filters.dari or last - timedelta(days=YEAR_DAYS - 1), last)
    return Periods(now, Days(_year_before(now.first), _year_before(now.last)), is_chosen=True)


def _year_before(day: date) -> date:
    """The same day of the year before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True)
class Change:
    """Reports of a period and of the one before; `is_covered`: reports were collected all through the earlier one."""

    now: int
    before: int
    is_covered: bool = True

    @property
    def missing(self) -> str:
        """Why no change can be told: "few", "start" (collecting began later), or ""."""
        if not self.is_covered:
            return "start"
        return "few" if min(self.now, self.before) < FEWEST else ""

    @property
    def percent(self) -> int | None:
        """By how many percent there are more (or less, below zero) than before; None where it says nothing."""
        return None if self.missing else round((self.now - self.before) / self.before * 100)

    @property
    def more(self) -> int:
        """The percent without its sign, for a sentence that says which way."""
        return abs(self.percent or 0)


def is_covered(earlier: Days, first_report: date | None) -> bool:
    """Whether reports were collected (nearly) from the beginning of the earlier period on."""
    return first_report is not None and (first_report - earlier.first).days <= LATE_START_DAYS
