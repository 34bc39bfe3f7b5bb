"""What is summed: by which columns, of which subjects, and what one timed row adds. Pure.

A slice answers every question whose restrictions and grouping are among its columns; one by month also
those about whole months.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from analytics.timing.hours import day_number, hour_number, local
from geo_reports.filters import ReportFilters

Subject = Literal["spell", "whole"]

HOUR_CLOCKS: Final = ("verification", "response", "completion", "confirmation")
# Measure of those that run and began lately, by the hour in which they did -> their clock.
LATELY: Final = {f"{clock}_lately": clock for clock in HOUR_CLOCKS}
DAY_CLOCKS: Final = ("response_days", "completion_days")
REPORTS: Final = "reports"
UNCLOCKED: Final = "unclocked"
UNVERIFIED: Final = "unverified"
TIMELINESS: Final = "timeliness"
# What is counted once and has no time.
TIMELESS: Final = frozenset({REPORTS, UNCLOCKED, TIMELINESS})
CAME: Final = "came"
LEFT: Final = "left"
DIMENSIONS: Final = ("agency", "category", "kecamatan", "kelurahan")
PARTS: Final[dict[Subject, tuple[str, str]]] = {"spell": ("both", "spell"), "whole": ("both", "whole")}


@dataclass(frozen=True)
class Counted:
    """One thing that a timed row counts for: SQL over its columns.

    Nothing is counted where `month` is NULL or the outcome "". The outcomes "running" and "open" pass with
    time: their `time` is the day on which they began, of what is LATELY its hour, and of "open" their last day.
    Days and hours are numbered, see `analytics.timing.hours`.
    """

    outcome: str
    time: str = "0"
    month: str = "date_trunc('month', day)::date"


_FAR: Final = "100000"
_BEGAN: Final = dict.fromkeys(HOUR_CLOCKS, "started_at") | {"verification": "submitted_at"}


def _clock(name: str) -> dict[str, Counted]:
    day, hour = day_number(f"{local(_BEGAN[name])}::date"), hour_number(_BEGAN[name])
    return {
        name: Counted(f"{name}_outcome", f"CASE WHEN {name}_outcome = 'running' THEN {day} ELSE {name}_hours END"),
        f"{name}_lately": Counted(
            f"CASE WHEN {name}_outcome = 'running' AND {hour} >= {{kept_from}} THEN 'running' ELSE '' END", hour
        ),
    }


def _working(name: str) -> Counted:
    return Counted(f"{name}_outcome", f"CASE WHEN {name}_outcome = 'running' THEN workday ELSE {name}_days END")


def _in_month(day: str) -> Counted:
    """Its time is the first day of the month in which it came or left; it is of that in which it was submitted."""
    outcome = f"CASE WHEN {day} IS NULL THEN '' ELSE 'all' END"
    return Counted(outcome, day_number(f"date_trunc('month', {day})::date"))


_CLOCKS: Final = {
    **_clock("response"),
    **_clock("completion"),
    **_clock("confirmation"),
    "response_days": _working("response"),
    "completion_days": _working("completion"),
    TIMELINESS: Counted(
        "timeliness",
        f"CASE WHEN timeliness = 'open' THEN coalesce({day_number('due_on')}, {_FAR}) ELSE 0 END",
    ),
}
MEASURES: Final[dict[Subject, dict[str, Counted]]] = {
    "spell": {
        **_CLOCKS,
        CAME: _in_month(f"{local('started_at')}::date"),
        LEFT: _in_month("left_on"),
    },
    "whole": {
        **_CLOCKS,
        **_clock("verification"),
        REPORTS: Counted("status"),
        UNCLOCKED: Counted(
            "CASE WHEN started_at IS NOT NULL THEN ''"
            " WHEN verification_outcome = 'running' THEN 'unverified' ELSE 'unsent' END"
        ),
        CAME: _in_month("day"),
        LEFT: _in_month("closed_on"),
    },
}


@dataclass(frozen=True)
class Slice:
    """Sums of one kind of subject by some columns, and by month or not.

    `finer` names a slice that has all of it, from which a rebuild adds it up. One of which pages read much
    `has_index` of its own, see `TimeSum`.
    """

    name: str
    subject: Subject
    columns: tuple[str, ...]
    is_monthly: bool
    measures: tuple[str, ...] = ()
    finer: str = ""
    has_index: bool = False

    @property
    def counted(self) -> tuple[str, ...]:
        """Its measures: those that are named, or all of its subject."""
        return self.measures or tuple(MEASURES[self.subject])

    def answers(self, subject: Subject, columns: Iterable[str], measures: Iterable[str], *, by_month: bool) -> bool:
        """Whether everything that is asked is in these sums."""
        return (
            subject == self.subject
            and (self.is_monthly or not by_month)
            and set(columns) <= set(self.columns)
            and set(measures) <= set(self.counted)
        )


SLICES: Final = (
    Slice("held", "whole", ("agency",), is_monthly=True, measures=(REPORTS, UNCLOCKED), finer="held-category"),
    Slice("held-category", "whole", ("agency", "category"), is_monthly=True, measures=(REPORTS, UNCLOCKED)),
    Slice("held-kecamatan", "whole", ("agency", "kecamatan"), is_monthly=True, measures=(REPORTS, UNCLOCKED)),
    Slice("whole", "whole", (), is_monthly=False, finer="category"),
    Slice("whole-monthly", "whole", (), is_monthly=True, finer="category-monthly", has_index=True),
    Slice("kecamatan", "whole", ("kecamatan",), is_monthly=False, finer="kelurahan"),
    Slice("category", "whole", ("category",), is_monthly=False, finer="category-monthly"),
    Slice("kelurahan", "whole", ("kecamatan", "kelurahan"), is_monthly=False, finer="kelurahan-monthly"),
    Slice("category-monthly", "whole", ("category",), is_monthly=True),
    Slice("kelurahan-monthly", "whole", ("kecamatan", "kelurahan"), is_monthly=True),
    Slice("agency", "spell", ("agency",), is_monthly=False, finer="agency-category", has_index=True),
    Slice("agency-category", "spell", ("agency", "category"), is_monthly=False, has_index=True),
    Slice("agency-kecamatan", "spell", ("agency", "kecamatan"), is_monthly=False),
    Slice("agency-monthly", "spell", ("agency",), is_monthly=True, has_index=True),
)


def restricted(filters: ReportFilters) -> dict[str, tuple[str, ...]]:
    """Column -> the values that a filter leaves."""
    values = (filters.skpd, filters.kategori, filters.kecamatan, filters.kelurahan)
    return {column: wanted for column, wanted in zip(DIMENSIONS, values, strict=True) if wanted}


def chosen(subject: Subject, columns: Iterable[str], measures: Iterable[str], *, by_month: bool) -> Slice | None:
    """The smallest slice that answers, or None: then the timed rows themselves have to."""
    asked = tuple(columns), tuple(measures)
    answering = (each for each in SLICES if each.answers(subject, *asked, by_month=by_month))
    return min(answering, key=lambda each: (len(each.columns), each.is_monthly), default=None)
