"""SQL: from reports, their spells and their history to timed rows, one or more per public report.

When a spell begins and what stops its clocks is decided here and nowhere else; in words:

- verification: from the submission to the forwarding. A report that is closed before stops it as "withdrawn".
- response, completion, confirmation of a spell: from the day when the SKPD got the forwarded report to its first
  public answer, to its word that the matter is settled, to the confirmation of that. A hand-over stops them
  as "moved", an end of the report without settlement as "withdrawn". Of what is settled, "fixed" is apart from
  "refused" (not the city's business, or declined): both complete, but a refusal is never confirmed.
- The same of a whole report: from the first of its spells, across hand-overs, to the first answer by anybody.

Hours: see `analytics.timing.hours`. Working days leave out the day of arrival, and for completion those in
which the reporter was asked.
"""

from typing import Final

from django.conf import settings
from psycopg2 import sql

from analytics.timing.hours import between
from geo_reports.deadlines import COUNTS, paused_days
from geo_reports.models import PUBLIC_VISIBILITY
from geo_reports.workflow import CLOSED, Status

COLUMNS: Final = (
    "report_id", "spell_id", "part", "agency", "category", "kecamatan", "kelurahan", "status", "day", "closed_on",
    "submitted_at", "started_at", "left_on", "next_agency", "verification_outcome", "verification_hours",
    "response_outcome", "response_hours", "response_days", "completion_outcome", "completion_hours", "completion_days",
    "confirmation_outcome", "confirmation_hours", "is_running", "workday", "due_on", "timeliness",
)  # fmt: skip

REPORT: Final = (
    "report_id", "category", "kecamatan", "kelurahan", "status", "submitted_at", "forwarded_at", "closed_at",
)  # fmt: skip

