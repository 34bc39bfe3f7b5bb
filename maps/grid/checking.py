"""Compares spots with reports and sums with spots, at one moment, and counts the differences."""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg2 import sql

from geo_reports.upkeep import one_moment
from maps.grid import triggers
from maps.grid.rebuilding import WRONG
from maps.grid.summing import KEPT, SPOTS, Kept, steps
from maps.grid.upkeep import alone

EXPECTED: Final = "_expected"
PENDING: Final = "_expected_pending"
MOST_NAMED: Final = 20
DIFFERENT: Final = """
WITH kept AS (
    SELECT {keys}, {added}
    FROM (SELECT {keys}, {sums} FROM {table} UNION ALL SELECT {keys}, {sums} FROM {pending}) both_
    GROUP BY {keys} HAVING sum(n) <> 0
), expected AS (SELECT {keys}, {whole} FROM {target})
SELECT level, {called}, count(*) FROM (
    (SELECT * FROM expected EXCEPT SELECT * FROM kept) UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM expected)
) different GROUP BY 1, 2 ORDER BY 1, 2
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
    }
    with alone(), one_moment(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM ({}) wrong").format(sql.SQL(WRONG).format(**names)))
        spots: int = cursor.fetchone()[0]
        for suffix, source in ((EXPECTED, SPOTS), (PENDING, sql.Identifier("maps_pending"))):
            for kept in KEPT:
                cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {target} (LIKE {table})").format(**kept.parts(suffix)))
            for step in steps(suffix, source):
                cursor.execute(step.statement)
        tallies: dict[tuple[int, str], int] = {}
        for kept in KEPT:
            cursor.execute(_differences(kept))
            tallies |= {(level, name): n for level, name, n in cursor.fetchall()}
        cursor.execute("SELECT (SELECT count(*) FROM maps_spot), (SELECT count(*) FROM maps_pending)")
        reports, pending = cursor.fetchone()
        for kept in KEPT:
            for suffix in (EXPECTED, PENDING):
                cursor.execute(sql.SQL("DROP TABLE {target}").format(**kept.parts(suffix)))
    return Found(spots, tallies, reports, pending)


def _differences(kept: Kept) -> sql.Composed:
    comma = sql.SQL(", ")
    return sql.SQL(DIFFERENT).format(
        **kept.parts(EXPECTED),
        pending=sql.Identifier(kept.table + PENDING),
        added=comma.join(sql.SQL("sum({0})::bigint AS {0}").format(sql.Identifier(name)) for name in kept.sums),
        whole=comma.join(sql.SQL("{0}::bigint AS {0}").format(sql.Identifier(name)) for name in kept.sums),
    )
