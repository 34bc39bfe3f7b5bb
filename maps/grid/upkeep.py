"""Who may keep the grid now: one at a time, by an advisory lock that the database frees if they die."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

KEY: Final = zlib.crc32(b"maps.grid")


class Busy(Exception):
    """Another process keeps the grid; `str()` says what to do."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the grid over many transactions. Raises Busy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise Busy("The grid is being folded, checked or rebuilt by another process: try again in a minute.")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction whose statements all see the same moment; inside another one, that one's."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        yield


def is_free() -> bool:
    """Take the grid for the rest of this transaction, if nobody has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [KEY])
        return bool(cursor.fetchone()[0])
