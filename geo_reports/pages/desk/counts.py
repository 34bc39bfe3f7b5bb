"""How much lies on each pile, in one query whose cost does not grow with the piles.

Each count stops at a cap: "1.000+" says enough, and an exact number over 100,000 open reports
would be the dearest part of the page.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2 import sql

from geo_reports.models import ReportQuerySet

CAP: Final = 1_000


def capped(piles: Sequence[ReportQuerySet]) -> list[int]:
    """The number of reports of each queryset, at most CAP + 1 each; one query.

    Their order is kept, though a count needs none: it leads to the index that the page reads too, where
    the planner would else hope to find a thousand rows early in the whole table.
    """
    parts: list[sql.Composable] = []
    values: list[Any] = []
    for pile in piles:
        try:
            query, params = pile.values("pk")[: CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            query, params = "SELECT 1 WHERE false", ()
        parts.append(sql.SQL("(SELECT count(*) FROM ({}) pile)").format(sql.SQL(query)))
        values.extend(params)
    statement = sql.SQL("SELECT {}").format(sql.SQL(", ").join(parts))
    with connection.cursor() as cursor:
        cursor.execute(statement, _plain(values))
        return list(cursor.fetchone())


def _plain(values: list[Any]) -> list[Any]:
    """Parameters as psycopg2 takes them: enum members of choices as their values."""
    return [getattr(value, "value", value) for value in values]
