"""From reports to notes of what `finding` has to look at again."""

from typing import Final

from django.db import connection

from analytics import noting
from analytics.noting import Notes, Watched

NOTES: Final = Notes("analytics_placechange", "report", "at", "now()")
COMPARED: Final = (
    *("visibility", "status", "category_id", "agency_id", "kecamatan_id", "kelurahan_id"),
    *("submitted_at", "due_on", "public_point::bytea"),
)
# Whether a category is sensitive decides whether its reports are blurred.
BLURRED: Final = """
    geo_reports_report report JOIN rows_changed category ON category.slug = report.category_id
    JOIN rows_before was USING (slug) WHERE was.is_sensitive <> category.is_sensitive
"""
FUNCTIONS: Final = {
    "analytics_place_inserted": NOTES.every_row(),
    "analytics_place_updated": NOTES.different_rows(COMPARED),
    "analytics_place_deleted": NOTES.every_row(),
    "analytics_place_truncated": "DELETE FROM analytics_place; DELETE FROM analytics_placechange",
    "analytics_place_blurred": NOTES.of("report.id", BLURRED),
}
WATCHED: Final = (
    Watched("analytics_place_inserted", "INSERT", "geo_reports_report", "analytics_place_inserted"),
    Watched("analytics_place_updated", "UPDATE", "geo_reports_report", "analytics_place_updated"),
    Watched("analytics_place_deleted", "DELETE", "geo_reports_report", "analytics_place_deleted"),
    Watched("analytics_place_truncated", "TRUNCATE", "geo_reports_report", "analytics_place_truncated"),
    Watched("analytics_place_blurred", "UPDATE", "geo_reports_category", "analytics_place_blurred"),
)
# Also what has a row and is no report any more, should somebody have switched the triggers off.
EVERYTHING: Final = "(SELECT id FROM geo_reports_report UNION SELECT id FROM analytics_place) one ORDER BY id"


def install() -> None:
    """Put functions and triggers in place, as they are now, and note everything that is there."""
    noting.install(FUNCTIONS, WATCHED)
    with connection.cursor() as cursor:
        cursor.execute(NOTES.of("id", EVERYTHING))


def remove() -> None:
    """Note nothing any more."""
    noting.remove(FUNCTIONS)
