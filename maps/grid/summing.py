"""From spots to tallies, for everything that builds them: folding, rebuilding, checking.

Only the finest cells are summed from reports; every coarser level is summed from the one below it,
so the whole costs little more than its first step. Rows are written in the order in which tiles read
them. A source is any relation with the columns of a
spot, `report` and `sign`: spots themselves, or what is pending.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from psycopg2 import sql

from maps.grid.slices import CITY, CITY_SLICES, COARSEST, DAY_LEVELS, DAY_SLICES, FINEST, SLICES
from maps.world import BITS

SPOTS: Final = sql.SQL("(SELECT *, id AS report, 1 AS sign FROM maps_spot)")
KEY: Final = sql.SQL("level, slice, cell, kelurahan, kecamatan, status")
SUMS: Final = sql.SQL("n, x, y, ids")

FROM_REPORTS: Final = """
INSERT INTO {target} ({key}, {sums})
SELECT {level}, slice, {cell}, kelurahan, kecamatan, status,
    sum(sign), coalesce(sum(sign::bigint * x), 0), coalesce(sum(sign::bigint * y), 0), sum(sign * report)
FROM {source} counted CROSS JOIN LATERAL (VALUES {slices}) sliced (slice)
WHERE slice IS NOT NULL AND {which}
GROUP BY 2, 3, 4, 5, 6
ORDER BY 2, 3
"""
FROM_FINER: Final = """
INSERT INTO {target} ({key}, {sums})
SELECT {level}, slice, {cell}, kelurahan, kecamatan, status, sum(n), sum(x), sum(y), sum(ids)
FROM {target} WHERE level = {finer} AND {which} GROUP BY 2, 3, 4, 5, 6
ORDER BY 2, 3
"""
OF_DAYS: Final = "split_part(slice, '=', 1) IN ('day', 'due_day')"


@dataclass(frozen=True)
class Step:
    """One statement of the way from reports to tallies, and what it makes, for people."""

    title: str
    statement: sql.Composed
    reads_reports: bool = False


def steps(target: str, source: sql.Composable) -> Iterator[Step]:
    """All statements that fill `target`, a table like a tally's, from nothing. The first ones read `source`."""
    yield Step(f"cells of zoom {FINEST}", _from_reports(target, source, FINEST, SLICES), reads_reports=True)
    yield Step("single days", _from_reports(target, source, DAY_LEVELS[-1], DAY_SLICES), reads_reports=True)
    pairs = _from_reports(target, source, CITY, CITY_SLICES, cell="(key IS NOT NULL)::integer", which="true")
    yield Step("the city by two things at once", pairs, reads_reports=True)
    nowhere = _from_reports(target, source, CITY, SLICES + DAY_SLICES, cell="0", which="key IS NULL")
    yield Step("reports without a point", nowhere, reads_reports=True)
    for level in range(FINEST - 1, COARSEST - 1, -1):
        yield Step(f"cells of zoom {level}", _from_finer(target, level, level + 1, "cell >> 2", f"NOT {OF_DAYS}"))
    large, small = DAY_LEVELS
    larger = _from_finer(target, large, small, f"cell >> {2 * (small - large)}", OF_DAYS)
    yield Step("single days in larger cells", larger)
    yield Step("the city", _from_finer(target, CITY, COARSEST, "1::bigint", f"NOT {OF_DAYS}"))
    yield Step("single days of the city", _from_finer(target, CITY, large, "1::bigint", OF_DAYS))


def _from_reports(
    target: str,
    source: sql.Composable,
    level: int,
    slices: tuple[str, ...],
    cell: str = "",
    which: str = "key IS NOT NULL",
) -> sql.Composed:
    return sql.SQL(FROM_REPORTS).format(
        target=sql.Identifier(target),
        key=KEY,
        sums=SUMS,
        source=source,
        level=sql.Literal(level),
        cell=sql.SQL(cell or f"key >> {2 * (BITS - level)}"),
        slices=sql.SQL(", ").join(sql.SQL(f"({expression})") for expression in slices),
        which=sql.SQL(which),
    )


def _from_finer(target: str, level: int, finer: int, cell: str, which: str) -> sql.Composed:
    return sql.SQL(FROM_FINER).format(
        target=sql.Identifier(target),
        key=KEY,
        sums=SUMS,
        level=sql.Literal(level),
        finer=sql.Literal(finer),
        cell=sql.SQL(cell),
        which=sql.SQL(which),
    )
