"""How many reports and how long they took, counted in PostgreSQL: filters in, small DataFrames out.

Only grouped counts leave the database, never a row per report. What the clocks measure stands
in `clock_counts`; the statistics are made of it in `measures.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Literal

import pandas as pd
from django.conf import settings
from django.db import connection
from django.db.models import F, Min

from geo_reports.filters import ReportFilters
from geo_reports.models import Agency, Report
from geo_reports.workflow import OPEN, WITHDRAWN

Key = Literal["city", "agency", "kecamatan", "kelurahan"]

# What the counts are grouped by. The fragments are constants of this module, never input.
_COLUMNS: Final[dict[Key, str]] = {
    "city": "NULL::text",
    "agency": "agency_id",
    "kecamatan": "kecamatan_id",
    "kelurahan": "kelurahan_id",
}

# A filtered question reads few spells: they are found by the index on assignment.report_id.
_SPELLS: Final = """
    SELECT a.id AS spell_id, a.report_id, a.agency_id, f.kecamatan_id, f.kelurahan_id,
           GREATEST(a.started_at, f.forwarded_at) AS started_at,
           LEAST(a.ended_at, CASE WHEN f.status = ANY(%s) THEN f.closed_at END, %s) AS stopped_at,
           a.ended_at IS NULL AND f.status = ANY(%s) AS is_running,
           a.responded_at, a.completed_at
    FROM followed f
    JOIN geo_reports_assignment a ON a.report_id = f.id
    WHERE f.forwarded_at IS NOT NULL
      AND (a.ended_at IS NULL OR a.ended_at > f.forwarded_at)
      AND (%s::text[] IS NULL OR a.agency_id = ANY(%s::text[]))
"""

_REPORT_COUNTS: Final = """
    SELECT {key}, count(*),
           count(*) FILTER (WHERE c.status = ANY(%s)),
           count(*) FILTER (WHERE t.report_id IS NULL),
           count(*) FILTER (WHERE t.report_id IS NULL AND c.forwarded_at IS NULL AND c.status = ANY(%s))
    FROM chosen c
    LEFT JOIN (SELECT DISTINCT report_id FROM spells) t ON t.report_id = c.id
    GROUP BY 1
"""

_CLOCK_COUNTS: Final = """
    , measured AS (
        SELECT {key} AS key, min(started_at) AS started_at, max(stopped_at) AS stopped_at,
               bool_or(is_running) AS is_running,
               min(responded_at) AS responded_at, min(completed_at) AS completed_at
        FROM spells GROUP BY {unit}, 1
    )
    SELECT clock.name, key,
           round(GREATEST(extract(epoch FROM COALESCE(clock.stopped_at, m.stopped_at) - m.started_at), 0) / 3600),
           count(clock.stopped_at),
           count(*) FILTER (WHERE clock.stopped_at IS NULL),
           count(*) FILTER (WHERE clock.stopped_at IS NULL AND m.is_running)
    FROM measured m
    CROSS JOIN LATERAL (VALUES ('response', m.responded_at), ('completion', m.completed_at))
        AS clock (name, stopped_at)
    GROUP BY 1, 2, 3
"""

# The one index on assignment.report_id serves both: all spells of an SKPD, or the one that is current.
_ON_TIME: Final = """
    WITH chosen AS ({chosen}), judged AS (
        SELECT {key} AS key, a.due_on, (a.completed_at AT TIME ZONE %s)::date AS completed_on,
               (LEAST(a.ended_at, c.closed_at, %s) AT TIME ZONE %s)::date AS seen_until
        FROM chosen c
        JOIN geo_reports_assignment a ON a.report_id = c.id
        WHERE {spells}
    )
    SELECT key, count(*) FILTER (WHERE completed_on <= due_on),
           count(*) FILTER (WHERE due_on IS NOT NULL AND (completed_on IS NOT NULL OR seen_until > due_on)),
           count(*) FILTER (WHERE due_on IS NULL AND completed_on IS NOT NULL)
    FROM judged GROUP BY 1
