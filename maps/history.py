"""How many reports came in each month: the histogram beside the map's time filter."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

from geo_reports.filters import ReportFilters
from geo_reports.workflow import OPEN
from maps.grid import reading

MONTHS: Final = """
SELECT cell, sum(n), coalesce(sum(n) FILTER (WHERE status = ANY(%s)), 0)
FROM ({parts}) part ({columns})
GROUP BY 1 HAVING sum(n) > 0 ORDER BY 1
"""


@dataclass(frozen=True)
class Month:
    """A month, `YYYY-MM`: the reports sent in it, and how many of these are open now."""

    bulan: str
    jumlah: int
    terbuka: int


def history(filters: ReportFilters) -> list[Month]:
    """The public reports of the filter by month of submission, whatever its range of days.

    From the first month with reports to the last, months without any included. Two queries.
    """
    found = reading.by_month(filters)
    with connection.cursor() as cursor:
        cursor.execute(MONTHS.format(columns=found.columns, parts=found.text), [sorted(OPEN), *found.params])
        counts = {month: Month(month, int(n), int(open_n)) for month, n, open_n in cursor.fetchall()}
    return [counts.get(month, Month(month, 0, 0)) for month in _between(min(counts), max(counts))] if counts else []


def _between(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004  (months of a year)
