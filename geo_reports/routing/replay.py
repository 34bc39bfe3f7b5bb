"""A draft tried on reports of the past: who would get them, who had them by the rules in force. Writes nothing."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg2 import sql

from geo_reports.models import RoutingVersion
from geo_reports.routing import engine

# So many moved reports are kept for the map and the list; the counts are of all.
SAMPLE = 500

# The day is that of the report: a rule is tried on the reports of its own time.
PAST_SPOTS = sql.SQL("""
    SELECT report.id, report.point, report.accuracy_m, report.category_id, report.address AS street,
           (report.submitted_at AT TIME ZONE %(zone)s)::date AS on_date, report.kelurahan_id AS placed_in,
           report.place_answer AS answer
    FROM geo_reports_report report
    WHERE report.id > %(after)s AND report.id <= %(upto)s
""")
TABLE = """
CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS
SELECT id, agency_id, outcome, trace->0->>'ref' AS ref FROM ({decisions}) decided
"""
MOVES = """
SELECT past.agency_id, fresh.agency_id, count(*)
FROM replay_past past JOIN replay_fresh fresh USING (id)
WHERE past.agency_id IS DISTINCT FROM fresh.agency_id
GROUP BY past.agency_id, fresh.agency_id
"""
MOVED = """
SELECT report.code, report.category_id, report.kelurahan_id, ST_X(report.public_point), ST_Y(report.public_point),
       past.agency_id, fresh.agency_id
FROM replay_past past JOIN replay_fresh fresh USING (id) JOIN geo_reports_report report USING (id)
WHERE past.agency_id IS DISTINCT FROM fresh.agency_id
ORDER BY id DESC LIMIT %s
"""
MATCHES = "SELECT ref, count(*) FROM replay_fresh WHERE ref IS NOT NULL GROUP BY ref"
UNDECIDED = """
SELECT count(*), count(*) FILTER (WHERE past.agency_id IS NULL), count(*) FILTER (WHERE fresh.agency_id IS NULL)
FROM replay_past past JOIN replay_fresh fresh USING (id)
"""


@dataclass
class Replay:
    """What a draft would change: counts by old and new agency ("" is nobody), and a sample of reports."""

    looked_at: int = 0
    undecided_before: int = 0
    undecided_after: int = 0
    moves: Counter[str] = field(default_factory=Counter)
    matches: Counter[str] = field(default_factory=Counter)
    sample: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data; `read` is the way back."""
        return vars(self) | {"moves": dict(self.moves), "matches": dict(self.matches)}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Replay":
        """From what `as_json` gave; an empty dictionary is a replay that has not begun."""
        replay = cls(**stored)
        replay.moves, replay.matches = Counter(replay.moves), Counter(replay.matches)
        return replay

    @property
    def moved(self) -> int:
        """How many reports would change hands."""
        return self.moves.total()

    @property
    def flows(self) -> list[tuple[str, str, int]]:
        """Old agency, new agency, reports; most first."""
        return [(*pair.split(">"), count) for pair, count in self.moves.most_common()]  # type: ignore[misc]


def replay(after: int, upto: int, *, draft: RoutingVersion, past: RoutingVersion | None, seen: Replay) -> Replay:
    """Add the reports with `after` < id <= `upto` to what was `seen`. Call inside a transaction."""
    values: dict[str, Any] = engine.VALUES | {
        "after": after,
        "upto": upto,
        "zone": str(timezone.get_current_timezone()),
    }
    with connection.cursor() as cursor:
        for name, version in (("replay_fresh", draft), ("replay_past", past)):
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(name)))
            decisions = engine.statement(PAST_SPOTS, version=version)
            cursor.execute(sql.SQL(TABLE).format(name=sql.Identifier(name), decisions=decisions), values)
        cursor.execute(UNDECIDED)
        looked_at, before, now = cursor.fetchone()
        seen.looked_at += looked_at
        seen.undecided_before += before
        seen.undecided_after += now
        cursor.execute(MOVES)
        for old, new, count in cursor.fetchall():
            seen.moves[f"{old or ''}>{new or ''}"] += count
        cursor.execute(MATCHES)
        for ref, count in cursor.fetchall():
            seen.matches[ref] += count
        cursor.execute(MOVED, [SAMPLE])
        names = ("code", "category", "kelurahan", "lon", "lat", "from", "to")
        fresh = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        seen.sample = (fresh + seen.sample)[:SAMPLE]
        cursor.execute("DROP TABLE replay_fresh, replay_past")
    return seen
