"""One statement per question: grouped counts from the sums, or from the timed rows where no sum answers.

What has changed since it was timed is taken from the reports in the same statement, and what the sums
still have of it is taken away: the answer is exact at its moment. Clocks that run are read off at `at`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray
from psycopg2 import sql

from analytics.timing import conditions
from analytics.timing.freshness import Source, ask
from analytics.timing.hours import DAY_ZERO, fine_from, hour_of
from analytics.timing.question import Question
from analytics.timing.rows import COLUMNS
from analytics.timing.slices import (
    DAY_CLOCKS,
    DIMENSIONS,
    HOUR_CLOCKS,
    LATELY,
    PARTS,
    TIMELESS,
    TIMELINESS,
    Slice,
)
from analytics.timing.summing import EVER, counted

# The times of a group leave the database as bytes, and so do their numbers: rows would take ten times as long.
PACKED: Final = """
SELECT key, {measure} AS measure, outcome, {times}, {numbers} FROM ({piece}) piece GROUP BY {grouped}
"""
EACH_TIME: Final = {
    "times": sql.SQL("string_agg(int4send(time::integer), ''::bytea)"),
    "numbers": sql.SQL("string_agg(int4send(n::integer), ''::bytea)"),
}
NO_TIME: Final = {"times": sql.SQL("int4send(0)"), "numbers": sql.SQL("int4send(sum(n)::integer)")}
# What has moved is counted against what the sums still have.
BALANCED: Final = """
SELECT key, measure, outcome, time, sum(n)::bigint AS n FROM ({pieces}) piece
GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
"""
# One measure of what is kept, read off at the moment that is asked about.
CURRENT: Final = """
SELECT {key} AS key, {name} AS measure, {outcome} AS outcome, {time} AS time, n FROM ({kept}) kept WHERE {is_told}
"""
# A value for each column that the sums leave out: read along the key, in the order of the groups. Where an index
# leads there, they would only be compared with every row.
SUMS: Final = """
SELECT {dimension_columns}month, outcome, time, n FROM analytics_timesum
WHERE slice = {slice} AND measure = {measure} AND {unused} AND {dimensions} AND {months}
"""
MOVED: Final = """
SELECT {dimension_columns}counted.month, counted.outcome, counted.time, sign AS n
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
            ELSE analytics_hours_so_far(
                CASE counted.measure WHEN 'verification' THEN submitted_at ELSE started_at END, %(at)s
            ) END AS time
    FROM ({rows}) timed CROSS JOIN LATERAL ({counted}) counted
    WHERE part IN {parts} AND counted.month IS NOT NULL AND counted.outcome <> ''
) read GROUP BY 1, 2, 3, 4
"""
WORKDAY: Final = sql.SQL("(SELECT analytics_working_days(%(day)s))")
DIMENSION_COLUMNS: Final = sql.SQL("agency, category, kecamatan, kelurahan, ")
# True of all rows, but so the index is entered once for each SKPD at the month, instead of read through.
EVERY_AGENCY: Final = sql.SQL("agency = ANY (ARRAY (SELECT slug FROM geo_reports_agency UNION ALL SELECT ''))")


@dataclass(frozen=True, eq=False)
class Counts:
    """How many of one group there are by time: hours, working days, the number of a month's first day, or 0.

    Arrays of whole numbers, aligned.

    The key is None for no SKPD, no area and for the city; a date for a month.
    """

    key: Any
    measure: str
    outcome: str
    time: NDArray[np.int32]
    n: NDArray[np.int32]


def answer(question: Question) -> list[Counts]:
    """What is counted; a group may come in several parts. One query; two after a change."""
    rows = ask(partial(body, question), values(question), columns=5)
    return [
        Counts(key or None, measure, outcome, np.frombuffer(times, ">i4"), np.frombuffer(n, ">i4"))
        for key, measure, outcome, times, n in rows
    ]


def body(question: Question, source: Source) -> sql.Composed:
    """SELECT of key, measure, outcome, times and numbers."""
    pieces = list(_pieces(question, source))
    if not source.is_settled:
        pieces = [(None, sql.SQL(BALANCED).format(pieces=sql.SQL(" UNION ALL ").join(each for _, each in pieces)))]
    return sql.SQL(" UNION ALL ").join(_packed(*piece) for piece in pieces)


def _packed(measure: str | None, piece: sql.Composed) -> sql.Composed:
    """To compare what is the same in all rows would cost as much as any other column of the grouping."""
    name = sql.SQL("measure") if measure is None else sql.Literal(measure)
    grouped = sql.SQL("1, 2, 3" if measure is None else "1, 3")
    told = NO_TIME if measure in TIMELESS else EACH_TIME
    return sql.SQL(PACKED).format(piece=piece, measure=name, grouped=grouped, **told)


def _pieces(question: Question, source: Source) -> Iterator[tuple[str | None, sql.Composed]]:
    """SELECTs of key, measure, outcome, time and n, together the answer; each with its measure if it has but one."""
    if question.slice is None:
        days = conditions.days(question.filters.dari, question.filters.sampai)
        yield None, _read(question, source, days, conditions.chosen_reports(question.filters, question.subject))
        return
    whole_days = conditions.days(question.months.since, question.months.until)
    for measure in (*question.measures, *(name for name, clock in LATELY.items() if clock in question.measures)):
        name = LATELY.get(measure, measure)
        yield name, _current(question, measure, _sums(question, question.slice, measure))
        if not source.is_settled:
            yield name, _current(question, measure, _moved(question, measure, whole_days))
    for edge in question.months.edges:
        yield None, _read(question, source, conditions.days(*edge))


def _key(question: Question) -> sql.Composable:
    return sql.SQL("NULL::text") if question.by == "city" else sql.Identifier(question.by)


def _timed(question: Question, measures: Iterable[str]) -> dict[str, sql.Composable]:
    """Of statements over timed rows."""
    return {
        "key": _key(question),
        "workday": WORKDAY,
        "columns": sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
        "dimension_columns": DIMENSION_COLUMNS,
        "dimensions": conditions.dimensions(question.filters),
        "counted": counted(question.subject, measures),
        "parts": sql.Literal(PARTS[question.subject]),
    }


def _current(question: Question, measure: str, kept: sql.Composed) -> sql.Composed:
    outcome, time, is_told = map(sql.SQL, _read_off(measure))
    name = sql.Literal(LATELY.get(measure, measure))
    parts = {"outcome": outcome, "is_told": is_told, "time": time.format(workday=WORKDAY)}
    return sql.SQL(CURRENT).format(key=_key(question), name=name, kept=kept, **parts)


def _read_off(measure: str) -> tuple[str, str, str]:
    """SQL: outcome and time of what is kept, and whether it is told: what began lately is told by its hour."""
    if measure == TIMELINESS:
        return "CASE WHEN outcome = 'open' AND time < %(today)s THEN 'late' ELSE outcome END", "0", "true"
    if measure in LATELY:
        return "outcome", "greatest(%(hour)s - time, 0)", "time >= %(fine_from)s"
    if measure in DAY_CLOCKS:
        return "outcome", "CASE outcome WHEN 'running' THEN greatest({workday} - time, 0) ELSE time END", "true"
    if measure in HOUR_CLOCKS:
        is_told = "(outcome <> 'running' OR time * 24 < %(fine_from)s)"
        return "outcome", "CASE outcome WHEN 'running' THEN (%(today)s - time) * 24 ELSE time END", is_told
    return "outcome", "time", "true"


def _sums(question: Question, sums: Slice, measure: str) -> sql.Composed:
    unused = []
    if not sums.has_index:
        unused = [sql.SQL("{} = ''").format(sql.Identifier(name)) for name in DIMENSIONS if name not in sums.columns]
        if not sums.is_monthly:
            unused.append(sql.SQL("month = {}").format(sql.Literal(EVER)))
    return sql.SQL(SUMS).format(
        slice=sql.Literal(sums.name),
        measure=sql.Literal(measure),
        dimension_columns=DIMENSION_COLUMNS,
        unused=sql.SQL(" AND ").join([*unused, conditions.ALL]),
        dimensions=EVERY_AGENCY if _skips_months(question, sums) else conditions.dimensions(question.filters),
        months=conditions.days(question.months.since, question.months.until, "month"),
    )


def _skips_months(question: Question, sums: Slice) -> bool:
    """Whether some months of every SKPD are asked for, which lie apart in the sums' index."""
    is_dated = bool(question.months.since or question.months.until)
    return is_dated and sums.columns == ("agency",) and not question.filters.skpd


def _moved(question: Question, measure: str, whole_days: sql.Composable) -> sql.Composed:
    return sql.SQL(MOVED).format(whole_days=whole_days, **_timed(question, [measure]))


def _read(question: Question, source: Source, *scope: sql.Composable) -> sql.Composed:
    rows = source.rows(conditions.dimensions(question.filters), *scope)
    return sql.SQL(READ).format(rows=rows, **_timed(question, question.measures))


def values(question: Question) -> dict[str, Any]:
    """What is bound in its statement."""
    today = timezone.localdate(question.at)
    return {
        "day_clocks": list(DAY_CLOCKS),
        "at": question.at,
        "day": today,
        "today": (today - DAY_ZERO).days,
        "hour": hour_of(question.at),
        "fine_from": fine_from(question.at),
    }
