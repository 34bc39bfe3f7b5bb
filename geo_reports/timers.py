"""What has to happen because time has passed: confirming, closing questions, reminding, escalating.

`run` is called every few minutes by `manage.py run_timers`. Each step is done once: what was done is
in the database, so a run that is killed or started twice repeats nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from psycopg2 import sql

from geo_reports import deadlines, reminders
from geo_reports.deadlines import COUNTS, best_target
from geo_reports.models import Nudge, Report
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import OPEN, Role, Status

CHUNK: Final = 500
# What the history says when nobody did anything.
CONFIRMED: Final = _("Otomatis: tidak ada keberatan dari pelapor.")
UNANSWERED: Final = _("Otomatis: pertanyaan tidak dijawab pelapor.")
# How many working days before the due date the reminder goes out.
REMIND_DAYS: Final = 1

# The index report_status finds the reports of one status; `target` is the rule of the day it got there.
SILENT: Final = sql.SQL("""
SELECT report.id
FROM geo_reports_report report
CROSS JOIN LATERAL (
    SELECT (max(at) AT TIME ZONE %(zone)s)::date AS day FROM geo_reports_statuschange change
    WHERE report_id = report.id AND to_status = report.status AND {counts}
) since
CROSS JOIN LATERAL ({target}) target
WHERE report.status = %(status)s
    AND geo_reports_working_days(since.day, %(today)s) > target.working_days
ORDER BY report.id LIMIT %(chunk)s
""").format(counts=COUNTS, target=best_target("report", step="%(step)s", day="since.day"))
# The index report_due finds what is due; nudge_once makes sure that nobody is told twice.
NUDGE: Final = """
INSERT INTO geo_reports_nudge (report_id, assignment_id, step, kind, due_on, at)
SELECT report.id, spell.id, report.due_step, %(kind)s, report.due_on, %(now)s
FROM geo_reports_report report
LEFT JOIN geo_reports_assignment spell ON spell.report_id = report.id AND spell.ended_at IS NULL
WHERE report.status = ANY(%(open)s) AND report.due_on BETWEEN %(first)s AND %(last)s
    AND NOT EXISTS (
        SELECT FROM geo_reports_nudge told
        WHERE told.report_id = report.id AND told.step = report.due_step AND told.kind = %(kind)s
            AND told.assignment_id IS NOT DISTINCT FROM spell.id
    )
ORDER BY report.due_on, report.id LIMIT %(chunk)s
ON CONFLICT DO NOTHING
RETURNING id
"""


@task()
def recompute_deadlines() -> None:
    """Compute all due dates again in the background, after targets or holidays were edited."""
    for _done in deadlines.update_open():
        pass


@dataclass
class Tally:
    """How many reports each step concerned."""

    confirmed: int = 0
    archived: int = 0
    reminded: int = 0
    escalated: int = 0


def run(now: datetime | None = None) -> Tally:
    """Do everything that is due at `now`, in chunks, each step in its own transactions."""
    now = now or timezone.now()
    with translation.override(settings.LANGUAGE_CODE):  # the notes are kept and read by everybody
        return Tally(
            confirmed=_settle(now, Status.DONE, "confirm", Status.CONFIRMED, str(CONFIRMED)),
            archived=_settle(now, Status.NEEDS_INFO, "inform", Status.ARCHIVED, str(UNANSWERED)),
            reminded=_nudge(now, Nudge.Kind.REMINDER),
            escalated=_nudge(now, Nudge.Kind.ESCALATION),
        )


def _settle(now: datetime, status: Status, step: str, to: Status, note: str) -> int:
    """Move on what has stood in `status` for longer than the target of `step`."""
    values: dict[str, Any] = {
        "status": status.value,
        "step": step,
        "zone": settings.TIME_ZONE,
        "today": timezone.localdate(now),
        "chunk": CHUNK,
    }
    moved = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(SILENT, values)
            silent = [report for (report,) in cursor.fetchall()]
        done = sum(_moved(report, to, note, now) for report in silent)
        moved += done
        if not done:
            return moved


def _moved(report_id: int, to: Status, note: str, now: datetime) -> bool:
    """Whether the report moved; somebody may have been faster."""
    try:
        change_status(report_id, to, role=Role.SYSTEM, note=note, at=now)
    except (NotAllowed, Report.DoesNotExist):
        return False
    return True


def _nudge(now: datetime, kind: Nudge.Kind) -> int:
    """Write down whom to tell and queue the mails, together: neither happens without the other."""
    told = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(NUDGE, _window(now, kind))
                nudges = [nudge for (nudge,) in cursor.fetchall()]
            if nudges:
                reminders.tell_staff.enqueue(nudges)
        told += len(nudges)
        if len(nudges) < CHUNK:
            return told


def _window(now: datetime, kind: Nudge.Kind) -> dict[str, Any]:
    """The due dates that concern this kind today, first and last day included."""
    today = timezone.localdate(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT geo_reports_add_working_days(%s, %s), %s::date - 1", [today, REMIND_DAYS, today])
        soon, yesterday = cursor.fetchone()
    first, last = (today, soon) if kind is Nudge.Kind.REMINDER else (date.min, yesterday)
    return {
        "kind": kind.value,
        "now": now,
        "open": sorted(OPEN),
        "first": first,
        "last": last,
        "chunk": CHUNK,
    }
