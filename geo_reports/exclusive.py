"""Work that only one process may do at a time, held by an advisory lock that the database frees if it dies."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class Busy(Exception):
    """Another process is at it; `str()` says so, and what to do."""


@contextmanager
def alone(work: str, sentence: str) -> Iterator[None]:
    """Hold the only permission for `work`, a name, over many transactions. Raises Busy with `sentence`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key(work)])
        if not cursor.fetchone()[0]:
            raise Busy(sentence)
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key(work)])


def is_free(work: str) -> bool:
    """Take the same permission for the rest of this transaction, if nobody has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key(work)])
        return bool(cursor.fetchone()[0])


def key(work: str) -> int:
    """The number of the advisory lock."""
    return zlib.crc32(work.encode())
