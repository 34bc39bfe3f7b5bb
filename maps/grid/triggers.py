"""From reports to spots: SQL functions that run in the transaction that changes a report.

They live in the database, so that no way of writing a report can go around them: not the admin, not
COPY, not another program. `install` replaces them; the migration and every rebuild do.
"""

from typing import Final

from django.conf import settings
from django.db import connection
from psycopg2 import sql

from geo_reports.models import PUBLIC_VISIBILITY, Report
from maps.world import BITS, MAX_LATITUDE

COLUMNS: Final = ("key", "x", "y", "status", "category", "agency", "kecamatan", "kelurahan", "day", "due")

# Bits moved apart by the usual masks: see Warren, Hacker's Delight (2nd ed. 2012), section 7-2.
SPREAD: Final = """
CREATE OR REPLACE FUNCTION maps_spread(number integer) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE bits bigint := number;
BEGIN
    bits := (bits | (bits << 16)) & 281470681808895;
    bits := (bits | (bits << 8)) & 71777214294589695;
    bits := (bits | (bits << 4)) & 1085102592571150095;
    bits := (bits | (bits << 2)) & 3689348814741910323;
    RETURN (bits | (bits << 1)) & 6148914691236517205;
END $$
"""

# Web Mercator as in EPSG:3857, north up, scaled to whole units.
SEEN: Final = """
SELECT report.id, maps_spread(units.x) | (maps_spread(units.y) << 1) AS key, units.x, units.y, report.status,
    report.category_id AS category, coalesce(report.agency_id, '') AS agency,
    coalesce(report.kecamatan_id, '') AS kecamatan, coalesce(report.kelurahan_id, '') AS kelurahan,
    (report.submitted_at AT TIME ZONE {zone})::date AS day, report.due_on AS due
FROM {reports} report
LEFT JOIN LATERAL (
    SELECT least(greatest(floor((ST_X(report.public_point) + 180) / 360 * {size}), 0), {size} - 1)::integer AS x,
        least(greatest(floor((1 - asinh(tan(radians(
            least(greatest(ST_Y(report.public_point), -{top}), {top})
        ))) / pi()) / 2 * {size}), 0), {size} - 1)::integer AS y
) units ON report.public_point IS NOT NULL
WHERE report.visibility IN {public}
"""

