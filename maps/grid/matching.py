"""What the words of a search find, kept by each process while it is asked for, and always as it is now.

To match a frequent word among a million reports takes half a second, and a view asks thirty times. So
each process keeps for some minutes (settings.SEARCH_SECONDS) what was found, with the moment of the database
it was found at. Asked again, it looks up which reports have changed since, and matches only these anew:
one that was taken from view is gone at once, a new one is there. Changes of which nothing is noted, such
as of a category that becomes sensitive, are seen when those minutes are over.
"""

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Final

import numpy as np
import pandas as pd
from django.conf import settings
from django.db import connection
from django.db.models import Q

from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from maps.grid.found import LABELS, NEVER, NOWHERE, NUMBERS, Found, Labels

MOST_KEPT: Final = 3_000_000  # reports of all searches together, at 40 bytes; the last search is kept in any case
MOST_SEARCHES: Final = 50
MOST_CHANGED: Final = 10_000  # more are not looked at one by one: the words are matched anew
ORDINAL: Final = "{} - DATE '0001-01-01' + 1"  # as date.toordinal() counts
SENT: Final = {"key": "int8send", "id": "int8send"} | dict.fromkeys(("x", "y", "day", "due"), "int4send")
TYPES: Final = {"int8send": ">i8", "int4send": ">i4"}
EPOCH: Final = date(1970, 1, 1).toordinal()
BETWEEN: Final = "\x1f"  # ASCII's unit separator: in no name

# An array leads into the index of spots: how often words occur the planner cannot know.
# Columns, not rows: to make a row for each of 100,000 reports would take longer than finding them.
FIND: Final = """
SELECT pg_current_snapshot()::text, {columns} FROM (
    SELECT coalesce(key, {nowhere}) AS key, id, coalesce(x, 0) AS x, coalesce(y, 0) AS y,
        {day} AS day, coalesce({due}, {never}) AS due,
        status, category, agency, kecamatan, kelurahan
    FROM maps_spot WHERE id = ANY(ARRAY({matching}))
) found
"""
COLUMNS: Final = ", ".join(
    [f"string_agg({SENT[name]}({name}), '')" for name in NUMBERS]
    + [f"string_agg({name}, chr({ord(BETWEEN)}))" for name in LABELS]
)
# What is noted twice, before and after it was folded, is not lost in between: both are in one moment.
CHANGED: Final = """
SELECT pg_current_snapshot()::text, array(
    SELECT DISTINCT report FROM (
        SELECT report, transaction FROM maps_pending UNION ALL SELECT report, transaction FROM maps_changed
    ) noted
    WHERE transaction >= pg_snapshot_xmin(%s::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, %s::pg_snapshot)
    LIMIT %s
)
"""


@dataclass
class _Kept:
    """One search; the lock makes those who ask at the same time wait for one answer."""

    lock: Lock = field(default_factory=Lock)
    found: Found | None = None
    snapshot: str = ""  # as pg_current_snapshot() names it
    found_at: float = 0  # of the monotonic clock, in seconds


_kept: "OrderedDict[str, _Kept]" = OrderedDict()
_order = Lock()


def found(words: str) -> Found:
    """The public reports that say some words, as they are now. One query, two where some have changed."""
    kept = _place(f"{connection.alias} {words}")
    with kept.lock:
        if _is_over(kept):
            kept.found = None
        if kept.found is not None:
            _bring_up_to_date(kept, words)
        if kept.found is None:
            kept.found_at = time.monotonic()
            kept.snapshot, kept.found = _find(words)
            _make_room()
        return kept.found


def _place(name: str) -> _Kept:
    with _order:
        kept = _kept.setdefault(name, _Kept())
        _kept.move_to_end(name)
        return kept


def _is_over(kept: _Kept) -> bool:
    return time.monotonic() - kept.found_at >= settings.SEARCH_SECONDS


def _make_room() -> None:
    with _order:
        for name in [name for name, kept in _kept.items() if kept.found is not None and _is_over(kept)]:
            del _kept[name]
        while len(_kept) > 1 and (
            len(_kept) > MOST_SEARCHES or sum(len(kept.found or ()) for kept in _kept.values()) > MOST_KEPT
        ):
            _kept.popitem(last=False)


def _bring_up_to_date(kept: _Kept, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [kept.snapshot, kept.snapshot, MOST_CHANGED + 1])
        snapshot, changed = cursor.fetchone()
    if kept.found is None or len(changed) > MOST_CHANGED:
        kept.found = None
        return
    if changed:
        _later, anew = _find(words, changed)
        kept.found = kept.found.without(changed).with_others(anew)
    kept.snapshot = snapshot


def _find(words: str, among: Sequence[int] | None = None) -> tuple[str, Found]:
    """The moment of the database, and what was found in it, among all reports or some."""
    asked = Q() if among is None else Q(pk__in=among)
    matching, params = (
        Report.objects.public()
        .matching(ReportFilters(q=words))
        .filter(asked)
        .order_by()
        .values("pk")
        .query.sql_with_params()
    )
    statement = FIND.format(
        columns=COLUMNS,
        nowhere=NOWHERE,
        day=ORDINAL.format("day"),
        due=ORDINAL.format("due"),
        never=NEVER,
        matching=matching,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        snapshot, *columns = cursor.fetchone()
    sent, labels = columns[: len(NUMBERS)], columns[len(NUMBERS) :]
    numbers = {name: _numbers(column, TYPES[SENT[name]]) for name, column in zip(NUMBERS, sent, strict=True)}
    here = Found(
        numbers | {"n": np.ones(len(numbers["id"]), np.uint8)},
        {name: _labels(*pd.factorize(_names(column))) for name, column in zip(LABELS, labels, strict=True)}
        | {"month": _months(numbers["day"])},
    )
    return snapshot, here.in_order()


def _numbers(sent: memoryview | None, kind: str) -> Any:
    numbers = np.frombuffer(sent or b"", kind)  # in network order
    return numbers.astype(numbers.dtype.newbyteorder("="))


def _names(sent: str | None) -> Any:
    return np.array([] if sent is None else sent.split(BETWEEN), object)


def _months(ordinals: Any) -> Labels:
    months = (ordinals - EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    numbers, different = pd.factorize(months.astype(np.int64))
    return _labels(numbers, different.astype("datetime64[M]"))


def _labels(numbers: Any, values: Any) -> Labels:
    return Labels(numbers.astype(np.min_scalar_type(len(values))), tuple(map(str, values)))
