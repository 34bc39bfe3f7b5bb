"""What is asked of timed rows, and which sums answer it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils import timezone

from analytics.timing.conditions import Months
from analytics.timing.hours import fine_from, kept_from
from analytics.timing.slices import Slice, Subject, chosen, restricted
from geo_reports.filters import ReportFilters

Key = Literal["city", "agency", "category", "kecamatan", "kelurahan", "month"]


@dataclass(frozen=True)
class Question:
    """What is counted of which reports, and by what, as it stands at `at`: now, for clocks that run."""

    subject: Subject
    measures: tuple[str, ...]
    by: Key
    filters: ReportFilters
    at: datetime

    @property
    def months(self) -> Months:
        """Which days can be read from sums by month."""
        return Months.within(self.filters.dari, self.filters.sampai)

    @property
    def slice(self) -> Slice | None:
        """The sums that answer, if any do; perhaps not for the days at both ends.

        Not as it stood some days ago: which hours are told apart passes with time.
        """
        filters, is_dated = self.filters, bool(self.filters.dari or self.filters.sampai)
        is_past = fine_from(self.at) < kept_from(timezone.now())
        if is_past or filters.status or filters.q or (is_dated and self.months.is_empty):
            return None
        grouping = () if self.by in {"city", "month"} else (self.by,)
        asked = (*restricted(filters), *grouping)
        return chosen(self.subject, asked, self.measures, by_month=is_dated or self.by == "month")
