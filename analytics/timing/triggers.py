"""SQL functions of clocks, and triggers that note which reports are to be timed again.

The migration and every rebuild put them in place.
"""

from typing import Final

from django.db import connection
from psycopg2 import sql

from analytics import noting
from analytics.noting import Notes, Watched
from analytics.timing import hours

# The first Monday of the century is number 1; a holiday on a weekday is no working day.
WORKING_DAYS: Final = """
CREATE OR REPLACE FUNCTION analytics_working_days(until date) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (floor((until - date '2000-01-03') / 7.0) * 5)::integer + least((until - date '2000-01-03') % 7 + 1, 5)
        - (SELECT count(*) FROM geo_reports_holiday
           WHERE date BETWEEN '2000-01-03' AND until AND extract(isodow FROM date) < 6)::integer
$$
"""

NOTES: Final = Notes("analytics_stale", "report_id", "transaction", "pg_current_xact_id()::text::bigint")
REPORT: Final = (
    *("visibility", "status", "category_id", "agency_id", "kecamatan_id", "kelurahan_id"),
    *("submitted_at", "forwarded_at", "closed_at"),
)
SPELL: Final = ("agency_id", "started_at", "ended_at", "responded_at", "completed_at", "due_on")
# Holidays of the past, entered late, change what has been counted; those to come change nothing.
HOLIDAYS: Final = """
    analytics_timing WHERE is_running OR (
        day <= (SELECT max(date) FROM rows_changed) AND left_on >= (SELECT min(date) FROM rows_changed)
    )
"""
EMPTIED: Final = "DELETE FROM analytics_stale; DELETE FROM analytics_timing; DELETE FROM analytics_timesum"
FUNCTIONS: Final = {
    "analytics_note_id": NOTES.every_row(),
    "analytics_note_report": NOTES.every_row("DISTINCT report_id"),
    "analytics_reports_changed": NOTES.different_rows(REPORT),
    "analytics_spells_changed": NOTES.different_rows(SPELL, "DISTINCT became.report_id"),
    "analytics_reports_truncated": EMPTIED,
    "analytics_holidays_changed": NOTES.of("report_id", HOLIDAYS),
}
WATCHED: Final = (
    Watched("analytics_inserted", "INSERT", "geo_reports_report", "analytics_note_id"),
    Watched("analytics_updated", "UPDATE", "geo_reports_report", "analytics_reports_changed"),
    Watched("analytics_deleted", "DELETE", "geo_reports_report", "analytics_note_id"),
    Watched("analytics_truncated", "TRUNCATE", "geo_reports_report", "analytics_reports_truncated"),
    Watched("analytics_inserted", "INSERT", "geo_reports_assignment", "analytics_note_report"),
    Watched("analytics_updated", "UPDATE", "geo_reports_assignment", "analytics_spells_changed"),
    Watched("analytics_deleted", "DELETE", "geo_reports_assignment", "analytics_note_report"),
    Watched("analytics_inserted", "INSERT", "geo_reports_statuschange", "analytics_note_report"),
    Watched("analytics_inserted", "INSERT", "geo_reports_holiday", "analytics_holidays_changed"),
    Watched("analytics_updated", "UPDATE", "geo_reports_holiday", "analytics_holidays_changed"),
    Watched("analytics_deleted", "DELETE", "geo_reports_holiday", "analytics_holidays_changed"),
)


def install() -> None:
    """Put the functions and triggers in place, as they are now."""
    with connection.cursor() as cursor:
        for function in (*hours.functions(), sql.SQL(WORKING_DAYS)):
            cursor.execute(function)
    noting.install(FUNCTIONS, WATCHED)


def note_all() -> None:
    """Note every report that is there."""
    with connection.cursor() as cursor:
        cursor.execute(NOTES.of("id", "geo_reports_report"))


def remove() -> None:
    """Note nothing any more."""
    noting.remove(FUNCTIONS)
