"""Counts that are kept beside the reports: what changed is noted and folded in later, or all is made anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.models import Model
from psycopg2 import sql

TIDY_FROM: Final = 1_000
LARGE_SHARE: Final = 0.1

FORGET: Final = """
DELETE FROM {noted} USING {build} WHERE pg_visible_in_snapshot(transaction::text::xid8, snapshot::pg_snapshot)
"""


def fold_noted(fold: Callable[[], int | None], noted: str) -> int:
    """Fold until nothing is left in the table `noted` or somebody else is at it; returns how many changes.

    `fold` takes one batch and says how many, None when somebody else is at it. Call outside a transaction.
    """
    total = 0
    while folded := fold():
        total += folded
    if total >= TIDY_FROM:
        with connection.cursor() as cursor:
            # Every reader reads all of it: emptied pages are given back, not left to be read.
            cursor.execute(sql.SQL("VACUUM {}").format(sql.Identifier(noted)))
    return total


def is_rebuild_cheaper(build: type[Model], noted: type[Model], counted: type[Model], few: int) -> bool:
    """Whether a rebuild is under way, or so much is noted that making everything anew costs less than folding it.

    Folding `few` changes is always cheaper.
    """
    if build._default_manager.exists():
        return True
    changes = noted._default_manager.count()
    return changes > few and changes > counted._default_manager.count() * LARGE_SHARE


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction whose statements all see the same moment; inside another one, that one's."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        yield


def forget_seen(noted: type[Model], build: type[Model]) -> None:
    """End a rebuild, in the transaction that puts its tables into use: what its snapshot has seen is noted no more."""
    with connection.cursor() as cursor:
        names = {"noted": sql.Identifier(noted._meta.db_table), "build": sql.Identifier(build._meta.db_table)}
        cursor.execute(sql.SQL(FORGET).format(**names))
    build._default_manager.all().delete()


def tidy(*tables: str) -> None:
    """Take what is dead out of the tables and count them for the planner. Call outside a transaction."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))
