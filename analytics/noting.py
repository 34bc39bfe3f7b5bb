"""Triggers that note which reports changed, in the transaction that changes them.

They live in the database, so that no way of writing can go around them. What follows from a change is
found later, and nobody who writes waits for that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.db import connection, transaction
from psycopg2 import sql

NOTE: Final = "INSERT INTO {table} ({report}, {moment}) SELECT {reports}, {now} FROM {source}"
DIFFERENT: Final = "rows_before was JOIN rows_changed became USING (id) WHERE ({was}) IS DISTINCT FROM ({became})"
FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {body};
    RETURN NULL;
END $$
"""
TRIGGER: Final = """
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""
ROWS: Final = {
    "INSERT": "REFERENCING NEW TABLE AS rows_changed",
    "UPDATE": "REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_changed",
    "DELETE": "REFERENCING OLD TABLE AS rows_changed",
    "TRUNCATE": "",
}


@dataclass(frozen=True)
class Notes:
    """A table of changed reports: its columns for a report's id and for the moment, which `now`, SQL, tells."""

    table: str
    report: str
    moment: str
    now: str

    def of(self, reports: str, source: str) -> str:
        """SQL: note `reports`, an expression, of what stands after FROM."""
        return NOTE.format(
            table=self.table, report=self.report, moment=self.moment, now=self.now, reports=reports, source=source
        )

    def every_row(self, reports: str = "id") -> str:
        """SQL for a trigger: note the reports of all rows that came or went."""
        return self.of(reports, "rows_changed")

    def different_rows(self, compared: Sequence[str], reports: str = "id") -> str:
        """SQL for a trigger: note the reports of those rows in which one of the columns `compared` changed.

        Most updates (a text, a version, a handler) concern nothing that is counted: they note nothing.
        """
        was, became = (", ".join(f"{row}.{column}" for column in compared) for row in ("was", "became"))
        return self.of(reports, DIFFERENT.format(was=was, became=became))


@dataclass(frozen=True)
class Watched:
    """After which event on which table a function runs.

    It finds the rows in `rows_changed`, and as they were before an update in `rows_before`; none after TRUNCATE.
    """

    trigger: str
    event: Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]
    table: str
    function: str


@transaction.atomic
def install(functions: Mapping[str, str], watched: Iterable[Watched]) -> None:
    """Put functions, SQL by name, and their triggers in place; those that are there give way at one moment."""
    with connection.cursor() as cursor:
        for name, body in functions.items():
            cursor.execute(FUNCTION.format(name=name, body=body))
        for each in watched:
            parts = {"name": each.trigger, "event": each.event, "table": each.table, "function": each.function}
            cursor.execute(TRIGGER.format(**parts, rows=ROWS[each.event]))


def remove(functions: Iterable[str]) -> None:
    """Drop the functions, with their triggers."""
    names = sql.SQL(", ").join(map(sql.Identifier, functions))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP FUNCTION IF EXISTS {} CASCADE").format(names))