"""


def _reports(filters: ReportFilters) -> tuple[str, tuple[Any, ...]]:
    """The public reports of `filters` as SQL with its bound parameters."""
    columns = ("id", "agency_id", "kecamatan_id", "kelurahan_id", "status", "forwarded_at", "closed_at")
    reports = Report.objects.public().matching(filters).order_by().values(*columns)
    sql, params = reports.query.sql_with_params()
    return sql, tuple(params)


def _with_spells(filters: ReportFilters, at: datetime) -> tuple[str, list[Any]]:
    """The opening WITH clause: `chosen` reports, `followed` reports and the agencies' `spells`.

    A filter on the SKPD chooses reports by who holds them now, but follows all spells of that
    SKPD, also those it has handed over: its own time must not depend on who has the report today.
    """
    chosen, chosen_params = _reports(filters)
    followed, followed_params = _reports(replace(filters, skpd=()))
    agencies = list(filters.skpd) or None
    spell_params = [sorted(WITHDRAWN), at, sorted(OPEN), agencies, agencies]
    sql = f"WITH chosen AS ({chosen}), followed AS ({followed}), spells AS ({_SPELLS})"
    return sql, [*chosen_params, *followed_params, *spell_params]


def _frame(sql: str, params: Sequence[Any], columns: dict[str, str]) -> pd.DataFrame:
    """The rows of a query with named, typed columns; also when there are none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return pd.DataFrame(cursor.fetchall(), columns=list(columns)).astype(columns)


def report_counts(filters: ReportFilters, by: Key, at: datetime) -> pd.DataFrame:
    """Per `by` (None: no SKPD, outside every area): how many reports, and how many are in no clock.

    Columns key, n, open, unclocked, unverified. `n` sums to the length of the list with the same
    filter. `unclocked` reports have not reached an SKPD; of these, `unverified` wait for a person.
    """
    sql, params = _with_spells(filters, at)
    is_open = sorted(OPEN)
    counts = sql + _REPORT_COUNTS.format(key=_COLUMNS[by])
    columns = {"key": "object", "n": "int64", "open": "int64", "unclocked": "int64", "unverified": "int64"}
    return _frame(counts, [*params, is_open, is_open], columns)


def clock_counts(filters: ReportFilters, by: Key, at: datetime) -> pd.DataFrame:
    """Grouped durations of the clocks "response" and "completion" at the moment `at`.

    Columns clock, key, hours (rounded), events, censored, waiting (censored and still running).

    By agency each spell is followed on its own: from GREATEST(spell began, report forwarded) to
    the agency's first answer or its word that the matter is settled. A hand-over, a withdrawal
    of the report or `at` censor it, so that time at the wrong SKPD is not charged to the next one.
    By city or area each report is followed as its reporter sees it: from the forwarding, across
    hand-overs, to the first answer or settlement by anybody. Reports that were not forwarded, and
    spells that ended before the forwarding, were nobody's to answer and are not counted.
    """
    sql, params = _with_spells(filters, at)
    unit = "spell_id" if by == "agency" else "report_id"
    counts = sql + _CLOCK_COUNTS.format(key=_COLUMNS[by], unit=unit)
    columns = {
        "clock": "object",
        "key": "object",
        "hours": "float64",
        "events": "int64",
        "censored": "int64",
        "waiting": "int64",
    }
    return _frame(counts, params, columns)


def on_time_counts(filters: ReportFilters, by: Key, at: datetime) -> pd.DataFrame:
    """How many reports were completed until the last day that counts as in time, at the moment `at`.

    Columns key, in_time, judged, without_target. The day is the spell's `due_on`, see `deadlines`:
    the working days of the target from the day when the report came to the SKPD, without the days in
    which the reporter was asked. Judged is what was completed, and what was not although the day has
    passed while the SKPD had it. What is still open and not yet due is not judged; nor is what was
    handed over, or taken out of the SKPD's hands, before that day. `without_target` were completed,
    but nothing says until when they should have been.

    By city or area each report counts once, for the SKPD that has it now; by agency every spell
    counts, so that a report that is handed over late stays late for who was late.
    """
    reports, params = _reports(replace(filters, skpd=()) if by == "agency" else filters)
    spells = "(%s::text[] IS NULL OR a.agency_id = ANY(%s::text[]))" if by == "agency" else "a.ended_at IS NULL"
    agencies = [list(filters.skpd) or None] * 2 if by == "agency" else []
    key = "a.agency_id" if by == "agency" else _COLUMNS[by]
    zone = settings.TIME_ZONE
    columns = {"key": "object", "in_time": "int64", "judged": "int64", "without_target": "int64"}
    sql = _ON_TIME.format(chosen=reports, key=key, spells=spells)
    return _frame(sql, [*params, zone, at, zone, *agencies], columns)


def agencies() -> list[Agency]:
    """All agencies in a lasting order: those that lead the foremost categories first.

    The position decides an agency's colour in every figure.
    """
    foremost = Agency.objects.annotate(foremost=Min("rules__category__order"))
    return list(foremost.order_by(F("foremost").asc(nulls_last=True), "slug"))
