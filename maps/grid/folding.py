"""Adds what is pending to the sums. One at a time, in one transaction; nobody waits for it."""

from typing import Final

from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql

from geo_reports.upkeep import fold_noted
from maps.grid.summing import KEPT, Kept, steps
from maps.grid.upkeep import is_free
from maps.models import GridBuild, Pending

BATCH: Final = 20_000
BATCH_TABLE: Final = "maps_folded"
SUFFIX: Final = "_folded"

TAKE: Final = """
CREATE TEMPORARY TABLE {batch} AS
WITH taken AS (
    DELETE FROM maps_pending WHERE id IN (SELECT id FROM maps_pending ORDER BY id LIMIT %s) RETURNING *
)
SELECT * FROM taken
"""
SUMMED: Final = "CREATE TEMPORARY TABLE {target} (LIKE {table})"
# In the order of the key: the table grows along its index. What has become nothing goes.
ADD: Final = """
INSERT INTO {table} AS kept ({keys}, {sums})
SELECT {keys}, {sums} FROM {target} WHERE ({sums}) <> ({zeros}) ORDER BY {keys}
ON CONFLICT ({keys}) DO UPDATE SET ({sums}) = ROW ({added})
"""
SWEEP: Final = """
DELETE FROM {table} kept USING {target} part
WHERE ({kept_keys}) = ({part_keys}) AND part.n <= 0 AND kept.n = 0
"""
# Longer than any search is kept, and than a transaction may take that changes words.
FORGET: Final = "DELETE FROM maps_changed WHERE at < now() - make_interval(secs => %s)"
FORGOTTEN_AFTER: Final = 6  # times settings.SEARCH_SECONDS
DROP: Final = "DROP TABLE {target}"


@transaction.atomic
def fold(limit: int = BATCH) -> int | None:
    """Fold the oldest pending changes, at most `limit`; returns how many, None when somebody else keeps the grid."""
    with connection.cursor() as cursor:
        if not is_free() or GridBuild.objects.exists():
            return None
        if not Pending.objects.exists():
            return 0
        batch = sql.Identifier(BATCH_TABLE)
        cursor.execute(sql.SQL(TAKE).format(batch=batch), [limit])
        taken: int = cursor.rowcount
        for kept in KEPT:
            cursor.execute(_for(kept, SUMMED))
        for step in steps(SUFFIX, batch):
            cursor.execute(step.statement)
        for kept in KEPT:
            for text in (ADD, SWEEP, DROP):
                cursor.execute(_for(kept, text))
        cursor.execute(sql.SQL("DROP TABLE {}").format(batch))
        cursor.execute(FORGET, [FORGOTTEN_AFTER * settings.SEARCH_SECONDS])
        return taken


def fold_all() -> int:
    """Fold until nothing is pending or somebody else keeps the grid; returns how many changes."""
    return fold_noted(fold, "maps_pending")


def _for(kept: Kept, text: str) -> sql.Composed:
    comma = sql.SQL(", ")
    return sql.SQL(text).format(
        **kept.parts(SUFFIX),
        zeros=comma.join([sql.Literal(0)] * len(kept.sums)),
        added=comma.join(sql.SQL("kept.{0} + excluded.{0}").format(sql.Identifier(name)) for name in kept.sums),
        kept_keys=comma.join(sql.Identifier("kept", name) for name in kept.keys),
        part_keys=comma.join(sql.Identifier("part", name) for name in kept.keys),
    )
