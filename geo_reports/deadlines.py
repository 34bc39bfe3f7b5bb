"""Until when something has to be done: the only writer of `due_on` and `due_step` of a report and of its spells.

Two statements read it off the history, for one report as for a million, so that it can be computed
again whenever targets or holidays change. The clock of a step starts

- verify: when the report came (back) to the verifikator;
- respond, resolve: when it came to its present SKPD, so that time at a wrong one is not charged; without one, none.

Working days in which the reporter was asked and had not answered are added: the clock stood.

A report has the date of its next step and loses it when it is settled. A spell keeps the date of its
resolve step, so that "on time" can be told afterwards: completed on that day or before.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql

from geo_reports.models import Report, ReportQuerySet
from geo_reports.workflow import AT_AGENCY, AT_VERIFIER, CLOSED, OPEN, Status

CHUNK: Final = 10_000

# A step that was undone never happened, nor did its undoing.
COUNTS: Final = sql.SQL("""change.undoes_id IS NULL
                AND NOT EXISTS (SELECT FROM geo_reports_statuschange undo WHERE undo.undoes_id = change.id)""")


def best_target(report: str, *, step: str, day: str) -> sql.Composed:
    """SQL: the working days of the target for `report` (an alias with category_id and kind) in force on `day`.

    One for the category goes before one for all, then one for the kind, then the latest. No row when there is none.
    """
    return sql.SQL("""
        SELECT working_days FROM geo_reports_responsetarget
        WHERE step = {step}
            AND (category_id = {report}.category_id OR category_id IS NULL)
            AND kind IN ({report}.kind, '')
            AND coalesce(valid_from <= {day}, true) AND coalesce(valid_to > {day}, true)
        ORDER BY category_id IS NULL, kind = '', valid_from DESC NULLS LAST LIMIT 1
    """).format(report=sql.SQL(report), step=sql.SQL(step), day=sql.SQL(day))


def paused_days(report: str, *, since: str, until: str) -> sql.Composed:
    """SQL: the working days in which the reporter of `report` (an id) was asked between two moments.

    Without `until` (NULL) a question that is still open does not count.
    """
    return sql.SQL("""
        SELECT coalesce(sum(geo_reports_working_days(
            (asked.at AT TIME ZONE {zone})::date, (least(asked.until, {until}) AT TIME ZONE {zone})::date
        )), 0)::integer AS days
        FROM (
            SELECT at, to_status, lead(at) OVER (ORDER BY at, id) AS until
            FROM geo_reports_statuschange change
            WHERE report_id = {report} AND at >= {since} AND {counts}
        ) asked
        WHERE asked.to_status = {asked}
    """).format(
        report=sql.SQL(report),
        since=sql.SQL(since),
        until=sql.SQL(until),
        counts=COUNTS,
        zone=sql.Literal(settings.TIME_ZONE),
        asked=sql.Literal(Status.NEEDS_INFO.value),
    )


# The index on statuschange (report_id) and the one on assignment (report_id) answer each report.
SET_DUE: Final = sql.SQL("""
WITH started AS (
    SELECT report.id, report.category_id, report.kind, report.status,
        CASE WHEN report.status = ANY(%(at_verifier)s) THEN (
            SELECT max(at) FROM geo_reports_statuschange change
            WHERE report_id = report.id AND to_status = ANY(%(at_verifier)s) AND {counts}
                AND NOT from_status = ANY(%(at_verifier)s || ARRAY[%(asked)s])
        ) WHEN report.status = ANY(%(at_agency)s) AND spell.id IS NOT NULL THEN greatest(spell.started_at, (
            SELECT max(at) FROM geo_reports_statuschange change
            WHERE report_id = report.id AND to_status = %(forwarded)s AND from_status <> %(asked)s AND {counts}
        )) END AS at,
        spell.responded_at
    FROM geo_reports_report report
    LEFT JOIN geo_reports_assignment spell ON spell.report_id = report.id AND spell.ended_at IS NULL
    WHERE report.id = ANY(%(reports)s)
), stepped AS (
    SELECT started.*, (at AT TIME ZONE %(zone)s)::date AS day,
        CASE WHEN status = ANY(%(at_verifier)s) THEN 'verify'
             WHEN status = %(forwarded)s AND (responded_at IS NULL OR responded_at < at) THEN 'respond'
             ELSE 'resolve' END AS step
    FROM started
), due AS (
    SELECT stepped.id, stepped.step, geo_reports_add_working_days(stepped.day, target.working_days + paused.days) AS day
    FROM stepped
    CROSS JOIN LATERAL ({target}) target
    CROSS JOIN LATERAL ({paused}) paused
    WHERE stepped.at IS NOT NULL
)
UPDATE geo_reports_report report
SET due_on = due.day, due_step = coalesce(due.step, '')
FROM geo_reports_report same LEFT JOIN due ON due.id = same.id
WHERE same.id = report.id AND report.id = ANY(%(reports)s)
    AND (report.due_on, report.due_step) IS DISTINCT FROM (due.day, coalesce(due.step, ''))
