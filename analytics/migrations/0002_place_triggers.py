"""From now on every change of a report is noted; those that are there are noted at once.

They stay noted until `manage.py find_recurrences`, or the running server, has looked at them.
"""

from django.db import migrations

from analytics.places import noting


def start(apps, schema_editor):
    noting.install()


def stop(apps, schema_editor):
    noting.remove()


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_places"), ("geo_reports", "0019_spell_due_dates")]
    operations = [migrations.RunPython(start, stop)]
