"""Pages of a queue without OFFSET: a page begins after (or ends before) a row, named in the address.

`?sesudah=2026-03-12.841` continues after report 841, due on that day; `-` stands for "no date".
Rows without a date come last, so a page is read in at most two pieces, each a range of an index.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import QueryDict

from geo_reports.models import Report, ReportQuerySet

PAGE_SIZE: Final = 50
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR: Final = re.compile(r"(?P<key>-|\d{4}-\d\d-\d\d|\d{1,17})\.(?P<pk>\d{1,18})", re.ASCII)
AFTER, BEFORE = "sesudah", "sebelum"


@dataclass(frozen=True)
class Order:
    """By `field`, ties by id; `is_descending` turns both round. Rows without a value come last."""

    field: str
    is_descending: bool = False

    def sort(self, reports: ReportQuerySet) -> ReportQuerySet:
        """The reports in this order; as indexes have it, rows without a value stand last when ascending."""
        way = "-" if self.is_descending else ""
        return reports.order_by(f"{way}{self.field}", f"{way}pk")

    def key_of(self, report: Report) -> str:
        """The cursor that names this row."""
        value = getattr(report, self.field)
        if isinstance(value, datetime):
            value = (value - EPOCH) // timedelta(microseconds=1)
        return f"{'-' if value is None else value}.{report.pk}"

    def read(self, text: str) -> tuple[Any, int] | None:
        """Value and id that a cursor names; None when it names nothing of this order."""
        found = CURSOR.fullmatch(text)
        if not found:
            return None
        key, pk = found["key"], int(found["pk"])
        try:
            if key == "-":
                value: Any = None
            elif "-" in key:
                value = date.fromisoformat(key)
            else:
                value = EPOCH + timedelta(microseconds=int(key))
        except (ValueError, OverflowError):
            return None
        fits = value is None or isinstance(value, datetime) == self.field.endswith("_at")
        return (value, pk) if fits else None


BY_DUE: Final = Order("due_on")
NEWEST: Final = Order("submitted_at", is_descending=True)


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the cursors of its neighbours ("" where there is none)."""

    rows: Sequence[Report]
    after: str = ""
    before: str = ""


def read_page(reports: ReportQuerySet, order: Order, query: QueryDict, size: int = PAGE_SIZE) -> Page:
    """The page that the address asks for; an unreadable cursor means the first. At most 2 queries."""
    forward, back = order.read(query.get(AFTER, "")), order.read(query.get(BEFORE, ""))
    if back and not forward:
        found = _collect(reports, order, back, size + 1, backwards=True)
        rows = found[:size][::-1]
        has_before, has_after = len(found) > size, True
        if not has_before and len(rows) < size:  # the first page, whole
            return read_page(reports, order, QueryDict(), size)
    else:
        found = _collect(reports, order, forward, size + 1, backwards=False)
        rows = found[:size]
        has_before, has_after = forward is not None, len(found) > size
    if not rows:
        return Page(rows)
    after = order.key_of(rows[-1]) if has_after else ""
    return Page(rows, after, order.key_of(rows[0]) if has_before else "")


def _collect(
    reports: ReportQuerySet, order: Order, cursor: tuple[Any, int] | None, n: int, *, backwards: bool
) -> list[Report]:
    """`n` rows from the cursor on, in reading direction: the dated ones, then those without a date."""
    value, pk = cursor or (None, 0)
    descending = order.is_descending != backwards
    sign, way = ("lt" if descending else "gt"), ("-" if descending else "")
    field, tie = order.field, {f"pk__{sign}": pk}
    dated = reports.filter(**{f"{field}__isnull": False}).order_by(f"{way}{field}", f"{way}pk")
    bare = reports.filter(**{f"{field}__isnull": True}).order_by(f"{way}pk")
    if cursor and value is None:
        pieces = [bare.filter(**tie), dated] if backwards else [bare.filter(**tie)]
    elif cursor:
        # One comparison bounds the index, the other leaves out what it includes too much.
        on = dated.filter(**{f"{field}__{sign}e": value}).filter(~Q(**{field: value}) | Q(**tie))
        pieces = [on] if backwards else [on, bare]
    else:
        pieces = [dated, bare]
    rows: list[Report] = []
    for piece in pieces:
        if len(rows) < n:
            rows += piece[: n - len(rows)]
    return rows
