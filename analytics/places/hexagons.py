"""The hexagons that the city is counted in: which one a point lies in, and which there are.

Flat-topped, in the city's metre system, numbered as PostGIS numbers them (ST_Hexagon): column i, in it
row j from the south, odd columns half a hexagon further north.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final

from django.db import connection

from geo_reports.models import BoundaryVersion

ACROSS_M: Final = 500.0  # between two opposite edges
SIDE_M: Final = ACROSS_M / sqrt(3)
# What lies less than half in the city says more about its border than about its reports.
LEAST_SHARE: Final = 0.5

# The centres of even and of odd columns are two lattices of rectangles; the hexagon of a point (x, y in
# metres) is the one whose centre is nearest: the nearer of one candidate each.
_CELL: Final = """
    SELECT i, j FROM (
        SELECT 2 * a AS i, b AS j, (x - {wide} * a) ^ 2 + (y - {high} * b) ^ 2 AS far
        FROM (SELECT round(x / {wide})::integer AS a, round(y / {high})::integer AS b) even
        UNION ALL
        SELECT 2 * a + 1, b, (x - {wide} * (a + 0.5)) ^ 2 + (y - {high} * (b + 0.5)) ^ 2
        FROM (SELECT floor(x / {wide})::integer AS a, floor(y / {high})::integer AS b) odd
    ) candidate ORDER BY far, i LIMIT 1
"""
CELL: Final = _CELL.format(wide=repr(3 * SIDE_M), high=repr(ACROSS_M))

# Kelurahan tile the city: what a hexagon shares with them adds up to what it shares with the city.
_CELLS: Final = """
    WITH city AS (
        SELECT ST_Transform(boundary.geometry, city.metric_srid) AS geom, boundary.area_id
        FROM geo_reports_kelurahanboundary boundary, geo_reports_city city WHERE boundary.version_id = %(version)s
    ), shared AS (
        SELECT hexagon.i, hexagon.j, city.area_id, ST_Area(ST_Intersection(hexagon.geom, city.geom)) AS area
        FROM city CROSS JOIN LATERAL ST_HexagonGrid(%(side)s, city.geom) hexagon
        WHERE ST_Intersects(hexagon.geom, city.geom)
    ), cell AS (
        SELECT i, j, sum(area) AS area, array_agg(area_id ORDER BY area DESC, area_id) AS areas
        FROM shared GROUP BY i, j HAVING sum(area) > 0
    )
    SELECT i, j, area / 1e6, areas, ST_AsGeoJSON(geom, 6), ST_Y(ST_Centroid(geom)), ST_X(ST_Centroid(geom))
    FROM (
        SELECT cell.*, ST_Transform(ST_SetSRID(ST_Hexagon(%(side)s, i, j), metric_srid), 4326) AS geom
        FROM cell, geo_reports_city
    ) drawn ORDER BY i, j
"""


@dataclass(frozen=True)
class Hexagon:
    """A cell that shares ground with the city: how much (km²), with which kelurahan (most of it first).

    `shape` is GeoJSON text in EPSG:4326, `middle` (latitude, longitude).
    """

    i: int
    j: int
    area_km2: float
    kelurahan: tuple[str, ...]
    shape: str
    middle: tuple[float, float]

    @property
    def code(self) -> str:
        """The cell's name in addresses and files."""
        return f"{self.i}-{self.j}"

    @property
    def is_judged(self) -> bool:
        """Whether enough of it lies in the city."""
        return self.area_km2 >= LEAST_SHARE * FULL_KM2


FULL_KM2: Final = ACROSS_M**2 * sqrt(3) / 2 / 1e6


def in_city() -> tuple[Hexagon, ...]:
    """The hexagons of the boundaries in force. One query, one more when they are new to this process."""
    version = BoundaryVersion.objects.filter(valid_to=None).values_list("pk", flat=True).first()
    return _of(version) if version is not None else ()


@lru_cache(maxsize=2)
def _of(version: int) -> tuple[Hexagon, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, {"version": version, "side": SIDE_M})
        rows = cursor.fetchall()
    return tuple(Hexagon(i, j, area, tuple(areas), shape, (lat, lon)) for i, j, area, areas, shape, lat, lon in rows)


def contiguous(cells: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each two of `cells` (i, j) that share an edge, once, as positions in the given order."""
    position = {cell: index for index, cell in enumerate(cells)}
    return [
        (index, position[other])
        for (i, j), index in position.items()
        for other in ((i, j + 1), (i + 1, j - 1 + i % 2), (i + 1, j + i % 2))
        if other in position
    ]
