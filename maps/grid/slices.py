"""What is counted in advance, and which of it answers a filter.

A slice is what the reports of a tally have in common: nothing, one category, one SKPD, one month or
day of submission, one month or day of their due date. Every tally is also by kelurahan and status, so areas and
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
FINEST: Final = 19  # the smallest that are counted in advance: below, spots are few
DAY_LEVELS: Final = (13, 16)  # single days are many: they are counted in cells of two sizes only
EVERYTHING: Final = "all"

# Expressions over a spot. NULL: the report is in no such slice.
SLICES: Final = (
    "'all'",
    "'category=' || category",
    "'agency=' || agency",
    "'month=' || to_char(day, 'YYYY-MM')",
    "'due_month=' || to_char(due, 'YYYY-MM')",
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


@dataclass(frozen=True)
class Known:
    """What an open-ended range may end at: today, the first and last day of any report, the first due date."""

    today: date
    first: date | None = None
    last: date | None = None
    first_due: date | None = None


def needs_bounds(filters: ReportFilters) -> bool:
    """Whether `Known` has to know more than today."""
    return bool(filters.dari or filters.sampai or OVERDUE in filters.status)


def parts(filters: ReportFilters, level: int, known: Known) -> list[Part]:
    """Parts whose reports add up to those of the filter, for cells of `level`."""
    base = Part(
        level=level,
        kategori=filters.kategori,
        skpd=filters.skpd,
        kecamatan=filters.kecamatan,
        kelurahan=filters.kelurahan,
        day=Days(filters.dari, filters.sampai),
        q=filters.q,
    )
    return [answered for part in _by_status(base, filters, known.today) for answered in _answered(part, level, known)]


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


def _answered(part: Part, level: int, known: Known) -> Iterator[Part]:
    """The part itself where slices answer it, else pieces of it, else the part to be counted from spots."""
    has_days, has_due = part.day != Days(), part.due != Days()
    named = [f"category={slug}" for slug in part.kategori] or [f"agency={slug}" for slug in part.skpd]
    restrictions = bool(part.kategori) + bool(part.skpd) + has_days + has_due
    if part.q or level > FINEST or restrictions > (2 if level == CITY and has_days and not has_due else 1):
        yield part
    elif has_due:
        for span, slices, at in _ranged(part.due, (known.first_due, known.today), ("due_",), level):
            yield replace(part, due=span.days, sign=span.sign, slices=slices, level=at)
    elif has_days:
        prefixes = tuple(f"{name}&" for name in named) or ("",)
        for span, slices, at in _ranged(part.day, (known.first, known.last), prefixes, level):
            yield replace(part, day=span.days, sign=span.sign, slices=slices, level=at)
    else:
        yield replace(part, slices=tuple(named) or (EVERYTHING,))


def _ranged(
    days: Days, bounds: tuple[date | None, date | None], prefixes: tuple[str, ...], level: int
) -> Iterator[tuple[Span, tuple[str, ...] | None, int]]:
    """Whole months, and the days that they lack or have too many; of each the slices, if any, and their level.

    Where the range is open it ends with the months of `bounds`; without any report it is empty.
    """
    earliest, latest = bounds
    first = days.first or (earliest and earliest.replace(day=1))
    last = days.last or (latest and month_end(latest))
    if first is None or last is None or first > last:
        return
    of_days = day_level(level) if not prefixes[0].endswith("&") else None
    for span in split(first, last):
        if span.months:
            yield span, tuple(f"{prefix}month={month:%Y-%m}" for prefix in prefixes for month in span.months), level
        elif of_days is None:
            yield span, None, level
        else:
            yield span, tuple(f"{prefixes[0]}day={day}" for day in each_day(span.first, span.last)), of_days


def day_level(level: int) -> int | None:
    """The level of the tallies of single days that can be gathered into cells of `level`; None: there is none."""
    return level if level == CITY else next((known for known in DAY_LEVELS if known >= level), None)
