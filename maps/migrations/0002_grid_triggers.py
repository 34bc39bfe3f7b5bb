"""From now on every change of a report is counted; the reports that are there come in at once.

They stay pending until `manage.py rebuild_grid`, or the running server, has summed them.
"""

from django.db import connection, migrations

from maps.grid import rebuilding, triggers


def start(apps, schema_editor):
    triggers.install()
    for _done in rebuilding.repair():
        pass


def stop(apps, schema_editor):
    with connection.cursor() as cursor:
        for event in ("inserted", "updated", "deleted"):
            cursor.execute(f"DROP TRIGGER maps_{event} ON geo_reports_report")
            cursor.execute(f"DROP FUNCTION maps_report_{event}()")
        cursor.execute("DROP TRIGGER maps_truncated ON geo_reports_report")
        cursor.execute("DROP FUNCTION maps_reports_truncated()")
        cursor.execute("DROP FUNCTION maps_spread(integer)")


class Migration(migrations.Migration):
    dependencies = [("maps", "0001_grid"), ("geo_reports", "0018_photo_copies")]
    operations = [migrations.RunPython(start, stop)]
