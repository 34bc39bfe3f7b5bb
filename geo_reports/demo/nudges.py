"""Whom the timers would have told of due dates by the end of the demo: the twin of `timers` for many at once."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection

from geo_reports.models import Nudge
from geo_reports.timers import REMIND_DAYS
from geo_reports.workflow import OPEN

# A reminder goes out on the last working day before the due date, an escalation on the day after it. One
# statement over the open reports, by the index report_due; nudge_once keeps a second run from adding any.
CATCH_UP: Final = """
WITH open AS (
    SELECT report.id, report.due_step, report.due_on, spell.id AS spell_id,
        greatest(report.submitted_at, spell.started_at) AS since
    FROM geo_reports_report report
    LEFT JOIN geo_reports_assignment spell ON spell.report_id = report.id AND spell.ended_at IS NULL
    WHERE report.is_demo AND report.status = ANY(%(open)s) AND report.due_on IS NOT NULL
), told AS MATERIALIZED (
    SELECT due_on, %(escalation)s AS kind, due_on + 1 AS day FROM open GROUP BY due_on
    UNION ALL
    SELECT geo_reports_add_working_days(day::date, %(days)s), %(reminder)s, min(day)::date
    FROM (SELECT min(due_on) - 30 AS first, max(due_on) AS last FROM open) span
    CROSS JOIN LATERAL generate_series(span.first, span.last, interval '1 day') day
    GROUP BY 1
)
INSERT INTO geo_reports_nudge (report_id, assignment_id, step, kind, due_on, at)
SELECT open.id, open.spell_id, open.due_step, told.kind, open.due_on,
    greatest(told.day::timestamp AT TIME ZONE %(zone)s, open.since)
FROM open JOIN told USING (due_on)
WHERE told.day <= (%(until)s AT TIME ZONE %(zone)s)::date
ON CONFLICT DO NOTHING
"""


def catch_up(until: datetime) -> None:
    """Write down the reminders and escalations of open demo reports up to `until`; nobody is mailed."""
    values: dict[str, Any] = {
        "zone": settings.TIME_ZONE,
        "escalation": Nudge.Kind.ESCALATION.value,
        "reminder": Nudge.Kind.REMINDER.value,
        "days": REMIND_DAYS,
        "open": sorted(OPEN),
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(CATCH_UP, values)
