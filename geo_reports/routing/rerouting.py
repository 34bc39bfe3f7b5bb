"""Routing many reports at once: in chunks by id, each one transaction, so that a kill loses one chunk.

Writes what `spells.assign` would write, with two exceptions for work that is under way: what a
person decided stays, and an undecided result takes a report from nobody.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import connection
from psycopg2 import sql

from geo_reports import deadlines
from geo_reports.routing import engine
from geo_reports.workflow import OPEN

OPEN_SPOTS = sql.SQL("""
    SELECT report.id, report.point, report.accuracy_m, report.category_id, report.address AS street,
           %(on)s::date AS on_date, report.kelurahan_id AS placed_in, report.place_answer AS answer
    FROM geo_reports_report report
    WHERE report.id > %(after)s AND report.id <= %(upto)s AND report.status = ANY(%(open)s)
""")
FRESH = """
CREATE TEMPORARY TABLE routing_fresh ON COMMIT DROP AS
SELECT fresh.*, spell.id AS spell_id, spell.agency_id AS held_by,
       coalesce(spell.trace->0->>'kind' = 'person', false) AS is_personal,
       coalesce(spell.agency_id = fresh.agency_id, false) OR (spell.id IS NULL AND fresh.agency_id IS NULL) AS is_same
FROM ({decisions}) fresh
LEFT JOIN geo_reports_assignment spell ON spell.report_id = fresh.id AND spell.ended_at IS NULL
"""
LOCK = """
SELECT count(*) FROM (
    SELECT id FROM geo_reports_report
    WHERE id > %(after)s AND id <= %(upto)s AND status = ANY(%(open)s) ORDER BY id FOR NO KEY UPDATE
) held
"""
END = """
UPDATE geo_reports_assignment spell SET ended_at = %(at)s
FROM routing_fresh fresh
WHERE spell.id = fresh.spell_id AND fresh.agency_id IS NOT NULL AND NOT fresh.is_same AND NOT fresh.is_personal
"""
START = """
INSERT INTO geo_reports_assignment (report_id, agency_id, started_at, reason, trace)
SELECT id, agency_id, %(at)s, reason, trace FROM routing_fresh
WHERE agency_id IS NOT NULL AND NOT is_same AND NOT is_personal
"""
MARK = """
UPDATE geo_reports_report report
SET agency_id = coalesce(fresh.agency_id, fresh.held_by),
    undecided = CASE WHEN fresh.agency_id IS NULL
                     THEN jsonb_build_object('verdict', fresh.outcome, 'trace', fresh.trace) END,
    handler_id = CASE WHEN fresh.is_same THEN handler_id END,
    version = version + 1
FROM routing_fresh fresh
WHERE report.id = fresh.id AND NOT fresh.is_personal
  AND (NOT fresh.is_same OR fresh.agency_id IS NULL OR report.undecided IS NOT NULL)
"""
MOVED = "SELECT id FROM routing_fresh WHERE agency_id IS NOT NULL AND NOT is_same AND NOT is_personal"
COUNT = """
SELECT count(*), count(*) FILTER (WHERE agency_id IS NOT NULL AND NOT is_same AND NOT is_personal),
       count(*) FILTER (WHERE is_personal AND NOT is_same),
       count(*) FILTER (WHERE agency_id IS NULL AND NOT is_personal)
FROM routing_fresh
"""


@dataclass
class Tally:
    """What came of routing again: all that were looked at, and of these moved, kept by a person, undecided."""

    looked_at: int = 0
    moved: int = 0
    kept: int = 0
    undecided: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """The sum, figure by figure."""
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def reroute(
    after: int,
    upto: int,
    *,
    on: date,
    at: datetime,
    statuses: frozenset[str] = OPEN,
) -> Tally:
    """Route again the reports with `after` < id <= `upto` whose status is one of `statuses`.

    Uses the version in force and the rules of day `on`; spells change hands at `at`. Call inside a transaction.
    """
    values: dict[str, Any] = engine.VALUES | {
        "after": after,
        "upto": upto,
        "on": on,
        "at": at,
        "open": sorted(statuses),
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS routing_fresh")
        cursor.execute(LOCK, values)
        cursor.execute(sql.SQL(FRESH).format(decisions=engine.statement(OPEN_SPOTS)), values)
        for statement in (END, START, MARK):
            cursor.execute(statement, values)
        cursor.execute(COUNT)
        tally = Tally(*cursor.fetchone())
        cursor.execute(MOVED)
        deadlines.update([report for (report,) in cursor.fetchall()])
        cursor.execute("DROP TABLE routing_fresh")
    return tally
