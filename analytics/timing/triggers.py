"""SQL functions and triggers that note which reports are to be timed again, in the transaction that changes them.

They live in the database, so that no way of writing can go around them. `install` replaces them; the
migration and every rebuild do.
"""

from typing import Final

from django.conf import settings
from django.db import connection
from psycopg2 import sql

from analytics.timing.rows import FINE_DAYS

HOURS: Final = """
CREATE OR REPLACE FUNCTION analytics_hours(since timestamptz, until timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN (until AT TIME ZONE {zone})::date - (since AT TIME ZONE {zone})::date <= {fine}
        THEN greatest(round(extract(epoch FROM until - since) / 3600), 0)::integer
        ELSE ((until AT TIME ZONE {zone})::date - (since AT TIME ZONE {zone})::date) * 24 END
$$
"""
# Most updates (a text, a version, a handler) concern no clock: they stop at the first question.
REPORTS: Final = """
CREATE OR REPLACE FUNCTION analytics_reports_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_stale (report_id, transaction)
    SELECT id, pg_current_xact_id()::text::bigint
    FROM old_reports was JOIN new_reports report USING (id)
    WHERE (was.visibility, was.status, was.category_id, was.agency_id, was.kecamatan_id, was.kelurahan_id,
           was.submitted_at, was.forwarded_at, was.closed_at)
        IS DISTINCT FROM
          (report.visibility, report.status, report.category_id, report.agency_id, report.kecamatan_id,
           report.kelurahan_id, report.submitted_at, report.forwarded_at, report.closed_at);
    RETURN NULL;
END $$
"""
# Old and new rows of any table with a column that names the report.
NOTE: Final = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_stale (report_id, transaction)
    SELECT DISTINCT {report}, pg_current_xact_id()::text::bigint FROM rows_changed;
    RETURN NULL;
END $$
"""
SPELLS: Final = """
CREATE OR REPLACE FUNCTION analytics_spells_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_stale (report_id, transaction)
    SELECT DISTINCT spell.report_id, pg_current_xact_id()::text::bigint
    FROM old_spells was JOIN new_spells spell USING (id)
    WHERE (was.agency_id, was.started_at, was.ended_at, was.responded_at, was.completed_at, was.due_on)
        IS DISTINCT FROM
          (spell.agency_id, spell.started_at, spell.ended_at, spell.responded_at, spell.completed_at, spell.due_on);
    RETURN NULL;
END $$
"""
TRUNCATED: Final = """
CREATE OR REPLACE FUNCTION analytics_reports_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM analytics_stale;
    DELETE FROM analytics_timing;
    DELETE FROM analytics_timesum;
    RETURN NULL;
END $$
"""
# The first Monday of the century is number 1; a holiday on a weekday is no working day.
WORKING_DAYS: Final = """
CREATE OR REPLACE FUNCTION analytics_working_days(until date) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (floor((until - date '2000-01-03') / 7.0) * 5)::integer + least((until - date '2000-01-03') % 7 + 1, 5)
        - (SELECT count(*) FROM geo_reports_holiday
           WHERE date BETWEEN '2000-01-03' AND until AND extract(isodow FROM date) < 6)::integer
$$
"""
# Holidays of the past, entered late, change what has been counted; those to come change nothing.
HOLIDAYS: Final = """
CREATE OR REPLACE FUNCTION analytics_holidays_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_stale (report_id, transaction)
    SELECT report_id, pg_current_xact_id()::text::bigint FROM analytics_timing
    WHERE is_running OR (
        day <= (SELECT max(date) FROM rows_changed) AND left_on >= (SELECT min(date) FROM rows_changed)
    );
    RETURN NULL;
END $$
"""
TRIGGERS: Final = """
CREATE OR REPLACE TRIGGER analytics_inserted AFTER INSERT ON geo_reports_report
    REFERENCING NEW TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_note_id();
CREATE OR REPLACE TRIGGER analytics_updated AFTER UPDATE ON geo_reports_report
    REFERENCING OLD TABLE AS old_reports NEW TABLE AS new_reports
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_reports_changed();
CREATE OR REPLACE TRIGGER analytics_deleted AFTER DELETE ON geo_reports_report
    REFERENCING OLD TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_note_id();
CREATE OR REPLACE TRIGGER analytics_truncated AFTER TRUNCATE ON geo_reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_reports_truncated();
CREATE OR REPLACE TRIGGER analytics_inserted AFTER INSERT ON geo_reports_assignment
    REFERENCING NEW TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_note_report();
CREATE OR REPLACE TRIGGER analytics_updated AFTER UPDATE ON geo_reports_assignment
    REFERENCING OLD TABLE AS old_spells NEW TABLE AS new_spells
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_spells_changed();
CREATE OR REPLACE TRIGGER analytics_deleted AFTER DELETE ON geo_reports_assignment
    REFERENCING OLD TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_note_report();
CREATE OR REPLACE TRIGGER analytics_inserted AFTER INSERT ON geo_reports_statuschange
    REFERENCING NEW TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_note_report();
CREATE OR REPLACE TRIGGER analytics_inserted AFTER INSERT ON geo_reports_holiday
    REFERENCING NEW TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_holidays_changed();
CREATE OR REPLACE TRIGGER analytics_updated AFTER UPDATE ON geo_reports_holiday
    REFERENCING NEW TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_holidays_changed();
CREATE OR REPLACE TRIGGER analytics_deleted AFTER DELETE ON geo_reports_holiday
    REFERENCING OLD TABLE AS rows_changed FOR EACH STATEMENT EXECUTE FUNCTION analytics_holidays_changed();
"""


def install() -> None:
    """Put the functions and triggers in place, as they are now."""
    parts: dict[str, sql.Composable] = {
        "fine": sql.Literal(FINE_DAYS),
        "zone": sql.Literal(settings.TIME_ZONE),
    }
    notes = (("analytics_note_id", "id"), ("analytics_note_report", "report_id"))
    with connection.cursor() as cursor:
        for text in (HOURS, REPORTS, SPELLS, TRUNCATED, WORKING_DAYS, HOLIDAYS):
            cursor.execute(sql.SQL(text).format(**parts))
        for name, column in notes:
            cursor.execute(sql.SQL(NOTE).format(name=sql.Identifier(name), report=sql.Identifier(column)))
        cursor.execute(TRIGGERS)
