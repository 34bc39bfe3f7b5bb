"""How the counts are stored: a tile's query is over before a second process has started to help it."""

from django.db import migrations

TABLES = ("maps_spot", "maps_tally", "maps_pending")


class Migration(migrations.Migration):
    dependencies = [("maps", "0002_grid_triggers")]
    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} SET (parallel_workers = 0)", f"ALTER TABLE {table} RESET (parallel_workers)"
            )
            for table in TABLES
        ),
        # Every reader reads it whole, and everything in it goes soon.
        migrations.RunSQL(
            "ALTER TABLE maps_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)",
            "ALTER TABLE maps_pending RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)",
        ),
    ]
