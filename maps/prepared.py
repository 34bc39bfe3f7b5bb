"""Statements that are asked hundreds of times a second, planned once per connection."""

from collections.abc import Sequence
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connection

MOST: Final = 16  # statements of one connection; whatever comes later is planned each time
PREPARE: Final = "PREPARE {name} AS {text}"
EXECUTE: Final = "EXECUTE {name} ({places})"
# Both statements are one message and one transaction.
EXECUTE_AS_PLANNED: Final = "SET LOCAL plan_cache_mode = force_generic_plan; " + EXECUTE
_numbers = count()
_names: "WeakKeyDictionary[Any, dict[str, str]]" = WeakKeyDictionary()


def first_row(text: str, params: Sequence[Any], *, is_planned_once: bool = False) -> tuple[Any, ...]:
    """The first row of a SELECT with %s placeholders, whose text is one of a few and has at least one row.

    PostgreSQL plans a prepared statement anew for its first five values, and for each one while plans for single
    values look cheaper; not where it `is_planned_once`, which suits what is read by one key whatever the values.
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
            execute = EXECUTE_AS_PLANNED if is_planned_once else EXECUTE
            cursor.execute(execute.format(name=known[text], places=", ".join(["%s"] * len(params))), params)
        else:
            cursor.execute(text, params)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
