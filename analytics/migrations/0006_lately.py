"""Sums know in which hour the clocks began that have run for less than two weeks, so no timed row is read for them.

Everything is timed and summed again: by the running server, or by `manage.py rebuild_timings`.
"""

from django.db import migrations, models

from analytics.timing import triggers


def begin_again(apps, schema_editor):
    schema_editor.execute("TRUNCATE analytics_timing, analytics_timesum, analytics_timingbuild, analytics_stale")
    triggers.install()
    triggers.note_all()


class Migration(migrations.Migration):
    dependencies = [("analytics", "0005_reporters")]
    operations = [
        migrations.RemoveIndex("timing", "timing_running"),
        migrations.AlterField("timesum", "measure", models.CharField(db_collation="C", max_length=24)),
        migrations.RunPython(begin_again, migrations.RunPython.noop),
    ]
