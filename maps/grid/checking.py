"""Compares spots with reports and tallies with spots, at one moment, and counts the differences."""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg2 import sql

from geo_reports.upkeep import one_moment
from maps.grid import triggers
from maps.grid.rebuilding import WRONG
from maps.grid.summing import KEY, SPOTS, SUMS, steps
from maps.grid.upkeep import alone

EXPECTED: Final = "maps_check_expected"
PENDING: Final = "maps_check_pending"
MOST_NAMED: Final = 20
DIFFERENT: Final = """
WITH kept AS (
    SELECT {key}, sum(n)::bigint AS n, sum(x)::bigint AS x, sum(y)::bigint AS y, sum(ids)::bigint AS ids
    FROM (SELECT {key}, {sums} FROM maps_tally UNION ALL SELECT {key}, {sums} FROM {pending}) both_
    GROUP BY {key} HAVING sum(n) <> 0
)
SELECT level, slice, count(*) FROM (
    (SELECT {key}, n::bigint, x, y, ids FROM {expected} EXCEPT SELECT * FROM kept)
    UNION ALL (SELECT * FROM kept EXCEPT SELECT {key}, n::bigint, x, y, ids FROM {expected})
) different GROUP BY level, slice ORDER BY level, slice
"""


@dataclass(frozen=True)
class Found:
    """How many spots are wrong, missing or left over; how many tallies by level and slice; and how much was read."""

    spots: int
    tallies: dict[tuple[int, str], int]
    reports: int
    pending: int

    @property
    def is_exact(self) -> bool:
        """Whether nothing differs."""
        return not self.spots and not self.tallies

    def lines(self) -> list[str]:
        """How much was compared, or what differs."""
        if self.is_exact:
            return [f"Exact: {self.reports:,} public reports, {self.pending:,} changes still to be folded."]
        lines = [f"{self.spots:,} spots differ from their reports."] if self.spots else []
        tallies = [f"level {level}, {name}: {n:,} tallies differ" for (level, name), n in self.tallies.items()]
        more = len(tallies) - MOST_NAMED
        return [*lines, *tallies[:MOST_NAMED], *([f"... and {more:,} more slices"] if more > 0 else [])]


def check() -> Found:
    """Count everything afresh. Raises exclusive.Busy while the grid is folded or rebuilt."""
    names = {
        "columns": sql.SQL(", ").join(map(sql.Identifier, triggers.COLUMNS)),
        "seen": triggers.seen(),
        "key": KEY,
        "sums": SUMS,
        "expected": sql.Identifier(EXPECTED),
        "pending": sql.Identifier(PENDING),
    }
    with alone(), one_moment(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM ({}) wrong").format(sql.SQL(WRONG).format(**names)))
        spots: int = cursor.fetchone()[0]
        for table, source in ((EXPECTED, SPOTS), (PENDING, sql.Identifier("maps_pending"))):
            cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} (LIKE maps_tally)").format(sql.Identifier(table)))
            for step in steps(table, source):
                cursor.execute(step.statement)
        cursor.execute(sql.SQL(DIFFERENT).format(**names))
        tallies = {(level, name): n for level, name, n in cursor.fetchall()}
        cursor.execute("SELECT (SELECT count(*) FROM maps_spot), (SELECT count(*) FROM maps_pending)")
        reports, pending = cursor.fetchone()
        for table in (EXPECTED, PENDING):
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(table)))
    return Found(spots, tallies, reports, pending)
