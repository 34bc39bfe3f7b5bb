"""One statement per question: grouped counts from the sums, or from the timed rows where no sum answers.

What has changed since it was timed is taken from the reports in the same statement, and what the sums
still have of it is taken away: the answer is exact at its moment. Clocks that run are read off at `at`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final, Literal

import numpy as np
from django.conf import settings
from django.utils import timezone
from numpy.typing import NDArray
from psycopg2 import sql

from analytics.timing import conditions
from analytics.timing.conditions import Months
from analytics.timing.freshness import Source, ask
from analytics.timing.rows import COLUMNS, FINE_DAYS
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

DAY_ZERO: Final = date(2000, 1, 1)

# The times of a group leave the database as bytes, and so do their numbers: rows would take ten times as long.
COUNTED: Final = """
SELECT key, measure, outcome, string_agg(int4send(time), ''::bytea) AS times, string_agg(int8send(n), ''::bytea) AS n
FROM (
    SELECT key, measure, outcome, time::integer AS time, sum(n)::bigint AS n FROM ({pieces}) piece
    GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
) counted GROUP BY 1, 2, 3
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
    WHERE part IN {parts} AND counted.month IS NOT NULL AND counted.outcome <> ''
) read GROUP BY 1, 2, 3, 4
"""
WORKDAY: Final = sql.SQL("(SELECT analytics_working_days(%(day)s))")
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


@dataclass(frozen=True, eq=False)
class Counts:
    """How many of one group there are by time: hours, working days or 0. Arrays of whole numbers, aligned.

    The key is None for no SKPD, no area and for the city; a date for a month.
    """

    key: Any
    measure: str
    outcome: str
    time: NDArray[np.int32]
    n: NDArray[np.int64]


def answer(question: Question) -> list[Counts]:
    """What is counted; each group and each time once. One query; two after a change."""
    rows = ask(partial(body, question), values(question), columns=5)
    return [
        Counts(key, measure, outcome, np.frombuffer(times, ">i4"), np.frombuffer(n, ">i8"))
        for key, measure, outcome, times, n in rows
    ]


def body(question: Question, source: Source) -> sql.Composed:
    """SELECT of key, measure, outcome, times and numbers."""
    months = question.months
    if question.slice is None:
        days = conditions.days(question.filters.dari, question.filters.sampai)
        pieces = [_read(question, source, days, conditions.chosen_reports(question.filters, question.subject))]
    else:
        whole = conditions.days(months.since, months.until)
        pieces = [_summed(question, source, whole)]
        if not set(question.measures).isdisjoint(HOUR_CLOCKS):
            pieces.append(_recent(question, source, whole))
        pieces += [_read(question, source, conditions.days(*edge)) for edge in months.edges]
    return sql.SQL(COUNTED).format(pieces=sql.SQL(" UNION ALL ").join(pieces))


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


def _summed(question: Question, source: Source, whole_days: sql.Composable) -> sql.Composed:
    parts = _parts(question) | {
        "whole_days": whole_days,
        "months": conditions.days(question.months.since, question.months.until, "month"),
    }
    sums = sql.SQL(SUMS if source.is_settled else SUMS + MOVED).format(**parts)
    return sql.SQL(SUMMED).format(sums=sums, **parts)


def _read(question: Question, source: Source, *scope: sql.Composable) -> sql.Composed:
    rows = source.rows(conditions.dimensions(question.filters), *scope)
    return sql.SQL(READ).format(rows=rows, **_parts(question))


def _recent(question: Question, source: Source, whole_days: sql.Composable) -> sql.Composed:
    began = {"verification": "submitted_at"}
    running = sql.SQL(", ").join(
        sql.SQL("({}, {}, {})").format(
            sql.Literal(name), sql.Identifier(f"{name}_outcome"), sql.Identifier(began.get(name, "started_at"))
        )
        for name in HOUR_CLOCKS
        if name in question.measures
    )
    rows = source.rows(conditions.dimensions(question.filters), RECENT_SCOPE, whole_days)
    return sql.SQL(RECENT).format(rows=rows, running=running, zone=sql.Literal(settings.TIME_ZONE), **_parts(question))


def values(question: Question) -> dict[str, Any]:
    """What is bound in its statement."""
    sums = question.slice
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
