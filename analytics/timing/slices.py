"""What is summed: by which columns, of which subjects, and what one timed row adds. Pure.

A slice answers every question whose restrictions and grouping are among its columns; one by month also
those about whole months.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from geo_reports.filters import ReportFilters

Subject = Literal["spell", "whole"]

HOUR_CLOCKS: Final = ("verification", "response", "completion", "confirmation")
DAY_CLOCKS: Final = ("response_days", "completion_days")
REPORTS: Final = "reports"
UNCLOCKED: Final = "unclocked"
UNVERIFIED: Final = "unverified"
TIMELINESS: Final = "timeliness"
CAME: Final = "came"
LEFT: Final = "left"
DIMENSIONS: Final = ("agency", "category", "kecamatan", "kelurahan")
PARTS: Final[dict[Subject, tuple[str, str]]] = {"spell": ("both", "spell"), "whole": ("both", "whole")}


@dataclass(frozen=True)
class Counted:
    """One thing that a timed row counts for: SQL over its columns.

    Nothing is counted where `month` is NULL or the outcome "". The outcomes "running" and "open" pass with
    time: their `time` is a day, see `began`.
    """

    outcome: str
    time: str = "0"
    month: str = "date_trunc('month', day)::date"


# Days are numbered from this one: what is kept of a running clock is when it began, and of an open one its last day.
_NUMBERED: Final = "{day} - date '2000-01-01'"
_FAR: Final = "100000"


def _clock(name: str, began: str) -> Counted:
    number = _NUMBERED.format(day=f"({began} AT TIME ZONE {{zone}})::date")
    return Counted(f"{name}_outcome", f"CASE WHEN {name}_outcome = 'running' THEN {number} ELSE {name}_hours END")


def _working(name: str) -> Counted:
    return Counted(f"{name}_outcome", f"CASE WHEN {name}_outcome = 'running' THEN workday ELSE {name}_days END")


_CLOCKS: Final = {
    **{name: _clock(name, "started_at") for name in HOUR_CLOCKS[1:]},
    "response_days": _working("response"),
    "completion_days": _working("completion"),
    TIMELINESS: Counted(
        "timeliness",
        f"CASE WHEN timeliness = 'open' THEN coalesce({_NUMBERED.format(day='due_on')}, {_FAR}) ELSE 0 END",
    ),
}
MEASURES: Final[dict[Subject, dict[str, Counted]]] = {
    "spell": _CLOCKS
    | {
        CAME: Counted("'all'", month="date_trunc('month', started_at AT TIME ZONE {zone})::date"),
        LEFT: Counted("'all'", month="date_trunc('month', left_on)::date"),
    },
    "whole": _CLOCKS
    | {
        "verification": _clock("verification", "submitted_at"),
        REPORTS: Counted("status"),
        UNCLOCKED: Counted(
            "CASE WHEN started_at IS NOT NULL THEN ''"
            " WHEN verification_outcome = 'running' THEN 'unverified' ELSE 'unsent' END"
        ),
        CAME: Counted("'all'"),
        LEFT: Counted("'all'", month="date_trunc('month', closed_on)::date"),
    },
}


@dataclass(frozen=True)
class Slice:
    """Sums of one kind of subject by some columns, and by month or not.

    `finer` names a slice that has all of it, from which a rebuild adds it up.
    """

    name: str
    subject: Subject
    columns: tuple[str, ...]
    is_monthly: bool
    measures: tuple[str, ...] = ()
    finer: str = ""

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


# Small ones first: the first that answers is read.
SLICES: Final = (
    Slice("held", "whole", ("agency",), is_monthly=True, measures=(REPORTS, UNCLOCKED)),
    Slice("whole", "whole", (), is_monthly=False, finer="category"),
    Slice("whole-monthly", "whole", (), is_monthly=True, finer="category-monthly"),
    Slice("kecamatan", "whole", ("kecamatan",), is_monthly=False, finer="kelurahan"),
    Slice("category", "whole", ("category",), is_monthly=False, finer="category-monthly"),
    Slice("kelurahan", "whole", ("kecamatan", "kelurahan"), is_monthly=False, finer="kelurahan-monthly"),
    Slice("category-monthly", "whole", ("category",), is_monthly=True),
    Slice("kelurahan-monthly", "whole", ("kecamatan", "kelurahan"), is_monthly=True),
    Slice("agency", "spell", ("agency",), is_monthly=False, finer="agency-category"),
    Slice("agency-category", "spell", ("agency", "category"), is_monthly=False),
    Slice("agency-kecamatan", "spell", ("agency", "kecamatan"), is_monthly=False),
    Slice("agency-monthly", "spell", ("agency",), is_monthly=True),
)


def restricted(filters: ReportFilters) -> dict[str, tuple[str, ...]]:
    """Column -> the values that a filter leaves."""
    values = (filters.skpd, filters.kategori, filters.kecamatan, filters.kelurahan)
    return {column: wanted for column, wanted in zip(DIMENSIONS, values, strict=True) if wanted}


def chosen(subject: Subject, columns: Iterable[str], measures: Iterable[str], *, by_month: bool) -> Slice | None:
    """The smallest slice that answers, or None: then the timed rows themselves have to."""
    asked = tuple(columns), tuple(measures)
    return next((each for each in SLICES if each.answers(subject, *asked, by_month=by_month)), None)
