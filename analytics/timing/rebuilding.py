"""Times and sums all reports again, while everybody goes on reading and writing.

Batches of reports are timed into a new table, a transaction each; killed, it goes on where it was. Then the
sums are made, and both tables take the place of the old ones. What changed since the beginning stays noted and
is folded afterwards: timing a report twice does no harm.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from psycopg2 import sql

from analytics.models import Stale, Timing, TimingBuild
from analytics.timing import triggers
from analytics.timing.folding import WORK
from analytics.timing.rows import COLUMNS, timed
from analytics.timing.slices import SLICES, Slice
from analytics.timing.summing import KEY, addition, coarsened
from geo_reports import exclusive
from geo_reports.upkeep import forget_seen, is_rebuild_cheaper, tidy

BATCH: Final = 50_000
FEW: Final = 5_000
TABLES: Final = ("analytics_timesum", "analytics_timing")

OFTEN_CLEANED: Final = "ALTER TABLE {} SET (autovacuum_vacuum_scale_factor = 0.01)"
WRITE: Final = "INSERT INTO analytics_timing_new ({columns}) {timed}"
NEW_ROWS: Final = sql.SQL("(SELECT 1 AS sign, * FROM analytics_timing_new)")
NEW_SUMS: Final = sql.SQL("analytics_timesum_new")
SUM: Final = "INSERT INTO analytics_timesum_new ({key}, n) {added} ORDER BY {key}"
RANGE: Final = "SELECT id FROM geo_reports_report WHERE id > {after} AND id <= {until}"


@dataclass(frozen=True)
class Progress:
    """So much of `what` is done."""

    done: int
    total: int
    what: str

    def __str__(self) -> str:
        return f"{self.done:>10,} of {self.total:,} {self.what}"


def alone() -> AbstractContextManager[None]:
    """Hold the timings over many transactions. Raises exclusive.Busy."""
    return exclusive.alone(
        WORK, "The timings are being folded, checked or rebuilt by another process: try again in a minute."
    )


def rebuild(tell: Callable[[Progress], None]) -> None:
    """Do all of it, or the rest of one that was killed. Raises exclusive.Busy."""
    with alone():
        build = TimingBuild.objects.first() or _begin()
        # What came after the first sum was made stays noted.
        until = build.last_id if build.slices else _highest()
        for last in range(build.last_id, until, BATCH):
            _time(last, last + BATCH)
            tell(Progress(min(last + BATCH, until), until, "reports timed"))
        # The large ones first: smaller ones are added up from them.
        for number, each in enumerate(reversed(SLICES), start=1):
            if number > build.slices:
                _sum(each, number)
            tell(Progress(number, len(SLICES), "sums made"))
        for table in TABLES:
            _index(table)
        _swap()
        tidy(*TABLES, "analytics_stale")


def _highest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM geo_reports_report")
        return int(cursor.fetchone()[0])


@transaction.atomic
def _begin() -> TimingBuild:
    """Note which changes have been seen, before the first report is read."""
    triggers.install()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(f"{table}_new")))
            cursor.execute(sql.SQL("CREATE TABLE {} (LIKE {})").format(*_names(f"{table}_new", table)))
            # As the migrations have it: indexes answer alone where the table is known to be clean.
            cursor.execute(sql.SQL(OFTEN_CLEANED).format(*_names(f"{table}_new")))
        cursor.execute("SELECT pg_current_snapshot()::text")
        snapshot = cursor.fetchone()[0]
    return TimingBuild.objects.create(snapshot=snapshot, last_id=0, started_at=timezone.now())


@transaction.atomic
def _time(after: int, until: int) -> None:
    ids = sql.SQL(RANGE).format(after=sql.Literal(after), until=sql.Literal(until))
    columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(WRITE).format(columns=columns, timed=timed(ids)))
    TimingBuild.objects.update(last_id=until)


@transaction.atomic
def _sum(each: Slice, number: int) -> None:
    added = coarsened(each, NEW_SUMS) if each.finer else addition(each, NEW_ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(sql.SQL(SUM).format(key=KEY, added=added))
    TimingBuild.objects.update(slices=number)


def _index(table: str) -> None:
    """Give the new table the indexes of the old one, as PostgreSQL itself writes them, under names of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for name, definition, _is_primary in _indexes(table):
            like = definition.replace(f"INDEX {name} ON", f"INDEX IF NOT EXISTS {name}_new ON", 1)
            cursor.execute(like.replace(f".{table} USING", f".{table}_new USING", 1))
        cursor.execute("RESET maintenance_work_mem")


@transaction.atomic
def _swap() -> None:
    """Put the new tables in the place of the old ones under the same names."""
    with connection.cursor() as cursor:
        # In the order in which readers take them.
        cursor.execute("LOCK TABLE analytics_timesum, analytics_timing IN ACCESS EXCLUSIVE MODE")
        for table in TABLES:
            indexes = _indexes(table)
            cursor.execute(sql.SQL("DROP TABLE {}").format(*_names(table)))
            cursor.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(*_names(f"{table}_new", table)))
            for name, _definition, is_primary in indexes:
                cursor.execute(sql.SQL("ALTER INDEX {} RENAME TO {}").format(*_names(f"{name}_new", name)))
                if is_primary:
                    add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY USING INDEX {}")
                    cursor.execute(add.format(*_names(table, name, name)))
    forget_seen(Stale, TimingBuild)


def _indexes(table: str) -> list[tuple[str, str, bool]]:
    """Name, definition, whether it is the primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, pg_get_indexdef(indexrelid), indisprimary
            FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = %s::regclass""",
            [table],
        )
        found: list[tuple[str, str, bool]] = cursor.fetchall()
        return found


def _names(*names: str) -> list[sql.Identifier]:
    return [sql.Identifier(name) for name in names]


def is_cheaper() -> bool:
    """Whether a rebuild is under way, or so much has changed that timing everything costs less than folding it."""
    return is_rebuild_cheaper(TimingBuild, Stale, Timing, FEW)
