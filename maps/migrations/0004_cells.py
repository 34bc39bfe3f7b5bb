"""Cells with a column per status, sums of what has a due date, and smaller cells: made of what is counted already."""

from django.db import connection, migrations, models
from psycopg2 import sql

from geo_reports import exclusive
from maps.grid import summing, triggers, upkeep

STATUSES = (
    "waiting",
    "verified",
    "forwarded",
    "scheduled",
    "in_progress",
    "answered",
    "needs_info",
    "reopened",
    "done",
    "confirmed",
    "merged",
    "not_ours",
    "declined",
    "withheld",
    "archived",
)
# What is pending is in no sum yet, and one statement sees one moment.
COUNTED = """
(SELECT key, x, y, category, agency, day, due, status, kelurahan, kecamatan, id AS report, 1 AS sign FROM maps_spot
 UNION ALL
 SELECT key, x, y, category, agency, day, due, status, kelurahan, kecamatan, report, -sign FROM maps_pending)
"""
DUE = """
INSERT INTO maps_tally (level, slice, cell, kelurahan, kecamatan, status, n, x, y, ids)
SELECT level, 'due', cell, kelurahan, kecamatan, status, sum(n), sum(x), sum(y), sum(ids)
FROM maps_tally WHERE slice LIKE 'due\\_month=%' GROUP BY 1, 3, 4, 5, 6 HAVING sum(n) <> 0 ORDER BY 1, 3
"""


def fill(apps, schema_editor):
    triggers.install()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [exclusive.key(upkeep.WORK)])
        cursor.execute("DELETE FROM maps_gridbuild")  # a rebuild that was killed begins anew: it knew no cells
        cursor.execute(DUE)
        smallest = next(summing.steps("", sql.SQL(COUNTED)))
        for statement in (smallest, *summing.cell_steps("", sql.SQL(COUNTED))):
            cursor.execute(statement.statement)
        cursor.execute("DELETE FROM maps_cell WHERE n = 0")
        cursor.execute("DELETE FROM maps_tally WHERE n = 0")


def empty(apps, schema_editor):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM maps_tally WHERE slice = 'due'")


class Migration(migrations.Migration):
    dependencies = [("maps", "0003_grid_storage")]
    operations = [
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level",
                        "cell",
                        "kelurahan",
                        "kecamatan",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("cell", models.BigIntegerField()),
                ("kelurahan", models.CharField(db_collation="C", max_length=20)),
                ("kecamatan", models.CharField(db_collation="C", max_length=20)),
                ("n", models.IntegerField()),
                ("x", models.BigIntegerField()),
                ("y", models.BigIntegerField()),
                ("ids", models.BigIntegerField()),
                *((f"n_{status}", models.IntegerField()) for status in STATUSES),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE maps_cell SET (parallel_workers = 0, fillfactor = 85)",
            "ALTER TABLE maps_cell RESET (parallel_workers, fillfactor)",
        ),
        # Room for what folding changes: a fifth quicker. What is there gets it with the next rebuild.
        migrations.RunSQL("ALTER TABLE maps_tally SET (fillfactor = 85)", "ALTER TABLE maps_tally RESET (fillfactor)"),
        migrations.RunPython(fill, empty),
    ]
