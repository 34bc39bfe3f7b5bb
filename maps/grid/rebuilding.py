"""Makes spots and tallies again from the reports, while everybody goes on reading and writing.

First the spots are compared with the reports, and wrong ones written again in batches, each holding
its reports. Then they are summed into new tables, a step per transaction. The first step sees one
moment of the database and notes which transactions it has seen; what others change from then on stays
pending. At the end the new tables take the place of the old ones, and what was pending at that moment
is dropped: the new sums have it. Killed, it goes on with the step that it was at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from psycopg2 import sql

from geo_reports.upkeep import forget_seen, is_rebuild_cheaper, one_moment, tidy
from maps.grid import triggers
from maps.grid.summing import KEPT, SPOTS, Step, steps
from maps.grid.upkeep import alone
from maps.models import GridBuild, Pending, Spot

BATCH: Final = 10_000
NEW: Final = "_new"
FEW: Final = 50_000

WRONG: Final = """
SELECT id FROM (
    (SELECT id, {columns} FROM ({seen}) seen EXCEPT SELECT id, {columns} FROM maps_spot)
    UNION ALL (SELECT id, {columns} FROM maps_spot EXCEPT SELECT id, {columns} FROM ({seen}) seen)
) different GROUP BY id ORDER BY id
"""
# Held so, no report can change before its spot is right; then its triggers go on from there.
HOLD: Final = "SELECT id FROM geo_reports_report WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
DROP_SPOTS: Final = """
WITH gone AS (DELETE FROM maps_spot WHERE id = ANY(%s) RETURNING *)
INSERT INTO maps_pending (report, sign, transaction, {columns})
SELECT id, -1, pg_current_xact_id()::text::bigint, {columns} FROM gone
"""
WRITE_SPOTS: Final = """
WITH came AS (
    INSERT INTO maps_spot (id, {columns}) SELECT id, {columns} FROM ({seen}) seen WHERE id = ANY(%s) RETURNING *
)
INSERT INTO maps_pending (report, sign, transaction, {columns})
SELECT id, 1, pg_current_xact_id()::text::bigint, {columns} FROM came
"""
PREPARE: Final = (
    "DROP TABLE IF EXISTS {target}",
    "CREATE TABLE {target} (LIKE {table})",
    # As the migrations have it: LIKE does not copy it.
    "ALTER TABLE {target} SET (parallel_workers = 0, fillfactor = 85)",
)
INDEX: Final = ("ALTER TABLE {target} ADD CONSTRAINT {target_key} PRIMARY KEY ({keys})", "ANALYZE {target}")
SWAP: Final = (
    "ALTER TABLE {table} RENAME TO {old}",
    "ALTER TABLE {old} RENAME CONSTRAINT {table_key} TO {old_key}",
    "ALTER TABLE {target} RENAME TO {table}",
    "ALTER TABLE {table} RENAME CONSTRAINT {target_key} TO {table_key}",
    "DROP TABLE {old}",
)


@dataclass(frozen=True)
class Progress:
    """What was just done: step `done` of `total`."""

    done: int
    total: int
    title: str

    def __str__(self) -> str:
        return f"{self.done:>3} of {self.total}  {self.title}"


def rebuild(tell: Callable[[Progress], None]) -> None:
    """Do all of it, or the rest of one that was killed. Raises exclusive.Busy."""
    with alone():
        _rebuild(tell)


def _rebuild(tell: Callable[[Progress], None]) -> None:
    build = GridBuild.objects.first()
    plan = list(steps(NEW, SPOTS))
    first = [step for step in plan if step.reads_reports]
    rest = plan[len(first) :]
    total = len(rest) + 4
    if build is None:
        triggers.install()
        for repaired in repair():
            tell(Progress(0, total, f"{repaired:,} spots written again"))
        tell(Progress(1, total, "spots"))
        _begin(first)
    tell(Progress(2, total, "finest sums"))
    done = GridBuild.objects.values_list("step", flat=True).get()
    for number, step in enumerate(rest, start=1):
        if number > done:
            _take(step, number)
        tell(Progress(number + 2, total, step.title))
    _finish(is_indexed=done > len(rest), number=len(rest) + 1)
    _swap()
    # Tiles read the spots' index alone where the table is known to be clean.
    tidy("maps_spot", "maps_tally", "maps_cell", "maps_pending")
    tell(Progress(total, total, "in use"))


def repair() -> Iterator[int]:
    """Write wrong, missing and left-over spots again, a batch per transaction; yields how many so far."""
    parts = {
        "columns": sql.SQL(", ").join(map(sql.Identifier, triggers.COLUMNS)),
        "seen": triggers.seen(),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(WRONG).format(**parts))
        wrong = [key for (key,) in cursor.fetchall()]
        for start in range(0, len(wrong), BATCH):
            ids = wrong[start : start + BATCH]
            with transaction.atomic():
                cursor.execute(HOLD, [ids])
                cursor.execute(sql.SQL(DROP_SPOTS).format(**parts), [ids])
                cursor.execute(sql.SQL(WRITE_SPOTS).format(**parts), [ids])
            yield start + len(ids)


def _begin(first: list[Step]) -> None:
    """Sum the reports of one moment, and note which it was."""
    with one_moment(), connection.cursor() as cursor:
        _for_each(cursor, PREPARE)
        for step in first:
            cursor.execute(step.statement)
        cursor.execute(
            "INSERT INTO maps_gridbuild (snapshot, step, started_at) VALUES (pg_current_snapshot()::text, 0, %s)",
            [timezone.now()],
        )


def _take(step: Step, number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(step.statement)
        GridBuild.objects.update(step=number)


def _finish(*, is_indexed: bool, number: int) -> None:
    if is_indexed:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        _for_each(cursor, INDEX)
        GridBuild.objects.update(step=number)


@transaction.atomic
def _swap() -> None:
    forget_seen(Pending, GridBuild)
    with connection.cursor() as cursor:
        _for_each(cursor, SWAP)


def _for_each(cursor: CursorWrapper, texts: tuple[str, ...]) -> None:
    """Statements about each kept table and the new one of it."""
    for kept in KEPT:
        names = {
            "old": f"{kept.table}_old",
            "table_key": f"{kept.table}_pkey",
            "target_key": f"{kept.table}{NEW}_pkey",
            "old_key": f"{kept.table}_old_pkey",
        }
        parts = kept.parts(NEW) | {name: sql.Identifier(value) for name, value in names.items()}
        for text in texts:
            cursor.execute(sql.SQL(text).format(**parts))


def is_cheaper() -> bool:
    """Whether a rebuild is under way, or so much is pending that summing everything costs less than folding it."""
    return is_rebuild_cheaper(GridBuild, Pending, Spot, FEW)
