"""Working days in the database: the same arithmetic as `worktime`, over the holiday table."""

from django.db import migrations

# Whole weeks have five weekdays; `start` and `until` are reduced to the days that remain.
BETWEEN = r"""
CREATE OR REPLACE FUNCTION geo_reports_working_days(start date, until date) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE STRICT AS $$
    SELECT CASE WHEN until <= start THEN 0 ELSE (
        (until - start) / 7 * 5
        + (SELECT count(*) FROM generate_series(until - (until - start) % 7 + 1, until, interval '1 day') AS day
           WHERE extract(isodow FROM day) < 6)
        - (SELECT count(*) FROM geo_reports_holiday
           WHERE date > start AND date <= until AND extract(isodow FROM date) < 6)
    )::integer END
$$
"""
# Seven days bring at least five weekdays minus holidays: the window is wide enough for every
# holiday of the table to fall into it.
ADD = r"""
CREATE OR REPLACE FUNCTION geo_reports_add_working_days(start date, days integer) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE STRICT AS $$
    SELECT CASE WHEN days <= 0 THEN start ELSE (
        SELECT day::date
        FROM generate_series(
            start + 1,
            start + days * 7 / 5 + 4 + 2 * (
                SELECT count(*) FROM geo_reports_holiday
                WHERE date > start AND date <= start + days * 3 + 60
            )::integer,
            interval '1 day'
        ) AS day
        WHERE extract(isodow FROM day) < 6
            AND NOT EXISTS (SELECT FROM geo_reports_holiday WHERE date = day::date)
        ORDER BY day OFFSET days - 1 LIMIT 1
    ) END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("geo_reports", "0007_desk")]
    operations = [
        migrations.RunSQL(BETWEEN, "DROP FUNCTION geo_reports_working_days(date, date)"),
        migrations.RunSQL(ADD, "DROP FUNCTION geo_reports_add_working_days(date, integer)"),
    ]
