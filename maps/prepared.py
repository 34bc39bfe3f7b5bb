"""Statements that are asked hundreds of times a second, planned once per connection."""

from collections.abc import Sequence
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connection

MOST: Final = 16  # statements of one connection; whatever comes later is planned each time
PREPARE: Final = "PREPARE {name} AS {text}"
EXECUTE: Final = "EXECUTE {name} ({places})"
_numbers = count()
_names: "WeakKeyDictionary[Any, dict[str, str]]" = WeakKeyDictionary()


def first_row(text: str, params: Sequence[Any]) -> tuple[Any, ...]:
    """The first row of a SELECT with %s placeholders, whose text is one of a few and has at least one row.

    PostgreSQL plans a prepared statement anew for its first five values, and again whenever a table changes.
    """
    with connection.cursor() as cursor:
        known = _names.setdefault(connection.connection, {})
        if text not in known and len(known) < MOST:
            name = f"maps_{next(_numbers)}"
            numbered = text
            for number in range(1, len(params) + 1):
                numbered = numbered.replace("%s", f"${number}", 1)
            cursor.execute(PREPARE.format(name=name, text=numbered))
            known[text] = name
        if text in known:
            cursor.execute(EXECUTE.format(name=known[text], places=", ".join(["%s"] * len(params))), params)
        else:
            cursor.execute(text, params)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
