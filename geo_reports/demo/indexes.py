"""Sets expensive indexes aside for a large load and puts them back, even after a kill.

The transaction that drops them writes their definitions, as PostgreSQL tells them, into the
table's comment; the transaction that builds them again clears it. So the database knows at every
moment which are missing, and the next `seed_demo` or `remove_demo` finds the note of a load that
was killed. Only indexes that no constraint needs and that are not B-trees are touched: lists,
filters and uniqueness work all the while.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from psycopg2 import sql

from geo_reports import exclusive

NOTE = "set aside by a demo load: "
BUILD_MEMORY = "256MB"

EXPENSIVE = """
SELECT index.relname, pg_get_indexdef(index.oid)
FROM pg_index
JOIN pg_class index ON index.oid = pg_index.indexrelid
JOIN pg_am ON pg_am.oid = index.relam
WHERE indrelid = %s::regclass AND NOT indisunique AND NOT indisexclusion AND amname <> 'btree'
ORDER BY index.relname
"""


def alone() -> AbstractContextManager[None]:
    """Hold the only permission to load or remove demo data. Raises exclusive.Busy."""
    return exclusive.alone(
        "geo_reports.demo", "Another process is loading or removing demo data: wait until it is done."
    )


@contextmanager
def set_aside(model: type[Model]) -> Iterator[None]:
    """Work without the expensive indexes of a table; call inside `alone`."""
    _drop(model)
    try:
        yield
    finally:
        restore(model)


@transaction.atomic
def _drop(model: type[Model]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(EXPENSIVE, [table])
        found: dict[str, str] = dict(cursor.fetchall())
        before = _comment(model)
        _set_comment(model, NOTE + json.dumps({"indexes": found, "comment": before}))
        for name in found:
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))


@transaction.atomic
def restore(model: type[Model]) -> list[str]:
    """Build what a load has set aside, finished or killed; returns the names. Call inside `alone`."""
    comment = _comment(model)
    if not comment or not comment.startswith(NOTE):
        return []
    note: dict[str, Any] = json.loads(comment.removeprefix(NOTE))
    with connection.cursor() as cursor:
        cursor.execute(EXPENSIVE, [model._meta.db_table])
        there = dict(cursor.fetchall())
        missing = {name: definition for name, definition in note["indexes"].items() if name not in there}
        cursor.execute("SET LOCAL maintenance_work_mem = %s", [BUILD_MEMORY])
        for definition in missing.values():
            cursor.execute(definition)
    _set_comment(model, note["comment"])
    return list(missing)


def _comment(model: type[Model]) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [model._meta.db_table])
        comment: str | None = cursor.fetchone()[0]
        return comment


def _set_comment(model: type[Model], comment: str | None) -> None:
    with connection.cursor() as cursor:
        statement = sql.SQL("COMMENT ON TABLE {} IS %s").format(sql.Identifier(model._meta.db_table))
        cursor.execute(statement, [comment])
