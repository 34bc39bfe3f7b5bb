"""One statement per question: grouped counts from the sums, or from the timed rows where no sum answers.

What has changed since it was timed is taken from the reports in the same statement, and what the sums
still have of it is taken away: the answer is exact at its moment. Clocks that run are read off at `at`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg2 import sql

from analytics.timing import conditions
from analytics.timing.conditions import Months
from analytics.timing.rows import COLUMNS, FINE_DAYS, timed
from analytics.timing.slices import (
    CAME,
    DAY_CLOCKS,
    DIMENSIONS,
    HOUR_CLOCKS,
    LEFT,
    PARTS,
    Slice,
    Subject,
    chosen,
    restricted,
)
from analytics.timing.summing import counted
from geo_reports.filters import ReportFilters

Key = Literal["city", "agency", "category", "kecamatan", "kelurahan", "month"]
Row = tuple[Any, str, str, int, int]

DAY_ZERO: Final = date(2000, 1, 1)

# Usually nothing has changed since it was timed, and planning what would be done then costs more than the answer.
SETTLED: Final = """
SELECT key, measure, outcome, time, sum(n)::bigint FROM ({pieces}) piece GROUP BY 1, 2, 3, 4
UNION ALL SELECT NULL, 'stale', '', 0, 1 WHERE EXISTS (SELECT FROM analytics_stale)
"""
CHANGED: Final = """
WITH stale AS MATERIALIZED (SELECT DISTINCT report_id AS id FROM analytics_stale),
fresh AS MATERIALIZED ({timed})
SELECT key, measure, outcome, time, sum(n)::bigint FROM ({pieces}) piece
GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
"""
# Of hours that run, only those of clocks that have run for more than two weeks: in whole days.
SUMMED: Final = """
SELECT {key} AS key, measure,
    CASE WHEN outcome = 'open' AND time < %(today)s THEN 'late' ELSE outcome END AS outcome,
    CASE WHEN outcome = 'open' THEN 0 WHEN outcome <> 'running' THEN time
        WHEN measure = ANY(%(day_clocks)s) THEN greatest({workday} - time, 0) ELSE (%(today)s - time) * 24 END AS time,
    n
FROM ({sums}) sums
WHERE outcome <> 'running' OR measure = ANY(%(day_clocks)s) OR time < %(recent)s
"""
SUMS: Final = """
SELECT {dimension_columns}month, measure, outcome, time, n FROM analytics_timesum
WHERE slice = %(slice)s AND measure = ANY(%(measures)s) AND {dimensions} AND {months}
"""
MOVED: Final = """
UNION ALL SELECT {dimension_columns}counted.month, counted.measure, counted.outcome, counted.time, sign
FROM (
    SELECT -1 AS sign, {columns} FROM analytics_timing WHERE report_id IN (SELECT id FROM stale)
    UNION ALL SELECT 1, {columns} FROM fresh
) timed CROSS JOIN LATERAL ({counted}) counted
WHERE part IN {parts} AND {dimensions} AND {whole_days} AND counted.month IS NOT NULL AND counted.outcome <> ''
"""
READ: Final = """
SELECT {key} AS key, measure, outcome, time, count(*) AS n FROM (
    SELECT {dimension_columns}counted.month, counted.measure,
        CASE WHEN counted.outcome = 'open' AND counted.time < %(today)s THEN 'late' ELSE counted.outcome END AS outcome,
        CASE WHEN counted.outcome = 'open' THEN 0 WHEN counted.outcome <> 'running' THEN counted.time
            WHEN counted.measure = ANY(%(day_clocks)s) THEN greatest({workday} - counted.time, 0)
            ELSE analytics_hours(CASE counted.measure WHEN 'verification' THEN submitted_at ELSE started_at END, %(at)s)
            END AS time
    FROM ({rows}) timed CROSS JOIN LATERAL ({counted}) counted
    WHERE part IN {parts} AND counted.month IS NOT NULL AND {wanted}
) read GROUP BY 1, 2, 3, 4
"""
WORKDAY: Final = sql.SQL("(SELECT analytics_working_days(%(day)s))")
ROWS: Final = "SELECT {columns} FROM analytics_timing WHERE {scope} AND {dimensions}"
CHANGED_ROWS: Final = """
SELECT {columns} FROM analytics_timing WHERE {scope} AND {dimensions} AND report_id NOT IN (SELECT id FROM stale)
UNION ALL SELECT {columns} FROM fresh WHERE {scope} AND {dimensions}
"""
COUNTED: Final = sql.SQL("counted.outcome <> ''")
# Clocks that began less than two weeks ago, by the index timing_running; the sums know only on which day.
RECENT: Final = """
SELECT {row_key} AS key, clock.measure, 'running' AS outcome, analytics_hours(clock.began, %(at)s) AS time,
    count(*) AS n
