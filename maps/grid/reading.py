"""SQL that counts the reports of a filter, from tallies, spots and what is pending, in one statement.

Every part is a SELECT of the same columns, which the statement names; the reader groups them as it
likes. Values are bound, never written into the text.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from geo_reports.filters import ReportFilters
from maps.grid.conditions import Window, few_days, of_spot, of_tally
from maps.grid.matching import matches
from maps.grid.slices import CITY, Known, Part, needs_bounds, parts
from maps.grid.spans import TAKEN_AWAY, month_end
from maps.world import BITS

# Read from the ends of the indexes spot_day and spot_due.
BOUNDS: Final = (
    "SELECT (SELECT min(day) FROM maps_spot), (SELECT max(day) FROM maps_spot),"
    " (SELECT min(due) FROM maps_spot), (SELECT max(due) FROM maps_spot)"
)
TALLIES: Final = """
SELECT {cell}, {areas}status, {sign}n, {sign}x, {sign}y, {sign}ids FROM maps_tally
WHERE level = %s AND slice = ANY(%s){where}
"""
PENDING: Final = """
SELECT {cell}, {areas}status, {sign}sign, {sign}sign::bigint * x, {sign}sign::bigint * y, {sign}sign * report
FROM maps_pending
WHERE true{where}
"""
SPOTS: Final = """
SELECT {cell}, {areas}status, {sign}1, {sign}x::bigint, {sign}y::bigint, {sign}id FROM maps_spot
WHERE true{where}
"""
# The planner cannot know how narrow a tile is. Fenced off, each run of keys is one scan of spot_key, which has all
# columns;
SPOTS_BY_KEY: Final = """
SELECT {cell}, {areas}status, {sign}1, {sign}x::bigint, {sign}y::bigint, {sign}id
FROM unnest(%s::bigint[], %s::bigint[]) AS run (first, last)
CROSS JOIN LATERAL (SELECT * FROM maps_spot WHERE key BETWEEN run.first AND run.last OFFSET 0) spot
WHERE true{where}
"""
# and for few days, each run and day is one scan of spot_day or spot_due.
SPOTS_BY_DAY_AND_KEY: Final = """
SELECT {cell}, {areas}status, {sign}1, {sign}x::bigint, {sign}y::bigint, {sign}id
FROM unnest(%s::date[]) AS one (day) CROSS JOIN unnest(%s::bigint[], %s::bigint[]) AS run (first, last)
CROSS JOIN LATERAL (
    SELECT * FROM maps_spot WHERE maps_spot.{column} = one.day AND key BETWEEN run.first AND run.last OFFSET 0
) spot
WHERE true{where}
"""
# What a search found has a number each; how often its words occur the planner cannot know either.
SPOTS_BY_ID: Final = """
SELECT {cell}, {areas}status, {sign}1, {sign}x::bigint, {sign}y::bigint, {sign}id
FROM (SELECT * FROM maps_spot WHERE id = ANY(%s::bigint[]) OFFSET 0) spot
WHERE true{where}
"""
NARROW: Final = 17  # level of the cells of a tile from which on a tile holds so few that its keys lead
AREAS: Final = "kecamatan, kelurahan, "
MONTH_OF_SLICE: Final = "right(slice, 7)"
MONTH_OF_DAY: Final = "to_char(day, 'YYYY-MM')"
IN_CITY: Final = "(key IS NOT NULL)::integer::bigint"


@dataclass(frozen=True)
class Cells:
    """What the reader groups by, as an expression over a tally and over a spot, and whether it asks for areas too."""

    of_tally: str
    of_spot: str
    areas: str = AREAS


@dataclass(frozen=True)
class Statement:
    """A piece of SQL, its bound parameters in order, and the names of its columns.

    What `has_one_plan` is read along an index whatever the values: sums by their key, spots run by run.
    """

    text: str
    params: tuple[Any, ...] = ()
    columns: str = ""
    has_one_plan: bool = False


def by_month(filters: ReportFilters) -> Statement:
    """All public reports of the filter whatever their day; `cell` is the month of submission, `YYYY-MM`.

    One more query.
    """
    known, found = _bounds(), []
    if known.first and known.last:
        always = replace(filters, dari=known.first.replace(day=1), sampai=month_end(known.last))
        found = parts(always, CITY, known, by_month=True)
    return _joined(
        [piece for part in found for piece in _pieces(part, CITY, None, Cells(MONTH_OF_SLICE, MONTH_OF_DAY))], AREAS
    )


def in_city(filters: ReportFilters, known: Known | None = None) -> Statement:
    """All public reports of the filter; `cell` is 1 where there is a point, else 0.

    At most one more query; none with what is `known` from a filter with the same days and statuses.
    """
    found = parts(filters, CITY, known or known_for(filters))
    return _joined([piece for part in found for piece in _pieces(part, CITY, None, Cells("cell", IN_CITY))], AREAS)


def in_cells(filters: ReportFilters, window: Window) -> Statement:
    """The public reports with a point in some cells; `cell` is their Morton code. At most one more query."""
    level = window.zoom
    pieces = []
    for part in parts(filters, level, known_for(filters)):
        cells = Cells(f"cell >> {2 * (part.level - level)}", f"key >> {2 * (BITS - level)}", areas="")
        pieces += _pieces(part, level, window, cells)
    return _joined(pieces, areas="")


def _joined(pieces: list[Statement], areas: str) -> Statement:
    found = pieces or [Statement(SPOTS.format(cell="key", areas=areas, sign="", where=" AND false"))]
    text = " UNION ALL ".join(piece.text for piece in found)
    return Statement(
        text,
        tuple(p for piece in found for p in piece.params),
        f"cell, {areas}status, n, x, y, ids",
        all(piece.has_one_plan for piece in found),
    )


def known_for(filters: ReportFilters) -> Known:
    """Where open-ended ranges end. A query if the filter has any."""
    return _bounds() if needs_bounds(filters) else Known(timezone.localdate())


def _bounds() -> Known:
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS)
        return Known(timezone.localdate(), *cursor.fetchone())


def _pieces(part: Part, level: int, window: Window | None, cells: Cells) -> list[Statement]:
    if part.slices is None:
        return [_spots(part, level, window, cells)]
    pending, tally = of_spot(part), of_tally(part)
    if window is not None:
        window.restrict(pending, "key", BITS)
        window.restrict(tally, "cell", part.level)
    return [
        Statement(
            _text(TALLIES, part, cells.of_tally, cells, tally.text),
            (part.level, list(part.slices), *tally.params),
            has_one_plan=True,
        ),
        Statement(_text(PENDING, part, cells.of_spot, cells, pending.text), tuple(pending.params), has_one_plan=True),
    ]


def _text(pattern: str, part: Part, cell: str, cells: Cells, where: str, **more: str) -> str:
    sign = "-" if part.sign == TAKEN_AWAY else ""
    return pattern.format(cell=cell, areas=cells.areas, sign=sign, where=where, **more)


def _searched(part: Part, window: Window | None) -> tuple[str, ...]:
    """The numbers of the reports with the words of the part; nothing where it has none."""
    if not part.q:
        return ()
    runs = None if window is None else zip(*window.keys(), strict=True)
    return (matches(part.q).within(runs),)


def _spots(part: Part, level: int, window: Window | None, cells: Cells) -> Statement:
    if window is None or level < NARROW or part.q:
        where = of_spot(part)
        if window is not None:
            window.restrict(where, "key", BITS)
        text = _text(SPOTS_BY_ID if part.q else SPOTS, part, cells.of_spot, cells, where.text)
        return Statement(text, (*_searched(part, window), *where.params))
    short = few_days(part)
    if not short:
        where = of_spot(part)
        text = _text(SPOTS_BY_KEY, part, cells.of_spot, cells, where.text)
        return Statement(text, (*window.keys(), *where.params), has_one_plan=True)
    column, days = next(iter(short.items()))
    where = of_spot(part, without_days=True)
    text = _text(SPOTS_BY_DAY_AND_KEY, part, cells.of_spot, cells, where.text, column=column)
    return Statement(text, (days, *window.keys(), *where.params), has_one_plan=True)
