"""A larger city: each demo report copied with its spells and its history, its point shifted, and all counted anew.

Texts stay the same, and only what the map and analytics read is copied; of the indexes only those they read are left.
"""

from dataclasses import dataclass, field

from django.db import connection, transaction
from psycopg2 import sql

from analytics.timing import rebuilding as timings
from maps.grid import rebuilding as grid

SHIFT_M = 30


@dataclass(frozen=True)
class Copied:
    """A table: which columns name rows that are copied too, what else changes, which indexes are made again."""

    name: str
    references: dict[str, str]
    changed: dict[str, str] = field(default_factory=dict)
    indexes: tuple[str, ...] = ()


SHIFTED = "ST_Translate(public_point, (random() - 0.5) * 2 * {degrees}, (random() - 0.5) * 2 * {degrees})"
REPORT = "geo_reports_report"
SPELL = "geo_reports_assignment"
CHANGE = "geo_reports_statuschange"
TABLES = (
    Copied(
        REPORT,
        {"id": REPORT, "merged_into_id": REPORT, "part_of_id": REPORT, "merged_via_id": CHANGE},
        {
            "code": "'K' || {copy} || '-' || id",
            "submission_id": "gen_random_uuid()",
            "secret": "gen_random_uuid()",
            "public_point": SHIFTED.format(degrees=SHIFT_M / 111_320),
        },
        (
            *("report_status", "report_newest", "report_due_by_agency", "report_open_by_agency", "report_demo"),
            *("report_text_trgm", "report_address_trgm", f"{REPORT}_code_key"),
        ),
    ),
    Copied(SPELL, {"id": SPELL, "report_id": REPORT}, {"trace": "'{{}}'"}, (f"{SPELL}_report_id_1d4ecd86",)),
    Copied(
        CHANGE,
        {"id": CHANGE, "report_id": REPORT, "assignment_id": SPELL, "undoes_id": CHANGE},
        {},
        (f"{CHANGE}_report_id_c6b91ac7", f"{CHANGE}_undoes_id_key"),
    ),
)
INDEXES = """
SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = %s::regclass AND NOT indisprimary
"""
NAMED = "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"

NEXT = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def multiply(times: int) -> None:
    """So many reports for each one that is there. Cannot be taken back: the indexes are gone."""
    steps = {each.name: highest(each.name) for each in TABLES}
    for each in TABLES:
        copy(each, times, steps)
        print(f"{each.name}: {times} times", flush=True)
    grid.rebuild(lambda progress: print(progress, flush=True))
    timings.rebuild(lambda progress: print(progress, flush=True))
    with connection.cursor() as cursor:
        for each in TABLES:
            cursor.execute(f"VACUUM ANALYZE {each.name}")


def highest(table: str) -> int:
    """Its largest id."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608  (our own names)
        return int(cursor.fetchone()[0])


@transaction.atomic
def copy(each: Copied, times: int, steps: dict[str, int]) -> None:
    """Insert the copies behind what is there; triggers and foreign keys look away."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(INDEXES, [each.name])
        indexes = dict(cursor.fetchall())
        for name in indexes:
            drop(name, each.name)
        cursor.execute(NAMED, [each.name])
        columns = [name for (name,) in cursor.fetchall()]
        for number in range(1, times):
            values = [value(each, column, number, steps) for column in columns]
            cursor.execute(
                sql.SQL("INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id <= {last}").format(
                    table=sql.Identifier(each.name),
                    columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                    values=sql.SQL(", ").join(values),
                    last=sql.Literal(steps[each.name]),
                )
            )
        for name in each.indexes:
            cursor.execute(indexes[name])
        cursor.execute(NEXT.format(table=each.name))


def drop(index: str, table: str) -> None:
    """Drop an index, also one that a constraint stands on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = %s AND contype = 'u')", [index])
        is_constraint = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {index}" if is_constraint else f"DROP INDEX {index}")


def value(each: Copied, column: str, number: int, steps: dict[str, int]) -> sql.Composable:
    """What a column of the copy with a number gets."""
    if column in each.references:
        shift = sql.Literal(steps[each.references[column]] * number)
        return sql.SQL("{} + {}").format(sql.Identifier(column), shift)
    if column in each.changed:
        return sql.SQL(each.changed[column]).format(copy=sql.Literal(str(number)))
    return sql.Identifier(column)
