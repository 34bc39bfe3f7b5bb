"""Who may keep the grid now, and how to see one moment of it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from django.db import connection, transaction

from geo_reports import exclusive

WORK: Final = "maps.grid"


def alone() -> AbstractContextManager[None]:
    """Hold the grid over many transactions. Raises exclusive.Busy."""
    return exclusive.alone(
        WORK, "The grid is being folded, checked or rebuilt by another process: try again in a minute."
    )


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
    return exclusive.is_free(WORK)