# Most updates (a text, a version, a handler) change nothing that is counted: they stop at the first question.
INSERTED: Final = """
CREATE OR REPLACE FUNCTION maps_report_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH came AS (INSERT INTO maps_spot (id, {columns}) SELECT id, {columns} FROM ({after}) seen RETURNING *)
    INSERT INTO maps_pending (report, sign, transaction, {columns})
    SELECT id, 1, pg_current_xact_id()::text::bigint, {columns} FROM came;
    RETURN NULL;
END $$
"""
UPDATED: Final = """
CREATE OR REPLACE FUNCTION maps_report_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO maps_changed (report, transaction, at)
    SELECT report.id, pg_current_xact_id()::text::bigint, clock_timestamp()
    FROM old_reports was JOIN new_reports report USING (id)
    WHERE (was.visibility, was.text, was.address) IS DISTINCT FROM (report.visibility, report.text, report.address);
    IF NOT EXISTS (
        SELECT FROM old_reports was JOIN new_reports report USING (id)
        WHERE (was.visibility, was.status, was.category_id, was.agency_id, was.kecamatan_id, was.kelurahan_id,
               was.submitted_at, was.due_on, was.public_point::bytea)
            IS DISTINCT FROM
              (report.visibility, report.status, report.category_id, report.agency_id, report.kecamatan_id,
               report.kelurahan_id, report.submitted_at, report.due_on, report.public_point::bytea)
    ) THEN RETURN NULL; END IF;
    WITH before AS ({before}), after AS ({after}),
    came AS (SELECT * FROM after EXCEPT SELECT * FROM before),
    left_ AS (SELECT * FROM before EXCEPT SELECT * FROM after),
    removed AS (
        DELETE FROM maps_spot USING left_ WHERE maps_spot.id = left_.id AND left_.id NOT IN (SELECT id FROM came)
    ),
    written AS (
        INSERT INTO maps_spot (id, {columns}) SELECT id, {columns} FROM came
        ON CONFLICT (id) DO UPDATE SET ({columns}) = ROW ({excluded})
    )
    INSERT INTO maps_pending (report, sign, transaction, {columns})
    SELECT id, sign, pg_current_xact_id()::text::bigint, {columns}
    FROM (SELECT -1 AS sign, * FROM left_ UNION ALL SELECT 1, * FROM came) moved;
    RETURN NULL;
END $$
"""
DELETED: Final = """
CREATE OR REPLACE FUNCTION maps_report_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH removed AS (DELETE FROM maps_spot USING old_reports was WHERE maps_spot.id = was.id RETURNING maps_spot.*)
    INSERT INTO maps_pending (report, sign, transaction, {columns})
    SELECT id, -1, pg_current_xact_id()::text::bigint, {columns} FROM removed;
    RETURN NULL;
END $$
"""
TRUNCATED: Final = """
CREATE OR REPLACE FUNCTION maps_reports_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO maps_changed (report, transaction, at)
    SELECT id, pg_current_xact_id()::text::bigint, clock_timestamp() FROM maps_spot;
    DELETE FROM maps_spot;
    DELETE FROM maps_pending;
    DELETE FROM maps_tally;
    DELETE FROM maps_cell;
    RETURN NULL;
END $$
"""
# What was folded is pending no more, but new to whom has searched before.
FOLDED: Final = """
CREATE OR REPLACE FUNCTION maps_pending_folded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO maps_changed (report, transaction, at)
    SELECT DISTINCT report, transaction, clock_timestamp() FROM folded;
    RETURN NULL;
END $$
"""
TRIGGERS: Final = """
CREATE OR REPLACE TRIGGER maps_inserted AFTER INSERT ON {reports}
    REFERENCING NEW TABLE AS new_reports
    FOR EACH STATEMENT EXECUTE FUNCTION maps_report_inserted();
CREATE OR REPLACE TRIGGER maps_updated AFTER UPDATE ON {reports}
    REFERENCING OLD TABLE AS old_reports NEW TABLE AS new_reports
    FOR EACH STATEMENT EXECUTE FUNCTION maps_report_updated();
CREATE OR REPLACE TRIGGER maps_deleted AFTER DELETE ON {reports}
    REFERENCING OLD TABLE AS old_reports
    FOR EACH STATEMENT EXECUTE FUNCTION maps_report_deleted();
CREATE OR REPLACE TRIGGER maps_truncated AFTER TRUNCATE ON {reports}
    FOR EACH STATEMENT EXECUTE FUNCTION maps_reports_truncated();
CREATE OR REPLACE TRIGGER maps_folded AFTER DELETE ON maps_pending
    REFERENCING OLD TABLE AS folded
    FOR EACH STATEMENT EXECUTE FUNCTION maps_pending_folded();
"""


def seen(reports: str = Report._meta.db_table) -> sql.Composed:
    """SELECT: id and COLUMNS of what the public may count among the rows of a table of reports."""
    return sql.SQL(SEEN).format(
        reports=sql.Identifier(reports),
        zone=sql.Literal(settings.TIME_ZONE),
        size=sql.Literal(1 << BITS),
        top=sql.Literal(MAX_LATITUDE),
        public=sql.Literal(PUBLIC_VISIBILITY),
    )


def install() -> None:
    """Put the functions and triggers in place, as they are now."""
    columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    parts = {
        "columns": columns,
        "excluded": sql.SQL(", ").join(sql.SQL("excluded.{}").format(sql.Identifier(name)) for name in COLUMNS),
        "before": seen("old_reports"),
        "after": seen("new_reports"),
        "reports": sql.Identifier(Report._meta.db_table),
    }
    with connection.cursor() as cursor:
        for text in (SPREAD, INSERTED, UPDATED, DELETED, TRUNCATED, FOLDED, TRIGGERS):
            cursor.execute(sql.SQL(text).format(**parts))
