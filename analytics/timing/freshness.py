"""Exact answers: timed rows as they stand, or, once something has changed, with what has taken from the reports.

Usually nothing has changed since it was timed, and planning what would be done then costs more than the answer.
So a question is asked as if that were so, in a statement that says whether it is; only then it is asked again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from psycopg2 import sql

from analytics.timing.rows import COLUMNS, timed

# The last row says by NULL in every column that something has changed.
SETTLED: Final = "{body} UNION ALL SELECT {nothing} WHERE EXISTS (SELECT FROM analytics_stale)"
CHANGED: Final = """
WITH stale AS MATERIALIZED (SELECT DISTINCT report_id AS id FROM analytics_stale),
fresh AS MATERIALIZED ({timed})
{body}
"""
ROWS: Final = "SELECT {columns} FROM analytics_timing WHERE {scope}"
CHANGED_ROWS: Final = """
SELECT {columns} FROM analytics_timing WHERE {scope} AND report_id NOT IN (SELECT id FROM stale)
UNION ALL SELECT {columns} FROM fresh WHERE {scope}
"""


@dataclass(frozen=True)
class Source:
    """Where timed rows are read in one statement; `is_settled`: as they stand."""

    is_settled: bool

    def rows(self, *scope: sql.Composable, columns: Iterable[str] = COLUMNS) -> sql.Composed:
        """SELECT of the timed rows for which all conditions hold."""
        return sql.SQL(ROWS if self.is_settled else CHANGED_ROWS).format(
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)), scope=sql.SQL(" AND ").join(scope)
        )


Body = Callable[[Source], sql.Composable]


def statement(body: Body, *, is_settled: bool, columns: int) -> sql.Composed:
    """The SQL of a question with so many columns, as it is asked first, or as it is asked after a change."""
    asked = body(Source(is_settled))
    if not is_settled:
        return sql.SQL(CHANGED).format(timed=timed(sql.SQL("SELECT id FROM stale")), body=asked)
    return sql.SQL(SETTLED).format(body=asked, nothing=sql.SQL(", ").join([sql.SQL("NULL")] * columns))


def ask(body: Body, values: Mapping[str, Any], *, columns: int) -> list[Any]:
    """The rows of a SELECT of so many columns, none of them NULL in every column. One query; two after a change."""
    with connection.cursor() as cursor:
        cursor.execute(statement(body, is_settled=True, columns=columns), values)
        rows: list[Any] = cursor.fetchall()
        if rows and all(value is None for value in rows[-1]):
            cursor.execute(statement(body, is_settled=False, columns=columns), values)
            rows = cursor.fetchall()
    return rows
