"""What is counted in advance, and which of it answers a filter.

A slice is what the reports of a tally have in common: nothing, one category, one SKPD, one month or
day of submission, a due date, one month or day of it. Every tally is also by kelurahan and status, so areas and
statuses combine with any slice. A filter becomes parts that add up: a range of days is whole
months and single days; "open or overdue" is the open ones and, of the others, the overdue ones.
What no slices answer is counted from the spots themselves. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from geo_reports.filters import ReportFilters
from geo_reports.models.report_query import OVERDUE, STATUS_GROUPS
from maps.grid.spans import ADDED, Days, Span, each_day, month_end, split

CITY: Final = 0  # the level of the whole city
COARSEST: Final = 11  # zoom of the largest cells: the eighth part of a tile's edge at zoom 8
FINEST: Final = 20  # the smallest that are counted in advance: below, spots are few
FINEST_CELL: Final = 22  # the same for what has a row per cell: the smallest cells of a tile at zoom 19
DAY_LEVELS: Final = (13, 16)  # single days are many: they are counted in cells of two sizes only
EVERYTHING: Final = "all"

# Expressions over a spot. NULL: the report is in no such slice.
SLICES: Final = (
    "'all'",
    "'category=' || category",
    "'agency=' || agency",
    "'month=' || to_char(day, 'YYYY-MM')",
    "'due_month=' || to_char(due, 'YYYY-MM')",
    "CASE WHEN due IS NOT NULL THEN 'due' END",
)
DAY_SLICES: Final = ("'day=' || to_char(day, 'YYYY-MM-DD')", "'due_day=' || to_char(due, 'YYYY-MM-DD')")
# Two restrictions at once: only for the city's totals, where there are few rows.
CITY_SLICES: Final = (
    "'category=' || category || '&month=' || to_char(day, 'YYYY-MM')",
    "'agency=' || agency || '&month=' || to_char(day, 'YYYY-MM')",
)


@dataclass(frozen=True)
class Part:
    """Reports that satisfy all of it: the conditions on spots, and the slices that count just these, if any.

    The slices are those of tallies at `level`, the one that was asked for or a finer one. `statuses`
    None means any; `without` are excluded ones. A `sign` of -1 takes its reports away from those of the other parts.
    """

    slices: tuple[str, ...] | None = None
    level: int = CITY
    kategori: tuple[str, ...] = ()
    skpd: tuple[str, ...] = ()
    kecamatan: tuple[str, ...] = ()
    kelurahan: tuple[str, ...] = ()
    statuses: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    day: Days = field(default=Days())
    due: Days = field(default=Days())
    q: str = ""
    sign: int = ADDED

    @property
    def is_of_places(self) -> bool:
        """Whether it restricts nothing but areas and statuses."""
        return not (self.kategori or self.skpd) and self.day == self.due == Days()


@dataclass(frozen=True)
class Known:
    """What an open-ended range may end at: today, the first and last day of any report, and due date of any."""

    today: date
    first: date | None = None
    last: date | None = None
    first_due: date | None = None
    last_due: date | None = None


def needs_bounds(filters: ReportFilters) -> bool:
    """Whether `Known` has to know more than today."""
    return bool(filters.dari or filters.sampai or OVERDUE in filters.status)


def parts(filters: ReportFilters, level: int, known: Known, *, by_month: bool = False) -> list[Part]:
    """Parts whose reports add up to those of the filter, for cells of `level`; each in months where it is asked for."""
    base = Part(
        level=level,
        kategori=filters.kategori,
        skpd=filters.skpd,
        kecamatan=filters.kecamatan,
        kelurahan=filters.kelurahan,
        day=Days(filters.dari, filters.sampai),
        q=filters.q,
    )
    return [
        answered
        for part in _by_status(base, filters, known.today)
        for answered in _answered(part, level, known, by_month)
    ]


def _by_status(base: Part, filters: ReportFilters, today: date) -> Iterator[Part]:
    if not filters.status:
        yield base
        return
    wanted = {str(status) for slug in filters.status for status in STATUS_GROUPS.get(slug, (slug,))}
    plain = tuple(sorted(wanted - {OVERDUE}))
    if plain:
        yield replace(base, statuses=plain)
    if OVERDUE in wanted:
        yield replace(base, without=plain, due=Days(None, today - timedelta(days=1)))


def _answered(part: Part, level: int, known: Known, by_month: bool) -> Iterator[Part]:
    """The part itself where slices answer it, else pieces of it, else the part to be counted from spots."""
    has_days, has_due = part.day != Days(), part.due != Days()
    named = [f"category={slug}" for slug in part.kategori] or [f"agency={slug}" for slug in part.skpd]
    restrictions = bool(part.kategori) + bool(part.skpd) + has_days + has_due
    if part.q or level > FINEST or restrictions > (2 if level == CITY and has_days and not has_due else 1):
        yield part
    elif has_due:
        of_due = _Ranged(Days(known.first_due, known.last_due), ("due",), ("due_",))
        for span, slices, at in of_due.spans(part.due, level, by_month):
            yield replace(part, due=span.days, sign=span.sign, slices=slices, level=at)
    elif has_days:
        prefixes = tuple(f"{name}&" for name in named) or ("",)
        of_day = _Ranged(Days(known.first, known.last), tuple(named) or (EVERYTHING,), prefixes)
        for span, slices, at in of_day.spans(part.day, level, by_month):
            yield replace(part, day=span.days, sign=span.sign, slices=slices, level=at)
    else:
        yield replace(part, slices=tuple(named) or (EVERYTHING,))


@dataclass(frozen=True)
class _Ranged:
    """Slices by time: when there are reports, the slices of all of these, what the slices of a month begin with."""

    known: Days
    everything: tuple[str, ...]
    prefixes: tuple[str, ...]

    def spans(self, days: Days, level: int, by_month: bool) -> Iterator[tuple[Span, tuple[str, ...] | None, int]]:
        """What adds up to the days; of each the slices, if there are any, and their level.

        Where the range is open it ends with the months that are known; without any report it is empty.
        """
        first = days.first or (self.known.first and self.known.first.replace(day=1))
        last = days.last or (self.known.last and month_end(self.known.last))
        if first is None or last is None or first > last:
            return
        for span in split(first, last, None if by_month else self.known):
            slices = self._slices(span)
            is_of_days = not (span.months or span.is_everything)
            at = day_level(level) if slices and is_of_days else level
            yield (span, slices, at) if at is not None else (span, None, level)

    def _slices(self, span: Span) -> tuple[str, ...] | None:
        if span.is_everything:
            return self.everything
        if span.months:
            return tuple(f"{prefix}month={month:%Y-%m}" for prefix in self.prefixes for month in span.months)
        if self.prefixes[0].endswith("&"):
            return None
        return tuple(f"{self.prefixes[0]}day={day}" for day in each_day(span.first, span.last))


def day_level(level: int) -> int | None:
    """The level of the tallies of single days that can be gathered into cells of `level`; None: there is none."""
    return level if level == CITY else next((known for known in DAY_LEVELS if known >= level), None)
