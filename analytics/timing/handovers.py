"""Who handed over to whom: counted from the timed rows, with what has changed since taken from the reports."""

from typing import Final

from django.db import connection
from psycopg2 import sql

from analytics.timing import conditions
from analytics.timing.rows import COLUMNS, timed
from geo_reports.filters import ReportFilters

Row = tuple[str, str, int]

# The index timing_next has every hand-over, and nothing else.
HANDED: Final = "SELECT agency, next_agency FROM {source} WHERE {wanted}"
UNCHANGED: Final = sql.SQL("report_id NOT IN (SELECT id FROM stale)")
SETTLED: Final = """
SELECT agency, next_agency, count(*) FROM ({handed}) handed GROUP BY 1, 2
UNION ALL SELECT 'stale', '', 1 WHERE EXISTS (SELECT FROM analytics_stale)
"""
CHANGED: Final = """
WITH stale AS MATERIALIZED (SELECT DISTINCT report_id AS id FROM analytics_stale),
fresh AS MATERIALIZED (SELECT {columns} FROM ({timed}) timed)
SELECT agency, next_agency, count(*) FROM ({handed} UNION ALL {handed_fresh}) handed GROUP BY 1, 2
"""


def handed_over(agency: str, filters: ReportFilters) -> list[Row]:
    """From whom, to whom and how many, of all hand-overs by `agency` and to it. One query; two after a change.

    `filters` restrict by category, area and day; which SKPD they name does not matter. To take a
    spell up again after a break is no hand-over.
    """
    wanted = _wanted(agency, filters)
    timing = sql.SQL("analytics_timing")
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(SETTLED).format(handed=_handed(timing, wanted)))
        rows: list[Row] = cursor.fetchall()
        if ("stale", "", 1) not in rows:
            return rows
        parts = {
            "columns": sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
            "timed": timed(sql.SQL("SELECT id FROM stale")),
            "handed": _handed(timing, [*wanted, UNCHANGED]),
            "handed_fresh": _handed(sql.SQL("fresh"), wanted),
        }
        cursor.execute(sql.SQL(CHANGED).format(**parts))
        found: list[Row] = cursor.fetchall()
    return found


def _handed(source: sql.Composable, wanted: list[sql.Composable]) -> sql.Composed:
    return sql.SQL(HANDED).format(source=source, wanted=sql.SQL(" AND ").join(wanted))


def _wanted(agency: str, filters: ReportFilters) -> list[sql.Composable]:
    return [
        sql.SQL("next_agency <> '' AND next_agency <> agency"),
        sql.SQL("{slug} IN (agency, next_agency)").format(slug=sql.Literal(agency)),
        conditions.places(filters),
        conditions.days(filters.dari, filters.sampai),
    ]
