"""Every spell keeps the last day on which its completion is in time; the rule of `deadlines` as it was then."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CHUNK = 50_000
FILL = """
WITH spell AS (
    SELECT assignment.id, assignment.report_id, assignment.started_at, report.category_id, report.kind,
        least(assignment.completed_at, assignment.ended_at) AS stopped_at,
        CASE WHEN coalesce(assignment.completed_at, assignment.ended_at) IS NULL THEN report.status END AS status
    FROM geo_reports_report report JOIN geo_reports_assignment assignment ON assignment.report_id = report.id
    WHERE report.id > %(after)s AND report.id <= %(upto)s
), started AS (
    SELECT spell.*, greatest(spell.started_at, forwarded.at) AS at,
        (greatest(spell.started_at, forwarded.at) AT TIME ZONE %(zone)s)::date AS day
    FROM spell
    CROSS JOIN LATERAL (
        SELECT max(at) AS at FROM geo_reports_statuschange change
        WHERE report_id = spell.report_id AND to_status = 'forwarded' AND from_status <> 'needs_info'
            AND change.undoes_id IS NULL
            AND NOT EXISTS (SELECT FROM geo_reports_statuschange undo WHERE undo.undoes_id = change.id)
            AND (spell.stopped_at IS NULL OR at < spell.stopped_at)
    ) forwarded
    WHERE forwarded.at IS NOT NULL AND coalesce(spell.status, '') NOT IN ('waiting', 'verified', 'reopened')
), due AS (
    SELECT started.id, geo_reports_add_working_days(started.day, target.working_days + paused.days) AS day
    FROM started
    CROSS JOIN LATERAL (
        SELECT working_days FROM geo_reports_responsetarget
        WHERE step = 'resolve'
            AND (category_id = started.category_id OR category_id IS NULL)
            AND kind IN (started.kind, '')
            AND coalesce(valid_from <= started.day, true) AND coalesce(valid_to > started.day, true)
        ORDER BY category_id IS NULL, kind = '', valid_from DESC NULLS LAST LIMIT 1
    ) target
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(geo_reports_working_days(
            (asked.at AT TIME ZONE %(zone)s)::date,
            (least(asked.until, started.stopped_at) AT TIME ZONE %(zone)s)::date
        )), 0)::integer AS days
        FROM (
            SELECT at, to_status, lead(at) OVER (ORDER BY at, id) AS until
            FROM geo_reports_statuschange change
            WHERE report_id = started.report_id AND at >= started.at AND change.undoes_id IS NULL
                AND NOT EXISTS (SELECT FROM geo_reports_statuschange undo WHERE undo.undoes_id = change.id)
        ) asked
        WHERE asked.to_status = 'needs_info'
    ) paused
)
UPDATE geo_reports_assignment assignment
SET due_on = due.day
FROM due JOIN spell USING (id)
WHERE due.id = assignment.id AND (spell.status IS DISTINCT FROM 'needs_info' OR due.day < (
    SELECT (max(at) AT TIME ZONE %(zone)s)::date FROM geo_reports_statuschange change
    WHERE report_id = spell.report_id AND to_status = 'needs_info' AND change.undoes_id IS NULL
        AND NOT EXISTS (SELECT FROM geo_reports_statuschange undo WHERE undo.undoes_id = change.id)
))
"""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """In portions, each a transaction; started again after a kill it writes the same."""
    last = apps.get_model("geo_reports", "Report").objects.aggregate(last=models.Max("pk"))["last"] or 0
    for after in range(0, last, CHUNK):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(FILL, {"after": after, "upto": after + CHUNK, "zone": settings.TIME_ZONE})


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("geo_reports", "0018_photo_copies")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="due_on",
            field=models.DateField(
                blank=True,
                help_text="Hari terakhir yang masih tepat waktu.",
                null=True,
                verbose_name="tenggat penyelesaian",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
