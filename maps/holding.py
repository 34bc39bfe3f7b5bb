"""What one marker of the map holds: how many reports, the box around them, the newest by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Left

from geo_reports.filters import ReportFilters
from geo_reports.models import ReportQuerySet
from maps.collections import DECIMALS, reports
from maps.grid import reading
from maps.grid.conditions import Window
from maps.grid.slices import COARSEST
from maps.models import Spot
from maps.world import BITS, Square, latitude, longitude, square

DETAIL: Final = 5  # the box is exact to the 2^5th part of the cell: about a pixel where it was pressed
MOST_LISTED: Final = 20
EXCERPT: Final = 140  # characters

# The centre of mass of the smallest cells stands for what they hold.
BOX: Final = """
SELECT coalesce(sum(n), 0), count(*), min(cell), min(x), min(y), max(x), max(y) FROM (
    SELECT cell, sum(n) AS n, sum(x) / sum(n) AS x, sum(y) / sum(n) AS y
    FROM ({parts}) part ({columns}) GROUP BY cell HAVING sum(n) > 0
) small
"""


@dataclass(frozen=True)
class Holding:
    """The content of some cells; `box` is west, south, east, north in degrees (EPSG:4326), None when empty."""

    n: int
    box: tuple[float, ...] | None
    newest: ReportQuerySet

    def as_json(self) -> dict[str, Any]:
        """Plain data for the map page."""
        fields = self.newest.values(
            "code", "status", "category_id", "submitted_at", excerpt=Left("public_text", EXCERPT)
        )
        listed = [
            {
                "kode": row["code"],
                "status": row["status"],
                "kategori": row["category_id"],
                "dikirim": row["submitted_at"].isoformat(),
                "uraian": row["excerpt"],
            }
            for row in fields
        ]
        return {"jumlah": self.n, "rentang": self.box, "laporan": listed}


def holding(filters: ReportFilters, cells: Sequence[Square], first: int = 0) -> Holding:
    """Count and measure cells of one zoom; name the newest reports after the `first` ones.

    Two queries; one more for a range of days, and where all lie close together. The box is a single
    point only where all reports are at one place.
    """
    within = sorted(cells, key=lambda cell: cell.code)
    while True:
        leading, *others = within
        zoom = min(max(leading.zoom + DETAIL, COARSEST), BITS)
        window = Window(zoom, leading.codes(zoom), tuple(cell.code for cell in others), leading.zoom)
        found = reading.in_cells(filters, window)
        with connection.cursor() as cursor:
            cursor.execute(BOX.format(columns=found.columns, parts=found.text), found.params)
            n, small, only, west, north, east, south = cursor.fetchone()
        if small != 1 or zoom == BITS or n == 1:
            break
        within = [square(zoom, only)]
    box = None
    if small:
        degrees = (longitude(float(west)), latitude(float(south)), longitude(float(east)), latitude(float(north)))
        box = tuple(round(part, DECIMALS) for part in degrees)
    return Holding(int(n), box, _newest(filters, cells)[first : first + MOST_LISTED])


def _newest(filters: ReportFilters, cells: Sequence[Square]) -> ReportQuerySet:
    inside = reduce(or_, (Q(key__range=cell.codes(BITS)) for cell in cells))
    spots = Spot.objects.filter(inside).values("id")
    return reports(filters).filter(pk__in=spots).order_by("-submitted_at", "-pk")
