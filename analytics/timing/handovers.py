"""Who handed over to whom: counted from the timed rows, with what has changed since taken from the reports."""

from typing import Final

from psycopg2 import sql

from analytics.timing import conditions
from analytics.timing.freshness import Source, ask
from geo_reports.filters import ReportFilters

Row = tuple[str, str, int]

# The index timing_next has every hand-over, and nothing else.
HANDED: Final = "SELECT agency, next_agency, count(*) FROM ({rows}) handed GROUP BY 1, 2"


def handed_over(agency: str, filters: ReportFilters) -> list[Row]:
    """From whom, to whom and how many, of all hand-overs by `agency` and to it. One query; two after a change.

    `filters` restrict by category, area and day; which SKPD they name does not matter. To take a
    spell up again after a break is no hand-over.
    """
    scope = (
        sql.SQL("next_agency <> '' AND next_agency <> agency"),
        sql.SQL("{slug} IN (agency, next_agency)").format(slug=sql.Literal(agency)),
        conditions.places(filters),
        conditions.days(filters.dari, filters.sampai),
    )

    def body(source: Source) -> sql.Composed:
        return sql.SQL(HANDED).format(rows=source.rows(*scope, columns=("agency", "next_agency")))

    return ask(body, {}, columns=3)
