"""Adds what is pending to the tallies. One at a time, in one transaction; nobody waits for it."""

from typing import Final

from django.db import connection, transaction
from psycopg2 import sql

from geo_reports.upkeep import fold_noted
from maps.grid.summing import KEY, SUMS, steps
from maps.grid.upkeep import is_free
from maps.models import GridBuild, Pending

BATCH: Final = 20_000
BATCH_TABLE: Final = "maps_folded"
SUMS_TABLE: Final = "maps_folded_sums"

TAKE: Final = """
CREATE TEMPORARY TABLE {batch} AS
WITH taken AS (
    DELETE FROM maps_pending WHERE id IN (SELECT id FROM maps_pending ORDER BY id LIMIT %s) RETURNING *
)
SELECT * FROM taken
"""
SUMMED: Final = "CREATE TEMPORARY TABLE {sums} (LIKE maps_tally)"
# In the order of the key: the table grows along its index. What has become nothing goes.
ADD: Final = """
INSERT INTO maps_tally AS tally ({key}, {values})
SELECT {key}, n, x, y, ids FROM {sums} WHERE (n, x, y, ids) <> (0, 0, 0, 0) ORDER BY {key}
ON CONFLICT ({key}) DO UPDATE
SET n = tally.n + excluded.n, x = tally.x + excluded.x, y = tally.y + excluded.y, ids = tally.ids + excluded.ids
"""
SWEEP: Final = """
DELETE FROM maps_tally tally USING {sums} part
WHERE ({tally_key}) = ({part_key}) AND part.n <= 0 AND tally.n = 0
"""


@transaction.atomic
def fold(limit: int = BATCH) -> int | None:
    """Fold the oldest pending changes, at most `limit`; returns how many, None when somebody else keeps the grid."""
    with connection.cursor() as cursor:
        if not is_free() or GridBuild.objects.exists():
            return None
        if not Pending.objects.exists():
            return 0
        names = {
            "batch": sql.Identifier(BATCH_TABLE),
            "sums": sql.Identifier(SUMS_TABLE),
            "key": KEY,
            "values": SUMS,
            "tally_key": _of("tally"),
            "part_key": _of("part"),
        }
        cursor.execute(sql.SQL(TAKE).format(**names), [limit])
        taken: int = cursor.rowcount
        cursor.execute(sql.SQL(SUMMED).format(**names))
        for step in steps(SUMS_TABLE, sql.Identifier(BATCH_TABLE)):
            cursor.execute(step.statement)
        cursor.execute(sql.SQL(ADD).format(**names))
        cursor.execute(sql.SQL(SWEEP).format(**names))
        cursor.execute(sql.SQL("DROP TABLE {batch}, {sums}").format(**names))
        return taken


def fold_all() -> int:
    """Fold until nothing is pending or somebody else keeps the grid; returns how many changes."""
    return fold_noted(fold, "maps_pending")


def _of(table: str) -> sql.Composed:
    names = ("level", "slice", "cell", "kelurahan", "kecamatan", "status")
    return sql.SQL(", ").join(sql.Identifier(table, name) for name in names)
