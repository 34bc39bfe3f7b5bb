"""Times again what has changed and carries the difference into the sums. One at a time; nobody waits for it."""

from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from psycopg2 import sql

from analytics.models import Stale, TimingBuild
from analytics.timing.hours import HOURS_PER_DAY, kept_from
from analytics.timing.rows import COLUMNS, timed
from analytics.timing.summing import KEY, additions, is_forgotten
from geo_reports import exclusive
from geo_reports.upkeep import fold_noted

WORK: Final = "analytics.timing"
BATCH: Final = 20_000

# Noted changes go before the reports are read: what is changed meanwhile is noted anew.
TAKE: Final = """
CREATE TEMPORARY TABLE analytics_taken ON COMMIT DROP AS
WITH taken AS (
    DELETE FROM analytics_stale WHERE id IN (SELECT id FROM analytics_stale ORDER BY id LIMIT %s) RETURNING report_id
)
SELECT report_id AS id, count(*) AS changes FROM taken GROUP BY 1
"""
DIFFERENCE: Final = """
CREATE TEMPORARY TABLE analytics_moved ON COMMIT DROP AS
WITH fresh AS ({timed}),
old AS (SELECT {columns} FROM analytics_timing WHERE report_id IN (SELECT id FROM analytics_taken))
SELECT -1 AS sign, gone.* FROM (SELECT * FROM old EXCEPT SELECT * FROM fresh) gone
UNION ALL SELECT 1, come.* FROM (SELECT * FROM fresh EXCEPT SELECT * FROM old) come
"""
REMOVE: Final = """
DELETE FROM analytics_timing timing USING analytics_moved moved
WHERE moved.sign = -1
    AND (timing.report_id, timing.part, timing.spell_id) = (moved.report_id, moved.part, moved.spell_id)
"""
WRITE: Final = "INSERT INTO analytics_timing ({columns}) SELECT {columns} FROM analytics_moved WHERE sign = 1"
# In the order of the key; what has become nothing goes.
ADD: Final = """
INSERT INTO analytics_timesum AS kept ({key}, n)
SELECT {key}, n FROM ({added}) added WHERE n <> 0 ORDER BY {key}
ON CONFLICT ({key}) DO UPDATE SET n = kept.n + excluded.n
"""
SWEEP: Final = """
DELETE FROM analytics_timesum kept USING ({added}) added
WHERE added.n < 0 AND kept.n = 0 AND (kept.slice, kept.measure, kept.agency, kept.category, kept.kecamatan,
    kept.kelurahan, kept.month, kept.outcome, kept.time)
    = (added.slice, added.measure, added.agency, added.category, added.kecamatan,
    added.kelurahan, added.month, added.outcome, added.time)
"""
# Once a day: as soon as the city has an hour that has been over for a day.
FORGET: Final = """
DELETE FROM analytics_timesum WHERE {is_forgotten} AND EXISTS (
    SELECT FROM analytics_timesum WHERE slice = 'whole' AND measure = 'completion_lately' AND time < {yesterday}
)
"""


@transaction.atomic
def fold(limit: int = BATCH) -> int | None:
    """Fold the oldest noted changes, at most `limit`; returns how many, None when somebody else is at it."""
    if not exclusive.is_free(WORK) or TimingBuild.objects.exists():
        return None
    if not Stale.objects.exists():
        return 0
    names = {
        "timed": timed(sql.SQL("SELECT id FROM analytics_taken")),
        "columns": sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
        "key": KEY,
        "added": additions(sql.SQL("analytics_moved")),
        "is_forgotten": is_forgotten(),
        "yesterday": sql.Literal(kept_from(timezone.now()) - HOURS_PER_DAY),
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS analytics_taken, analytics_moved")
        cursor.execute(TAKE, [limit])
        cursor.execute("SELECT coalesce(sum(changes), 0)::bigint FROM analytics_taken")
        taken: int = cursor.fetchone()[0]
        cursor.execute("ANALYZE analytics_taken")
        for statement in (DIFFERENCE, REMOVE, WRITE, ADD, SWEEP, FORGET):
            cursor.execute(sql.SQL(statement).format(**names))
    return taken


def fold_all() -> int:
    """Fold until nothing is noted or somebody else is at it; returns how many changes."""
    return fold_noted(fold, "analytics_stale")
