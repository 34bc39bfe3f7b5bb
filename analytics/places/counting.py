"""A filter -> how many reports each cell and each kelurahan holds, exact at this moment.

Rows of `Place` are read for reports that have not changed since they were written, the reports
themselves for those that have: so the sum is always the length of the list with the same filter.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from django.db import connection
from django.db.models import QuerySet

from analytics.models import Place, PlaceChange
from analytics.places.finding import seen
from geo_reports.filters import ReportFilters
from geo_reports.models import PUBLIC_VISIBILITY, Report

# One scan of the narrow rows, and a hash table of a few thousand sums, which the planner takes for more: it
# would sort all rows instead.
ROOM: Final = "SET LOCAL work_mem = '64MB';"
_COUNTS: Final = """
    {room}
    SELECT cell_i, cell_j, kelurahan_id, is_blurred, count(*) FROM ({known}) known
    GROUP BY cell_i, cell_j, kelurahan_id, is_blurred
    UNION ALL
    SELECT cell_i, cell_j, kelurahan_id, is_blurred, count(*) FROM ({changed}) changed
    GROUP BY cell_i, cell_j, kelurahan_id, is_blurred
"""
_CHANGED: Final = "SELECT cell_i, cell_j, kelurahan_id, is_blurred FROM ({seen}) seen"
_NOTED: Final = "SELECT report FROM analytics_placechange WHERE report IN ({matching})"


@dataclass(frozen=True, eq=False)
class PlaceCounts:
    """Reports of a filter by cell (i, j) and by kelurahan code ("": outside all), and those in no cell and why."""

    cells: Counter[tuple[int, int]]
    kelurahan: Counter[str]
    without_point: int
    blurred: int

    @property
    def n(self) -> int:
        """All of them."""
        return self.kelurahan.total()


def counts(filters: ReportFilters) -> PlaceCounts:
    """Count the reports of a filter where they are. One query."""
    cells: Counter[tuple[int, int]] = Counter()
    kelurahan: Counter[str] = Counter()
    lost: Counter[bool] = Counter()
    for i, j, area, is_blurred, n in _rows(filters):
        kelurahan[area] += n
        if i is None:
            lost[is_blurred] += n
        else:
            cells[i, j] += n
    return PlaceCounts(cells, kelurahan, lost[False], lost[True])


def known(filters: ReportFilters) -> QuerySet[Place]:
    """The rows of Place that match; they may be older than what was noted since."""
    places = Place.objects.matching(replace(filters, q="")).order_by()
    if filters.q:
        places = places.filter(pk__in=Report.objects.public().matching(ReportFilters(q=filters.q)).values("pk"))
    return cast("QuerySet[Place]", places)  # the report's vocabulary, on rows of Place


def _rows(filters: ReportFilters) -> list[tuple[Any, ...]]:
    noted = PlaceChange.objects.values("report")
    columns = ("cell_i", "cell_j", "kelurahan_id", "is_blurred")
    old, old_params = known(filters).exclude(pk__in=noted).values(*columns).query.sql_with_params()
    matching, params = Report.objects.public().matching(filters).order_by().values("pk").query.sql_with_params()
    changed = _CHANGED.format(seen=seen(_NOTED.format(matching=matching), public="%s"))
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS.format(room=ROOM, known=old, changed=changed), [*old_params, list(PUBLIC_VISIBILITY), *params]
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
