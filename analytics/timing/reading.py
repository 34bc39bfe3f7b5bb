"""One statement per question: grouped counts from the sums, or from the timed rows where no sum answers.

What has changed since it was timed is taken from the reports in the same statement, and what the sums
still have of it is taken away: the answer is exact at its moment. Clocks that run are read off at `at`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray
from psycopg2 import sql

from analytics.clocks import VERIFICATION
from analytics.timing import conditions
from analytics.timing.freshness import Source, ask
from analytics.timing.question import Question
from analytics.timing.rows import COLUMNS, FINE_DAYS, FINE_HOURS
from analytics.timing.slices import (
    DAY_CLOCKS,
    DIMENSIONS,
    HOUR_CLOCKS,
    PARTS,
    TIMELINESS,
    Slice,
)
from analytics.timing.summing import EVER, counted
from geo_reports.days import day_start

DAY_ZERO: Final = date(2000, 1, 1)
BEGAN: Final = {"started_at": frozenset(HOUR_CLOCKS) - {VERIFICATION}, "submitted_at": frozenset({VERIFICATION})}

# The times of a group leave the database as bytes, and so do their numbers: rows would take ten times as long.
PACKED: Final = """
SELECT key, measure, outcome, string_agg(int4send(time::integer), ''::bytea), string_agg(int8send(n), ''::bytea)
FROM ({piece}) piece GROUP BY 1, 2, 3
"""
# What has moved is counted against what the sums still have.
BALANCED: Final = """
SELECT key, measure, outcome, time, sum(n)::bigint AS n FROM ({pieces}) piece
GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
"""
# Of hours that run, only those of clocks that have run for more than two weeks: in whole days.
SUMMED: Final = """
SELECT {key} AS key, measure, {outcome} AS outcome,
    CASE WHEN outcome = 'open' THEN 0 WHEN outcome <> 'running' THEN time
        WHEN measure = ANY(%(day_clocks)s) THEN greatest({workday} - time, 0) ELSE (%(today)s - time) * 24 END AS time,
    n
FROM ({sums}) sums
WHERE outcome <> 'running' OR measure = ANY(%(day_clocks)s) OR time < %(recent)s
"""
LATE: Final = sql.SQL("CASE WHEN outcome = 'open' AND time < %(today)s THEN 'late' ELSE outcome END")
# One measure, and a value for each column that the sums leave out: read along the key, in the order of the groups.
SUMS: Final = """
SELECT {dimension_columns}month, measure, outcome, time, n FROM analytics_timesum
WHERE slice = {slice} AND measure = {measure} AND {unused} AND {dimensions} AND {months}
"""
MOVED: Final = """
SELECT {dimension_columns}counted.month, counted.measure, counted.outcome, counted.time, sign AS n
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
SELECT key, clock.measure, 'running' AS outcome, time, clock.n FROM (
    SELECT {row_key} AS key, {hours} AS time, {counts} FROM ({rows}) timed
    WHERE part IN {parts} AND {began} >= %(recent_from)s GROUP BY 1, 2
) hour CROSS JOIN LATERAL (VALUES {clocks}) clock (measure, n) WHERE clock.n > 0
"""
RECENT_SCOPE: Final = sql.SQL("is_running AND coalesce(started_at, submitted_at) >= %(recent_from)s")


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
    """What is counted; a group may come in several parts. One query; two after a change."""
    rows = ask(partial(body, question), values(question), columns=5)
    return [
        Counts(key or None, measure, outcome, np.frombuffer(times, ">i4"), np.frombuffer(n, ">i8"))
        for key, measure, outcome, times, n in rows
    ]


def body(question: Question, source: Source) -> sql.Composed:
    """SELECT of key, measure, outcome, times and numbers."""
    pieces = list(_pieces(question, source))
    if not source.is_settled:
        pieces = [sql.SQL(BALANCED).format(pieces=sql.SQL(" UNION ALL ").join(pieces))]
    return sql.SQL(" UNION ALL ").join(sql.SQL(PACKED).format(piece=piece) for piece in pieces)


def _pieces(question: Question, source: Source) -> Iterator[sql.Composed]:
    """SELECTs of key, measure, outcome, time and n, which together are the answer."""
    if question.slice is None:
        days = conditions.days(question.filters.dari, question.filters.sampai)
        yield _read(question, source, days, conditions.chosen_reports(question.filters, question.subject))
        return
    for measure in question.measures:
        yield _summed(question, question.slice, measure)
    whole_days = conditions.days(question.months.since, question.months.until)
    if not source.is_settled:
        yield _moved(question, whole_days)
    for began, clocks in BEGAN.items():
        if not clocks.isdisjoint(question.measures):
            yield _recent(question, source, whole_days, began)
    for edge in question.months.edges:
        yield _read(question, source, conditions.days(*edge))


def _parts(question: Question) -> dict[str, sql.Composable]:
    by = question.by
    key = sql.SQL("NULL::text") if by == "city" else sql.Identifier(by)
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


def _summed(question: Question, sums: Slice, measure: str) -> sql.Composed:
    parts = _parts(question)
    unused = [sql.SQL("{} = ''").format(sql.Identifier(name)) for name in DIMENSIONS if name not in sums.columns]
    if not sums.is_monthly:
        unused.append(sql.SQL("month = {}").format(sql.Literal(EVER)))
    one = sql.SQL(SUMS).format(
        slice=sql.Literal(sums.name),
        measure=sql.Literal(measure),
        unused=sql.SQL(" AND ").join([*unused, conditions.ALL]),
        months=conditions.days(question.months.since, question.months.until, "month"),
        **parts,
    )
    outcome = LATE if measure == TIMELINESS else sql.Identifier("outcome")
    return sql.SQL(SUMMED).format(sums=one, outcome=outcome, **parts)


def _moved(question: Question, whole_days: sql.Composable) -> sql.Composed:
    parts = _parts(question)
    moved = sql.SQL(MOVED).format(whole_days=whole_days, **parts)
    return sql.SQL(SUMMED).format(sums=moved, outcome=LATE, **parts)


def _read(question: Question, source: Source, *scope: sql.Composable) -> sql.Composed:
    rows = source.rows(conditions.dimensions(question.filters), *scope)
    return sql.SQL(READ).format(rows=rows, **_parts(question))


def _recent(question: Question, source: Source, whole_days: sql.Composable, began: str) -> sql.Composed:
    names = sorted(BEGAN[began].intersection(question.measures))
    counts = [
        sql.SQL("count(*) FILTER (WHERE {} = 'running') AS {}").format(
            sql.Identifier(f"{name}_outcome"), sql.Identifier(name)
        )
        for name in names
    ]
    return sql.SQL(RECENT).format(
        rows=source.rows(conditions.dimensions(question.filters), RECENT_SCOPE, whole_days),
        began=sql.Identifier(began),
        hours=sql.SQL(FINE_HOURS.format(since=began, until="%(at)s")),
        counts=sql.SQL(", ").join(counts),
        clocks=sql.SQL(", ").join(
            sql.SQL("({}, {})").format(sql.Literal(name), sql.Identifier(name)) for name in names
        ),
        **_parts(question),
    )


def values(question: Question) -> dict[str, Any]:
    """What is bound in its statement."""
    today = timezone.localdate(question.at)
    number = (today - DAY_ZERO).days
    return {
        "day_clocks": list(DAY_CLOCKS),
        "at": question.at,
        "day": today,
        "today": number,
        "recent": number - FINE_DAYS,
        "recent_from": day_start(today - timedelta(days=FINE_DAYS)),
    }
