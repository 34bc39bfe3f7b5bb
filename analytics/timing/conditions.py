"""SQL: which timed rows and which sums a filter leaves."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.db import connection
from psycopg2 import sql

from analytics.timing.slices import Subject, restricted
from geo_reports.filters import ReportFilters
from geo_reports.models import Report

ALL: Final = sql.SQL("true")
Edge = tuple[date | None, date | None]


@dataclass(frozen=True)
class Months:
    """The whole months of a range of days, both ends inclusive, None for no end; and the days that remain."""

    since: date | None
    until: date | None
    edges: tuple[Edge, ...]

    @classmethod
    def within(cls, since: date | None, until: date | None) -> "Months":
        """The whole months between two days; without any, `is_empty`."""
        first = since if since is None or since.day == 1 else _next_month(since)
        last = until if until is None or until == _month_end(until) else until.replace(day=1) - timedelta(days=1)
        if first and last and first > last:
            return cls(first, last, ((since, until),))
        before = () if first == since or first is None else ((since, first - timedelta(days=1)),)
        after = () if last == until or last is None else ((last + timedelta(days=1), until),)
        return cls(first, last, (*before, *after))

    @property
    def is_empty(self) -> bool:
        """Whether there is no whole month."""
        return bool(self.since and self.until and self.since > self.until)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _next_month(day: date) -> date:
    return _month_end(day) + timedelta(days=1)


def days(since: date | None, until: date | None, column: str = "day") -> sql.Composable:
    """From one day to another, inclusive, in a column of days or of first days of months."""
    limits = ((since, "{} >= {}"), (until, "{} <= {}"))
    parts = [
        sql.SQL(text).format(sql.Identifier(column), sql.Literal(value)) for value, text in limits if value is not None
    ]
    return sql.SQL(" AND ").join(parts) if parts else ALL


def dimensions(filters: ReportFilters) -> sql.Composable:
    """The columns that the filter restricts."""
    parts = [
        sql.SQL("{} = ANY({})").format(sql.Identifier(name), sql.Literal(list(wanted)))
        for name, wanted in restricted(filters).items()
    ]
    return sql.SQL(" AND ").join(parts) if parts else ALL


def places(filters: ReportFilters) -> sql.Composable:
    """The same without the SKPD."""
    return dimensions(replace(filters, skpd=()))


def chosen_reports(filters: ReportFilters, subject: Subject) -> sql.Composable:
    """Which reports: what no column of a timed row tells, words and statuses.

    A spell is that of its SKPD whoever has the report today.
    """
    if not (filters.status or filters.q):
        return ALL
    asked = replace(filters, skpd=()) if subject == "spell" else filters
    found = Report.objects.public().matching(asked).order_by().values("id")
    with connection.cursor() as cursor:
        written: str = cursor.mogrify(*found.query.sql_with_params()).decode()
    return sql.SQL("report_id IN ({})").format(sql.SQL(written.replace("%", "%%")))
