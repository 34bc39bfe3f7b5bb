"""Rows that tests find ready, built once and then copied in; and a database emptied after a test that commits."""

import io
from collections.abc import Callable, Container

from django.db import connection, transaction

TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'spatial_ref_sys'
"""
Rows = dict[str, list[bytes]]

_kept: dict[str, Rows] = {}
_migrated: Rows = {}


def once(name: str, build: Callable[[], object]) -> None:
    """Let `build` write to the database; from the second time on put the same rows there with COPY."""
    if name in _kept:
        _write(_kept[name], replaced=_migrated)
        return
    before = _read()
    build()
    after = _read()
    assert not [table for table, rows in before.items() if rows != after[table] and rows != _migrated.get(table, [])]
    _kept[name] = {table: rows for table, rows in after.items() if rows != before[table]}


def remember_the_migrated() -> None:
    """To be called before the first test: what `empty` goes back to."""
    _migrated.update((table, rows) for table, rows in _read().items() if rows)


def empty() -> None:
    """Leave what the migrations left.

    Django would truncate, which costs a file per table and index, and waits for (or is waited for by) whoever reads.
    """
    changed = {table: _migrated.get(table, []) for table, rows in _read().items() if rows != _migrated.get(table, [])}
    _write(changed, replaced=changed)


def _read() -> Rows:
    """Each table's rows as lines of PostgreSQL's text format, which has no newline inside a row."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            lines = io.BytesIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", lines)
            found[table] = lines.getvalue().splitlines(keepends=True)
    return found


def _write(tables: Rows, replaced: Container[str]) -> None:
    """Triggers and foreign keys sleep meanwhile: what they write or check is among the rows already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in tables.items():
            if table in replaced:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.BytesIO(b"".join(rows)))
        cursor.execute("SET LOCAL session_replication_role = origin")
