"""SQL that counts the reports of a filter, from tallies, spots and what is pending, in one statement.

Every part is a SELECT of the same columns, which the statement names; the reader groups them as it
likes. Values are bound, never written into the text.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from geo_reports.filters import ReportFilters
from maps.grid import matching
from maps.grid.conditions import Window, few_days, of_spot, of_tally
from maps.grid.found import EVERYTHING, GATHERED, Labels, Rows, count
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
# What the words of a search found is counted already.
FOUND: Final = """
SELECT cell, {areas}status, n, x, y, ids FROM unnest(
    %s::{cell_type}[], {area_types}%s::text[], %s::integer[], %s::bigint[], %s::bigint[], %s::bigint[]
) AS found (cell, {areas}status, n, x, y, ids)
"""
NARROW: Final = 17  # level of the cells of a tile from which on a tile holds so few that its keys lead
AREA_COLUMNS: Final = ("kecamatan", "kelurahan")
AREAS: Final = "".join(f"{name}, " for name in AREA_COLUMNS)
MONTH_OF_SLICE: Final = "right(slice, 7)"
MONTH_OF_DAY: Final = "to_char(day, 'YYYY-MM')"
IN_CITY: Final = "(key IS NOT NULL)::integer::bigint"


@dataclass(frozen=True)
class Cells:
    """What the reader groups by: an expression over a tally and one over a spot, and the labels of what was found.

    And whether it asks for areas too, and what kind of value a cell is.
    """

    of_tally: str
    of_spot: str
    of_found: Callable[[Rows], Labels]
    areas: str = ""
    kind: str = "bigint"


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
    cells = Cells(MONTH_OF_SLICE, MONTH_OF_DAY, lambda rows: rows.label("month"), kind="text")
    return _joined([piece for part in found for piece in _pieces(part, CITY, None, cells)], cells.areas)


def in_city(filters: ReportFilters, known: Known | None = None) -> Statement:
    """All public reports of the filter; `cell` is 1 where there is a point, else 0.

    At most one more query; none with what is `known` from a filter with the same days and statuses.
    """
    found = parts(filters, CITY, known or known_for(filters))
    cells = Cells("cell", IN_CITY, Rows.placed, AREAS)
    return _joined([piece for part in found for piece in _pieces(part, CITY, None, cells)], cells.areas)


def in_cells(filters: ReportFilters, window: Window) -> Statement:
    """The public reports with a point in some cells; `cell` is their Morton code. At most one more query."""
    level = window.zoom
    pieces = []
    for part in parts(filters, level, known_for(filters)):
        coarser = 2 * (part.level - level)
        cells = Cells(f"cell >> {coarser}", f"key >> {2 * (BITS - level)}", lambda rows: rows.cells(level))
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
    if part.q:
        return [_found(part, window, cells)]
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


def _found(part: Part, window: Window | None, cells: Cells) -> Statement:
    here = matching.found(part.q)
    if part.is_of_places and cells.kind == "bigint" and (window is None or window.zoom <= GATHERED):
        here = here.gathered
    chosen = [Rows(here, EVERYTHING)] if window is None else here.within(zip(*window.keys(), strict=True))
    areas = AREA_COLUMNS if cells.areas else ()
    columns = count(
        (rows.of(part) for rows in chosen),
        lambda rows: [cells.of_found(rows), *(rows.label(name) for name in (*areas, "status"))],
    )
    text = FOUND.format(areas=cells.areas, area_types="%s::text[], " * len(areas), cell_type=cells.kind)
    return Statement(text, tuple(map(_array, columns)), has_one_plan=True)


def _array(values: list[Any]) -> str:
    """The text of a PostgreSQL array: numbers or names adapted one by one would take longer than counting them."""
    quoted = (f'"{value}"' if isinstance(value, str) else str(value) for value in values)
    return f"{{{','.join(quoted)}}}"


def _spots(part: Part, level: int, window: Window | None, cells: Cells) -> Statement:
    if window is None or level < NARROW:
        where = of_spot(part)
        if window is not None:
            window.restrict(where, "key", BITS)
        return Statement(_text(SPOTS, part, cells.of_spot, cells, where.text), tuple(where.params))
    short = few_days(part)
    if not short:
        where = of_spot(part)
        text = _text(SPOTS_BY_KEY, part, cells.of_spot, cells, where.text)
        return Statement(text, (*window.keys(), *where.params), has_one_plan=True)
    column, days = next(iter(short.items()))
    where = of_spot(part, without_days=True)
    text = _text(SPOTS_BY_DAY_AND_KEY, part, cells.of_spot, cells, where.text, column=column)
    return Statement(text, (days, *window.keys(), *where.params), has_one_plan=True)