FROM ({rows}) timed CROSS JOIN LATERAL (VALUES {running}) clock (measure, outcome, began)
WHERE part IN {parts} AND clock.outcome = 'running' AND (clock.began AT TIME ZONE {zone})::date >= %(recent_day)s
GROUP BY 1, 2, 4
"""
RECENT_SCOPE: Final = sql.SQL("is_running AND coalesce(started_at, submitted_at) >= %(recent_at)s")


@dataclass(frozen=True)
class Question:
    """What is counted of which reports, and by what, as it stands at `at`: now, for clocks that run."""

    subject: Subject
    measures: tuple[str, ...]
    by: Key
    filters: ReportFilters
    at: datetime

    @property
    def months(self) -> Months:
        """Which days can be read from sums by month."""
        return Months.within(self.filters.dari, self.filters.sampai)

    @property
    def slice(self) -> Slice | None:
        """The sums that answer, if any do; perhaps not for the days at both ends."""
        filters, is_dated = self.filters, bool(self.filters.dari or self.filters.sampai)
        counts_other_months = bool({CAME, LEFT} & set(self.measures))
        if filters.status or filters.q or (is_dated and (counts_other_months or self.months.is_empty)):
            return None
        grouping = () if self.by in {"city", "month"} else (self.by,)
        asked = (*restricted(filters), *grouping)
        return chosen(self.subject, asked, self.measures, by_month=is_dated or self.by == "month")


def answer(question: Question) -> list[Row]:
    """Rows of key, measure, outcome, time (hours, working days or 0) and how many. One query; two after a change.

    The key is None for no SKPD, no area and for the city; a date for a month.
    """
    with connection.cursor() as cursor:
        cursor.execute(*statement(question, is_settled=True))
        rows: list[Row] = cursor.fetchall()
        if rows and rows[-1][1] == "stale":
            cursor.execute(*statement(question, is_settled=False))
            rows = cursor.fetchall()
        return rows


def statement(question: Question, *, is_settled: bool) -> tuple[sql.Composed, dict[str, Any]]:
    """The SQL of a question and its bound values; when `is_settled` with a last row "stale" if that is not true."""
    sums, months = question.slice, question.months
    if sums is None:
        days = conditions.days(question.filters.dari, question.filters.sampai)
        chosen_ids = conditions.chosen_reports(question.filters, question.subject)
        pieces = [_read(question, _both(days, chosen_ids), COUNTED, is_settled=is_settled)]
    else:
        whole = conditions.days(months.since, months.until)
        pieces = [_summed(question, whole, is_settled=is_settled)]
        if not set(question.measures).isdisjoint(HOUR_CLOCKS):
            pieces.append(_recent(question, whole, is_settled=is_settled))
        pieces += [_read(question, conditions.days(*edge), COUNTED, is_settled=is_settled) for edge in months.edges]
    text = sql.SQL(SETTLED if is_settled else CHANGED).format(
        timed=timed(sql.SQL("SELECT id FROM stale")), pieces=sql.SQL(" UNION ALL ").join(pieces)
    )
    return text, _values(question, sums)


def _both(first: sql.Composable, second: sql.Composable) -> sql.Composed:
    return sql.SQL("{} AND {}").format(first, second)


def _parts(question: Question) -> dict[str, sql.Composable]:
    by = question.by
    if by == "city":
        key: sql.Composable = sql.SQL("NULL::text")
    else:
        key = sql.SQL("month") if by == "month" else sql.SQL("NULLIF({}, '')").format(sql.Identifier(by))
    return {
        "key": key,
        "row_key": sql.SQL("date_trunc('month', day)::date") if by == "month" else key,
        "workday": WORKDAY,
        "columns": sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
        "dimension_columns": sql.SQL("").join(sql.SQL("{}, ").format(sql.Identifier(name)) for name in DIMENSIONS),
        "dimensions": conditions.dimensions(question.filters),
        "counted": counted(question.subject, question.measures),
        "parts": sql.Literal(PARTS[question.subject]),
    }


def _summed(question: Question, whole_days: sql.Composable, *, is_settled: bool) -> sql.Composed:
    parts = _parts(question) | {
        "whole_days": whole_days,
        "months": conditions.days(question.months.since, question.months.until, "month"),
    }
    sums = sql.SQL(SUMS if is_settled else SUMS + MOVED).format(**parts)
    return sql.SQL(SUMMED).format(sums=sums, **parts)


def _read(question: Question, scope: sql.Composable, wanted: sql.Composable, *, is_settled: bool) -> sql.Composed:
    parts = _parts(question) | {"scope": scope, "wanted": wanted}
    rows = sql.SQL(ROWS if is_settled else CHANGED_ROWS).format(**parts)
    return sql.SQL(READ).format(rows=rows, **parts)


def _recent(question: Question, whole_days: sql.Composable, *, is_settled: bool) -> sql.Composed:
    parts = _parts(question) | {"scope": _both(RECENT_SCOPE, whole_days)}
    rows = sql.SQL(ROWS if is_settled else CHANGED_ROWS).format(**parts)
    began = {"verification": "submitted_at"}
    running = sql.SQL(", ").join(
        sql.SQL("({}, {}, {})").format(
            sql.Literal(name), sql.Identifier(f"{name}_outcome"), sql.Identifier(began.get(name, "started_at"))
        )
        for name in HOUR_CLOCKS
        if name in question.measures
    )
    return sql.SQL(RECENT).format(rows=rows, running=running, zone=sql.Literal(settings.TIME_ZONE), **parts)


def _values(question: Question, sums: Slice | None) -> dict[str, Any]:
    today = timezone.localdate(question.at)
    number = (today - DAY_ZERO).days
    return {
        "slice": sums.name if sums else None,
        "measures": list(question.measures),
        "day_clocks": list(DAY_CLOCKS),
        "at": question.at,
        "day": today,
        "today": number,
        "recent": number - FINE_DAYS,
        "recent_day": today - timedelta(days=FINE_DAYS),
        "recent_at": question.at - timedelta(days=FINE_DAYS + 1),
    }
