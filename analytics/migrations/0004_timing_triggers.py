"""Puts the triggers in place that note which reports are to be timed again, and notes those that are there."""

from django.db import migrations

from analytics.timing import triggers

NOTE_ALL = """
INSERT INTO analytics_stale (report_id, transaction)
SELECT id, pg_current_xact_id()::text::bigint FROM geo_reports_report
"""
REMOVE = """
DROP FUNCTION IF EXISTS analytics_note_id, analytics_note_report, analytics_reports_changed, analytics_spells_changed,
    analytics_reports_truncated, analytics_holidays_changed CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0003_timing"), ("geo_reports", "0019_spell_due_dates")]
    operations = [
        migrations.RunPython(lambda apps, schema_editor: triggers.install(), migrations.RunPython.noop),
        migrations.RunSQL(NOTE_ALL, REMOVE),
    ]
