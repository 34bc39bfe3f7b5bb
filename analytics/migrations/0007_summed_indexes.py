"""The sums of which pages read much have indexes of their own, from which alone they are read."""

from django.db import migrations, models

INDEXES = (
    ("timesum_agency", "agency", ("agency",)),
    ("timesum_month", "whole-monthly", ("month",)),
    ("timesum_agency_month", "agency-monthly", ("agency", "month")),
    ("timesum_agency_category", "agency-category", ("agency", "category")),
)


class Migration(migrations.Migration):
    dependencies = [("analytics", "0006_lately")]
    operations = [
        # Lost when 0006 made the column longer.
        migrations.RunSQL(
            'ALTER TABLE analytics_timesum ALTER COLUMN measure TYPE varchar(24) COLLATE "C"', migrations.RunSQL.noop
        ),
        *(
            migrations.AddIndex(
                "timesum",
                models.Index(
                    *("measure", *columns, "outcome", "time"),
                    include=("n",),
                    condition=models.Q(slice=name),
                    name=index,
                ),
            )
            for index, name, columns in INDEXES
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.01)",
                f"ALTER TABLE {table} RESET (autovacuum_vacuum_scale_factor)",
            )
            for table in ("analytics_timesum", "analytics_timing")
        ),
    ]