""").format(
    counts=COUNTS,
    target=best_target("stepped", step="stepped.step", day="stepped.day"),
    paused=paused_days("stepped.id", since="stepped.at", until="NULL::timestamptz"),
)

# `stopped_at`: from when on nothing that happens to the report concerns the spell. While the verifikator has
# the report no clock runs; while the reporter is asked only a date that had passed before stands.
SET_SPELLS_DUE: Final = sql.SQL("""
WITH spell AS (
    SELECT assignment.id, assignment.report_id, assignment.started_at, report.category_id, report.kind,
        least(assignment.completed_at, assignment.ended_at) AS stopped_at,
        CASE WHEN coalesce(assignment.completed_at, assignment.ended_at) IS NULL THEN report.status END AS status
    FROM geo_reports_report report JOIN geo_reports_assignment assignment ON assignment.report_id = report.id
    WHERE report.id = ANY(%(reports)s)
), started AS (
    SELECT spell.*, greatest(spell.started_at, forwarded.at) AS at,
        (greatest(spell.started_at, forwarded.at) AT TIME ZONE %(zone)s)::date AS day
    FROM spell
    CROSS JOIN LATERAL (
        SELECT max(at) AS at FROM geo_reports_statuschange change
        WHERE report_id = spell.report_id AND to_status = %(forwarded)s AND from_status <> %(asked)s AND {counts}
            AND (spell.stopped_at IS NULL OR at < spell.stopped_at)
    ) forwarded
    WHERE forwarded.at IS NOT NULL AND NOT coalesce(spell.status = ANY(%(at_verifier)s), false)
), due AS (
    SELECT started.id, geo_reports_add_working_days(started.day, target.working_days + paused.days) AS day
    FROM started
    CROSS JOIN LATERAL ({target}) target
    CROSS JOIN LATERAL ({paused}) paused
), standing AS (
    SELECT due.id, due.day FROM due JOIN spell USING (id)
    WHERE spell.status IS DISTINCT FROM %(asked)s OR due.day < (
        SELECT (max(at) AT TIME ZONE %(zone)s)::date FROM geo_reports_statuschange change
        WHERE report_id = spell.report_id AND to_status = %(asked)s AND {counts}
    )
)
UPDATE geo_reports_assignment assignment
SET due_on = standing.day
FROM spell LEFT JOIN standing USING (id)
WHERE spell.id = assignment.id AND assignment.due_on IS DISTINCT FROM standing.day
""").format(
    counts=COUNTS,
    target=best_target("started", step="'resolve'", day="started.day"),
    paused=paused_days("started.report_id", since="started.at", until="started.stopped_at"),
)


def update(report_ids: Sequence[int]) -> int:
    """Compute the due dates of these reports and of their spells again; returns how many reports changed.

    Call in the transaction that changed status, spell, category or kind.
    """
    changed = _write(SET_DUE, report_ids)
    update_spells(report_ids)
    return changed


def update_spells(report_ids: Sequence[int]) -> int:
    """Compute the resolve dates of all spells of these reports again; returns how many spells changed."""
    return _write(SET_SPELLS_DUE, report_ids)


def _write(statement: sql.Composed, report_ids: Sequence[int]) -> int:
    values: dict[str, Any] = {
        "reports": list(report_ids),
        "at_verifier": sorted(AT_VERIFIER),
        "at_agency": sorted(AT_AGENCY),
        "asked": Status.NEEDS_INFO.value,
        "forwarded": Status.FORWARDED.value,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def update_open() -> Iterator[int]:
    """Compute all open reports again, after targets or holidays changed; yields how many are done, chunk by chunk.

    What is settled keeps the dates that were in force. Each chunk is a transaction; started again
    after a kill it computes the same.
    """
    yield from _in_chunks(Report.objects.filter(status__in=sorted(OPEN)), update)


def update_settled() -> Iterator[int]:
    """Compute the spells of all settled reports again: after a bulk load, or after a past date was corrected.

    In chunks like `update_open`.
    """
    yield from _in_chunks(Report.objects.filter(status__in=sorted(CLOSED)), update_spells)


def _in_chunks(reports: ReportQuerySet, act: Callable[[Sequence[int]], int]) -> Iterator[int]:
    done, last = 0, 0
    while ids := list(reports.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            act(ids)
        done, last = done + len(ids), ids[-1]
        yield done
