"""From spots to tallies and cells, for everything that builds them: folding, rebuilding, checking.

Only the finest cells are summed from reports; every coarser level is summed from the one below it,
so the whole costs little more than its first step. Rows are written in the order in which tiles read
them. A source is any relation with the columns of a
spot, `report` and `sign`: spots themselves, or what is pending.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from psycopg2 import sql

from geo_reports.workflow import Status
from maps.grid.slices import CITY, CITY_SLICES, COARSEST, DAY_LEVELS, DAY_SLICES, FINEST, FINEST_CELL, SLICES
from maps.world import BITS

SPOTS: Final = sql.SQL("(SELECT *, id AS report, 1 AS sign FROM maps_spot)")


@dataclass(frozen=True)
class Kept:
    """A table of sums: its columns, and what a wrong row is called by, as an expression."""

    table: str
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    called: str

    def parts(self, suffix: str = "") -> dict[str, sql.Composable]:
        """For SQL texts: the table itself, one like it with a name that ends so, keys, sums and all columns."""
        return {
            "table": sql.Identifier(self.table),
            "target": sql.Identifier(self.table + suffix),
            "keys": _list(self.keys),
            "sums": _list(self.sums),
            "called": sql.SQL(self.called),
        }


def _list(names: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


BY_STATUS: Final = tuple(f"n_{status.value}" for status in Status)
TALLY: Final = Kept(
    "maps_tally", ("level", "slice", "cell", "kelurahan", "kecamatan", "status"), ("n", "x", "y", "ids"), "slice"
)
CELL: Final = Kept(
    "maps_cell", ("level", "cell", "kelurahan", "kecamatan"), ("n", "x", "y", "ids", *BY_STATUS), "'without filter'"
)
KEPT: Final = (TALLY, CELL)

FROM_REPORTS: Final = """
INSERT INTO {target} ({keys}, {sums})
SELECT {level}, slice, {cell}, kelurahan, kecamatan, status,
    sum(sign), coalesce(sum(sign::bigint * x), 0), coalesce(sum(sign::bigint * y), 0), sum(sign * report)
FROM {source} counted CROSS JOIN LATERAL (VALUES {slices}) sliced (slice)
WHERE slice IS NOT NULL AND {which}
GROUP BY 2, 3, 4, 5, 6
ORDER BY 2, 3
"""
FROM_FINER: Final = """
INSERT INTO {target} ({keys}, {sums})
SELECT {level}, slice, {cell}, kelurahan, kecamatan, status, sum(n), sum(x), sum(y), sum(ids)
FROM {target} WHERE level = {finer} AND {which} GROUP BY 2, 3, 4, 5, 6
ORDER BY 2, 3
"""
CELLS_FROM_REPORTS: Final = """
INSERT INTO {target} ({keys}, {sums})
SELECT {level}, key >> {shift}, kelurahan, kecamatan,
    sum(sign), sum(sign::bigint * x), sum(sign::bigint * y), sum(sign * report), {by_status}
FROM {source} counted WHERE key IS NOT NULL
GROUP BY 2, 3, 4
ORDER BY 2
"""
CELLS_FROM_FINER: Final = """
INSERT INTO {target} ({keys}, {sums})
SELECT {level}, cell >> 2, kelurahan, kecamatan, {added}
FROM {target} WHERE level = {finer} GROUP BY 2, 3, 4
ORDER BY 2
"""
OF_DAYS: Final = "split_part(slice, '=', 1) IN ('day', 'due_day')"


@dataclass(frozen=True)
class Step:
    """One statement of the way from reports to tallies, and what it makes, for people."""

    title: str
    statement: sql.Composed
    reads_reports: bool = False


def steps(suffix: str, source: sql.Composable) -> Iterator[Step]:
    """All statements that fill tables like the kept ones, whose names end so, from nothing.

    The first ones read `source`.
    """
    yield Step(f"cells of zoom {FINEST}", _from_reports(suffix, source, FINEST, SLICES), reads_reports=True)
    yield Step("single days", _from_reports(suffix, source, DAY_LEVELS[-1], DAY_SLICES), reads_reports=True)
    pairs = _from_reports(suffix, source, CITY, CITY_SLICES, cell="(key IS NOT NULL)::integer", which="true")
    yield Step("the city by two things at once", pairs, reads_reports=True)
    nowhere = _from_reports(suffix, source, CITY, SLICES + DAY_SLICES, cell="0", which="key IS NULL")
    yield Step("reports without a point", nowhere, reads_reports=True)
    first, *others = cell_steps(suffix, source)
    yield first
    for level in range(FINEST - 1, COARSEST - 1, -1):
        yield Step(f"cells of zoom {level}", _from_finer(suffix, level, level + 1, "cell >> 2", f"NOT {OF_DAYS}"))
    large, small = DAY_LEVELS
    larger = _from_finer(suffix, large, small, f"cell >> {2 * (small - large)}", OF_DAYS)
    yield Step("single days in larger cells", larger)
    yield Step("the city", _from_finer(suffix, CITY, COARSEST, "1::bigint", f"NOT {OF_DAYS}"))
    yield Step("single days of the city", _from_finer(suffix, CITY, large, "1::bigint", OF_DAYS))
    yield from others


def cell_steps(suffix: str, source: sql.Composable) -> Iterator[Step]:
    """Those for cells with a column per status. The first one reads `source`."""
    smallest = f"cells of zoom {FINEST_CELL} without filter"
    yield Step(smallest, _cells_from_reports(suffix, source), reads_reports=True)
    for level in range(FINEST_CELL - 1, COARSEST - 1, -1):
        yield Step(f"cells of zoom {level} without filter", _cells_from_finer(suffix, level))


def _cells_from_reports(suffix: str, source: sql.Composable) -> sql.Composed:
    one = "coalesce(sum(sign) FILTER (WHERE status = {}), 0)"
    return sql.SQL(CELLS_FROM_REPORTS).format(
        **CELL.parts(suffix),
        level=sql.Literal(FINEST_CELL),
        shift=sql.Literal(2 * (BITS - FINEST_CELL)),
        by_status=sql.SQL(", ").join(sql.SQL(one).format(sql.Literal(status.value)) for status in Status),
        source=source,
    )


def _cells_from_finer(suffix: str, level: int) -> sql.Composed:
    return sql.SQL(CELLS_FROM_FINER).format(
        **CELL.parts(suffix),
        level=sql.Literal(level),
        finer=sql.Literal(level + 1),
        added=sql.SQL(", ").join(sql.SQL("sum({})").format(sql.Identifier(name)) for name in CELL.sums),
    )


def _from_reports(
    suffix: str,
    source: sql.Composable,
    level: int,
    slices: tuple[str, ...],
    cell: str = "",
    which: str = "key IS NOT NULL",
) -> sql.Composed:
    return sql.SQL(FROM_REPORTS).format(
        **TALLY.parts(suffix),
        source=source,
        level=sql.Literal(level),
        cell=sql.SQL(cell or f"key >> {2 * (BITS - level)}"),
        slices=sql.SQL(", ").join(sql.SQL(f"({expression})") for expression in slices),
        which=sql.SQL(which),
    )


def _from_finer(suffix: str, level: int, finer: int, cell: str, which: str) -> sql.Composed:
    return sql.SQL(FROM_FINER).format(
        **TALLY.parts(suffix),
        level=sql.Literal(level),
        finer=sql.Literal(finer),
        cell=sql.SQL(cell),
        which=sql.SQL(which),
    )
