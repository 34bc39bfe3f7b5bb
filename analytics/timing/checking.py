"""Compares timed rows with the reports and sums with timed rows, at one moment, and counts the differences."""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg2 import sql

from analytics.timing.rebuilding import alone
from analytics.timing.rows import COLUMNS, timed
from analytics.timing.summing import KEY, additions, is_forgotten
from geo_reports.upkeep import one_moment

# What is noted as changed is not compared: it has not been timed yet.
WRONG_ROWS: Final = """
WITH fresh AS (SELECT {columns} FROM ({timed}) fresh),
old AS (SELECT {columns} FROM analytics_timing WHERE report_id NOT IN (SELECT report_id FROM analytics_stale))
SELECT count(*) FROM (
    (SELECT * FROM fresh EXCEPT SELECT * FROM old) UNION ALL (SELECT * FROM old EXCEPT SELECT * FROM fresh)
) different
"""
WRONG_SUMS: Final = """
SELECT slice, count(*) FROM (
    SELECT {key} FROM (
        SELECT {key}, n FROM analytics_timesum WHERE NOT ({is_forgotten})
        UNION ALL SELECT {key}, -n FROM ({added}) added
    ) both_ GROUP BY {key} HAVING sum(n) <> 0
) different GROUP BY slice ORDER BY slice
"""
NOT_STALE: Final = "SELECT id FROM geo_reports_report WHERE id NOT IN (SELECT report_id FROM analytics_stale)"


@dataclass(frozen=True)
class Found:
    """How many timed rows are wrong, missing or left over; how many sums by slice; how much was read."""

    rows: int
    sums: dict[str, int]
    timed: int
    stale: int

    @property
    def is_exact(self) -> bool:
        """Whether nothing differs."""
        return not self.rows and not self.sums

    def lines(self) -> list[str]:
        """How much was compared, or what differs."""
        if self.is_exact:
            return [f"Exact: {self.timed:,} timed rows, {self.stale:,} changes still to be folded."]
        lines = [f"{self.rows:,} timed rows differ from their reports."] if self.rows else []
        return [*lines, *(f"{name}: {n:,} sums differ" for name, n in self.sums.items())]


def check() -> Found:
    """Time and sum everything afresh. Raises exclusive.Busy while somebody else is at the timings."""
    parts = {
        "columns": sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
        "timed": timed(sql.SQL(NOT_STALE)),
        "key": KEY,
        "is_forgotten": is_forgotten(),
        "added": additions(sql.SQL("(SELECT 1 AS sign, * FROM analytics_timing)")),
    }
    with alone(), one_moment(), connection.cursor() as cursor:
        cursor.execute(sql.SQL(WRONG_ROWS).format(**parts))
        rows: int = cursor.fetchone()[0]
        cursor.execute(sql.SQL(WRONG_SUMS).format(**parts))
        sums = dict(cursor.fetchall())
        cursor.execute("SELECT (SELECT count(*) FROM analytics_timing), (SELECT count(*) FROM analytics_stale)")
        timed_rows, stale = cursor.fetchone()
    return Found(rows, sums, timed_rows, stale)