# The indexes on assignment (report_id) and statuschange (report_id) answer each report. What is known of a report is
# carried along and never joined again: without statistics PostgreSQL would compare every report with every other.
TIMED: Final = """
WITH held AS (
    SELECT report.*, spell.id AS spell_id, spell.agency_id AS agency,
        coalesce(lead(spell.agency_id) OVER in_order, '') AS next_agency,
        greatest(spell.started_at, report.forwarded_at) AS started_at, spell.ended_at,
        least(spell.ended_at, report.closed_at) AS stopped_at, spell.responded_at, spell.completed_at, spell.due_on,
        report.forwarded_at IS NOT NULL AND spell.id IS NOT NULL
            AND (spell.ended_at IS NULL OR spell.ended_at > report.forwarded_at) AS is_followed
    FROM (
        SELECT id AS report_id, coalesce(agency_id, '') AS holder, category_id AS category,
            coalesce(kecamatan_id, '') AS kecamatan, coalesce(kelurahan_id, '') AS kelurahan, status,
            submitted_at, forwarded_at, CASE WHEN status = ANY({closed}) THEN closed_at END AS closed_at
        FROM geo_reports_report
        WHERE id IN ({ids}) AND visibility IN {public}
    ) report
    LEFT JOIN geo_reports_assignment spell ON spell.report_id = report.report_id
    WINDOW in_order AS (PARTITION BY report.report_id ORDER BY spell.started_at, spell.id)
), spell AS (
    SELECT held.*, count(*) FILTER (WHERE is_followed) OVER (PARTITION BY report_id) AS spells,
        coalesce(history.is_refused, false) AS is_refused, history.confirmed_at,
        CASE WHEN history.was_asked THEN ({paused}) ELSE 0 END AS paused_days,
        CASE WHEN completed_at IS NOT NULL THEN CASE
                WHEN due_on IS NULL THEN 'no_target'
                WHEN (completed_at AT TIME ZONE {zone})::date <= due_on THEN 'in_time' ELSE 'late' END
            WHEN stopped_at IS NULL THEN 'open'
            WHEN (stopped_at AT TIME ZONE {zone})::date > due_on THEN 'late'
            ELSE '' END AS timeliness
    FROM held
    LEFT JOIN LATERAL (
        SELECT bool_or(at = held.completed_at AND to_status = ANY({refusing})) AS is_refused,
            bool_or(to_status = {asked}) AS was_asked,
            min(at) FILTER (
                WHERE to_status = {confirmed} AND assignment_id = held.spell_id AND {counts}
            ) AS confirmed_at
        FROM geo_reports_statuschange change WHERE held.is_followed AND report_id = held.report_id
    ) history ON true
), subject AS (
    SELECT {report}, spell_id, CASE WHEN spells = 1 AND agency = holder THEN 'both' ELSE 'spell' END AS part,
        agency, next_agency, started_at, ended_at, stopped_at, responded_at, completed_at, confirmed_at,
        is_refused, paused_days, due_on, timeliness
    FROM spell WHERE is_followed
    UNION ALL
    SELECT {report}, 0, 'whole', holder, '', min(started_at) FILTER (WHERE is_followed),
        CASE WHEN bool_and(ended_at IS NOT NULL) FILTER (WHERE is_followed) THEN max(ended_at) END,
        CASE WHEN bool_and(stopped_at IS NOT NULL) FILTER (WHERE is_followed) THEN max(stopped_at) END,
        min(responded_at) FILTER (WHERE is_followed), min(completed_at) FILTER (WHERE is_followed), min(confirmed_at),
        coalesce((array_agg(is_refused ORDER BY completed_at, spell_id) FILTER (WHERE is_followed))[1], false),
        coalesce(sum(paused_days), 0), max(due_on) FILTER (WHERE is_followed AND ended_at IS NULL),
        coalesce(max(timeliness) FILTER (WHERE is_followed AND ended_at IS NULL), '')
    FROM spell GROUP BY {report}, holder, spells
    HAVING spells <> 1 OR bool_or(is_followed AND agency <> holder)
), clocked AS (
    SELECT subject.*,
        CASE WHEN part = 'spell' THEN '' WHEN forwarded_at IS NOT NULL THEN 'event'
            WHEN closed_at IS NOT NULL THEN 'withdrawn' ELSE 'running' END AS verification_outcome,
        CASE WHEN started_at IS NULL THEN '' WHEN responded_at IS NOT NULL THEN 'event'
            ELSE stopping.how END AS response_outcome,
        CASE WHEN started_at IS NULL THEN '' WHEN completed_at IS NULL THEN stopping.how
            WHEN is_refused THEN 'refused' ELSE 'fixed' END AS completion_outcome,
        CASE WHEN started_at IS NULL THEN '' WHEN confirmed_at IS NOT NULL THEN 'event'
            WHEN completed_at IS NOT NULL AND is_refused THEN 'refused'
            WHEN ended_at IS NULL AND status = {done} THEN 'running'
            ELSE stopping.how END AS confirmation_outcome,
        coalesce(responded_at, stopped_at) AS response_at,
        coalesce(completed_at, stopped_at) AS completion_at,
        coalesce(confirmed_at, CASE WHEN is_refused THEN completed_at END, stopped_at) AS confirmation_at
    FROM subject
    CROSS JOIN LATERAL (SELECT CASE WHEN stopped_at IS NULL THEN 'running'
        WHEN ended_at IS NOT NULL AND ended_at <= stopped_at THEN 'moved' ELSE 'withdrawn' END AS how) stopping
), bounds AS (
    SELECT (min(started_at) AT TIME ZONE {zone})::date AS first,
        (max(greatest(started_at, response_at, completion_at)) AT TIME ZONE {zone})::date AS last
    FROM clocked
), calendar AS (
    SELECT day::date AS day, before.number + count(*) FILTER (
        WHERE extract(isodow FROM day) < 6 AND holiday.date IS NULL
    ) OVER (ORDER BY day) AS number
    FROM bounds CROSS JOIN LATERAL (SELECT analytics_working_days(first - 1) AS number) before
    CROSS JOIN LATERAL generate_series(first, last, interval '1 day') day
    LEFT JOIN geo_reports_holiday holiday ON holiday.date = day::date
)
SELECT report_id, spell_id, part, agency, category, kecamatan, kelurahan, status,
    (submitted_at AT TIME ZONE {zone})::date AS day,
    CASE WHEN part <> 'spell' THEN (closed_at AT TIME ZONE {zone})::date END AS closed_on,
    submitted_at, started_at, (least(completed_at, stopped_at) AT TIME ZONE {zone})::date AS left_on, next_agency,
    verification_outcome,
    CASE WHEN verification_outcome NOT IN ('', 'running') THEN {verification} END AS verification_hours,
    response_outcome,
    CASE WHEN response_outcome NOT IN ('', 'running') THEN {response} END AS response_hours,
    CASE WHEN response_outcome NOT IN ('', 'running')
        THEN greatest(response_day.number - start_day.number, 0) END AS response_days,
    completion_outcome,
    CASE WHEN completion_outcome NOT IN ('', 'running') THEN {completion} END AS completion_hours,
    CASE WHEN completion_outcome NOT IN ('', 'running')
        THEN greatest(completion_day.number - start_day.number - paused_days, 0) END AS completion_days,
    confirmation_outcome,
    CASE WHEN confirmation_outcome NOT IN ('', 'running') THEN {confirmation} END AS confirmation_hours,
    'running' IN (verification_outcome, response_outcome, completion_outcome, confirmation_outcome) AS is_running,
    start_day.number + paused_days AS workday, due_on, timeliness
FROM clocked
LEFT JOIN calendar start_day ON start_day.day = (started_at AT TIME ZONE {zone})::date
LEFT JOIN calendar response_day ON response_day.day = (response_at AT TIME ZONE {zone})::date
LEFT JOIN calendar completion_day ON completion_day.day = (completion_at AT TIME ZONE {zone})::date
"""


def timed(ids: sql.Composable) -> sql.Composed:
    """SELECT of COLUMNS for the public reports among `ids`, a subquery of report ids; others have no row."""
    return sql.SQL(TIMED).format(
        ids=ids,
        report=sql.SQL(", ").join(map(sql.Identifier, REPORT)),
        public=sql.Literal(PUBLIC_VISIBILITY),
        closed=sql.Literal(sorted(CLOSED)),
        refusing=sql.Literal([Status.NOT_OURS.value, Status.DECLINED.value]),
        done=sql.Literal(Status.DONE.value),
        asked=sql.Literal(Status.NEEDS_INFO.value),
        confirmed=sql.Literal(Status.CONFIRMED.value),
        counts=COUNTS,
        paused=paused_days("held.report_id", since="held.started_at", until="least(held.completed_at, held.ended_at)"),
        zone=sql.Literal(settings.TIME_ZONE),
        verification=between("submitted_at", "coalesce(forwarded_at, closed_at)"),
        response=between("started_at", "response_at"),
        completion=between("started_at", "completion_at"),
        confirmation=between("started_at", "confirmation_at"),
    )
