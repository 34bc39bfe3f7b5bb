"""The kelurahan as cells: how large each is, and which border on each other."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import connection

from geo_reports.models import BoundaryVersion

_AREAS: Final = """
    SELECT boundary.area_id, ST_Area(ST_Transform(boundary.geometry, city.metric_srid)) / 1e6
    FROM geo_reports_kelurahanboundary boundary, geo_reports_city city
    WHERE boundary.version_id = %s ORDER BY boundary.area_id
"""
# The kelurahan of a version tile the city: neighbours share corners of their outlines.
_BORDERS: Final = """
    SELECT one.area_id, other.area_id FROM geo_reports_kelurahanboundary one
    JOIN geo_reports_kelurahanboundary other
        ON other.version_id = one.version_id AND other.area_id > one.area_id
        AND ST_Intersects(one.geometry, other.geometry)
    WHERE one.version_id = %s
"""


@dataclass(frozen=True, eq=False)
class Ground:
    """Codes with their area in km², in a fixed order, and each two neighbours once, as positions in it."""

    codes: tuple[str, ...]
    areas_km2: tuple[float, ...]
    borders: tuple[tuple[int, int], ...]


NO_GROUND: Final = Ground((), (), ())


def in_force() -> Ground:
    """The kelurahan of the boundaries in force. One query, two more when they are new to this process."""
    version = BoundaryVersion.objects.filter(valid_to=None).values_list("pk", flat=True).first()
    return _of(version) if version is not None else NO_GROUND


@lru_cache(maxsize=2)
def _of(version: int) -> Ground:
    with connection.cursor() as cursor:
        cursor.execute(_AREAS, [version])
        rows = cursor.fetchall()
        cursor.execute(_BORDERS, [version])
        borders = cursor.fetchall()
    codes = tuple(code for code, _area in rows)
    position = {code: index for index, code in enumerate(codes)}
    return Ground(
        codes,
        tuple(area for _code, area in rows),
        tuple((position[one], position[other]) for one, other in borders),
    )
