"""Which reports the words of a search match, found once for all tiles and counts of a view.

To match a frequent word among a million reports takes half a second, and a view asks thirty times. So
each process keeps for a few seconds (settings.SEARCH_SECONDS) which reports matched, in the order of
their keys: a tile then reads only those in it. Everything else of them is read anew every time, so a
report that was taken from view is gone at once.
"""

import time
from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from django.conf import settings
from django.db import connection

from geo_reports.filters import ReportFilters
from geo_reports.models import Report

MOST_KEPT: Final = 8  # searches at a time; with all of a million reports each takes 16 MB
NOWHERE: Final = -1  # the key of a report without a point
# Two columns of 64-bit numbers as bytes: a row for each of 100,000 reports would take longer than finding them.
MATCHED: Final = """
SELECT coalesce(string_agg(int8send(key), ''), ''), coalesce(string_agg(int8send(id), ''), '') FROM (
    SELECT coalesce(key, %s) AS key, id FROM maps_spot WHERE id IN ({matching}) ORDER BY 1
) found
"""


@dataclass(frozen=True)
class Matches:
    """Keys in ascending order, and the report of each."""

    keys: "array[int]"
    ids: "array[int]"

    def within(self, runs: Iterable[tuple[int, int]] | None) -> str:
        """The reports whose keys lie in some runs, all for None, as the text of a PostgreSQL array."""
        found = self.ids if runs is None else array("q")
        for first, last in runs or ():
            found += self.ids[bisect_left(self.keys, first) : bisect_right(self.keys, last)]
        return f"{{{','.join(map(str, found))}}}"


@dataclass
class _Kept:
    """One search; the lock makes those who ask at the same time wait for one answer."""

    lock: Lock = field(default_factory=Lock)
    matches: Matches | None = None
    found_at: float = 0  # of the monotonic clock, in seconds


_kept: "OrderedDict[str, _Kept]" = OrderedDict()
_order = Lock()


def matches(words: str) -> Matches:
    """The public reports that say some words, found at most `settings.SEARCH_SECONDS` ago. At most one query."""
    name = f"{connection.alias} {words.upper()}"
    with _order:
        kept = _kept.setdefault(name, _Kept())
        _kept.move_to_end(name)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    with kept.lock:
        if kept.matches is None or time.monotonic() - kept.found_at >= settings.SEARCH_SECONDS:
            kept.matches = _find(words)
            kept.found_at = time.monotonic()
        return kept.matches


def _find(words: str) -> Matches:
    matching, params = (
        Report.objects.public().matching(ReportFilters(q=words)).order_by().values("pk").query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(MATCHED.format(matching=matching), [NOWHERE, *params])
        return Matches(*map(_numbers, cursor.fetchone()))


def _numbers(sent: memoryview) -> "array[int]":
    numbers = array("q", sent.tobytes())
    numbers.byteswap()  # sent in network order
    return numbers
