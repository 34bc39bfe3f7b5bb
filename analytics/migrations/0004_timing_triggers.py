"""Puts the triggers in place that note which reports are to be timed again, and notes those that are there."""

from django.db import migrations

from analytics.timing import triggers


def start(apps, schema_editor):
    triggers.install()
    triggers.note_all()


def stop(apps, schema_editor):
    triggers.remove()


class Migration(migrations.Migration):
    dependencies = [("analytics", "0003_timing"), ("geo_reports", "0019_spell_due_dates")]
    operations = [migrations.RunPython(start, stop)]
