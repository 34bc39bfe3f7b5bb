"""From reports to notes: SQL functions that run in the transaction that changes a report.

They live in the database, so that no way of writing a report can go around them. They only note who
changed; what follows from it is found later by `finding`, and nobody who writes waits for that.
"""

from typing import Final

from django.db import connection

# Most updates (a text, a version, a handler) change nothing that is looked at here.
FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION analytics_place_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_placechange (report, at) SELECT id, now() FROM new_reports;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION analytics_place_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_placechange (report, at)
    SELECT id, now() FROM old_reports was JOIN new_reports report USING (id)
    WHERE (was.visibility, was.status, was.category_id, was.agency_id, was.kecamatan_id, was.kelurahan_id,
           was.submitted_at, was.due_on, was.public_point::bytea)
        IS DISTINCT FROM
          (report.visibility, report.status, report.category_id, report.agency_id, report.kecamatan_id,
           report.kelurahan_id, report.submitted_at, report.due_on, report.public_point::bytea);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION analytics_place_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_placechange (report, at) SELECT id, now() FROM old_reports;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION analytics_place_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM analytics_place;
    DELETE FROM analytics_placechange;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION analytics_place_blurred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_placechange (report, at)
    SELECT report.id, now() FROM geo_reports_report report
    JOIN new_categories category ON category.slug = report.category_id
    JOIN old_categories was USING (slug) WHERE was.is_sensitive <> category.is_sensitive;
    RETURN NULL;
END $$;
"""
TRIGGERS: Final = """
CREATE OR REPLACE TRIGGER analytics_place_inserted AFTER INSERT ON geo_reports_report
    REFERENCING NEW TABLE AS new_reports FOR EACH STATEMENT EXECUTE FUNCTION analytics_place_inserted();
CREATE OR REPLACE TRIGGER analytics_place_updated AFTER UPDATE ON geo_reports_report
    REFERENCING OLD TABLE AS old_reports NEW TABLE AS new_reports
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_place_updated();
CREATE OR REPLACE TRIGGER analytics_place_deleted AFTER DELETE ON geo_reports_report
    REFERENCING OLD TABLE AS old_reports FOR EACH STATEMENT EXECUTE FUNCTION analytics_place_deleted();
CREATE OR REPLACE TRIGGER analytics_place_truncated AFTER TRUNCATE ON geo_reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_place_truncated();
CREATE OR REPLACE TRIGGER analytics_place_blurred AFTER UPDATE ON geo_reports_category
    REFERENCING OLD TABLE AS old_categories NEW TABLE AS new_categories
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_place_blurred();
"""
# Also what has a row and is no report any more, should somebody have switched the triggers off.
EVERYTHING: Final = """
    INSERT INTO analytics_placechange (report, at)
    SELECT id, now() FROM (SELECT id FROM geo_reports_report UNION SELECT id FROM analytics_place) one ORDER BY id
"""
DROP: Final = """
DROP TRIGGER analytics_place_inserted ON geo_reports_report;
DROP TRIGGER analytics_place_updated ON geo_reports_report;
DROP TRIGGER analytics_place_deleted ON geo_reports_report;
DROP TRIGGER analytics_place_truncated ON geo_reports_report;
DROP TRIGGER analytics_place_blurred ON geo_reports_category;
DROP FUNCTION analytics_place_inserted, analytics_place_updated, analytics_place_deleted, analytics_place_truncated,
    analytics_place_blurred;
"""


def install() -> None:
    """Put functions and triggers in place, as they are now, and note everything that is there."""
    with connection.cursor() as cursor:
        for text in (FUNCTIONS, TRIGGERS, EVERYTHING):
            cursor.execute(text)


def remove() -> None:
    """Note nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
