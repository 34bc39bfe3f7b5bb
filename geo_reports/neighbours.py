"""The municipalities around the city, so that a point outside can be named. They never overlap the city.

Derived from a file of all municipalities that the city's reference data names; the pieces are in
the city's metre system.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from django.contrib.gis.gdal import GDALException
from django.db import connection, transaction

from geo_reports.boundary_repair import POLYGONAL, make_rings_valid
from geo_reports.geo_files import Unreadable, flat, geometry_of, missing_fields, open_layer, to_lon_lat
from geo_reports.models import City, NeighbourPiece

M_PER_KM = 1000

# A neighbour is kept whole, less the city: whoever stands far outside is told where, too.
FILL = """
WITH city AS (
    SELECT ST_Union(geometry_m) AS shape, ST_SetSRID(ST_Extent(geometry), 4326) AS box FROM geo_reports_kelurahanpiece
),
place AS (
    -- Half a world away there are no metres of this city: 50 km are less than a degree.
    SELECT name, ST_SetSRID(ST_Transform(ST_GeomFromWKB(wkb, 4326), %(srid)s), 0) AS shape
    FROM unnest(%(names)s::text[], %(wkbs)s::bytea[]) AS given (name, wkb) JOIN city
      ON ST_GeomFromWKB(wkb, 4326) && ST_Expand(city.box, %(within_m)s / 50000.0)
)
INSERT INTO geo_reports_neighbourpiece (name, geometry_m)
SELECT place.name, piece.geom
FROM place JOIN city ON ST_DWithin(place.shape, city.shape, %(within_m)s)
CROSS JOIN LATERAL ST_Subdivide(
    ST_CollectionExtract(ST_Difference(ST_MakeValid(place.shape), city.shape), 3), 64) piece (geom)
"""
CUT = """
WITH city AS (SELECT ST_Union(geometry_m) AS shape FROM geo_reports_kelurahanpiece),
gone AS (
    DELETE FROM geo_reports_neighbourpiece neighbour USING city
    WHERE ST_Intersects(neighbour.geometry_m, city.shape) AND NOT ST_Touches(neighbour.geometry_m, city.shape)
    RETURNING neighbour.name, ST_Difference(neighbour.geometry_m, city.shape) AS rest
)
INSERT INTO geo_reports_neighbourpiece (name, geometry_m)
SELECT name, part.geom FROM gone CROSS JOIN LATERAL ST_Dump(ST_CollectionExtract(rest, 3)) part
"""


@dataclass(frozen=True)
class NeighbourFile:
    """Where the municipalities are, how they are called, and how near one must be to count.

    `names` replaces what the file says where people say something else.
    """

    path: Path
    code_field: str
    name_field: str
    type_field: str
    within_km: float
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, city: City, node_modules: Path) -> "NeighbourFile | None":
        """The one that city.yaml names below boundary_source; None if it names none."""
        source = city.boundary_source or {}
        wanted: dict[str, Any] | None = source.get("neighbours")
        if not wanted:
            return None
        facts = {key: value for key, value in wanted.items() if key != "path"}
        return cls(node_modules / source["package"] / wanted["path"], **facts)


def read_neighbours(file: NeighbourFile, city: City) -> dict[str, shapely.Geometry]:
    """All municipalities of the file but the city itself, by the name that people use. EPSG:4326.

    Raises Unreadable.
    """
    layer, transform = open_layer(file.path, layer=None, srid=None)
    missing = missing_fields(layer, (file.code_field, file.name_field, file.type_field))
    if missing:
        raise Unreadable(" ".join(problem.sentence for problem in missing))
    parts: dict[str, list[shapely.Geometry]] = {}
    try:
        for feature in layer:
            geometry = geometry_of(feature)
            shape = flat(geometry) if geometry else None
            if shape is None or shape.geom_type not in POLYGONAL:
                continue
            if str(feature.get(file.code_field)) != city.bps_code:
                name = called(str(feature.get(file.name_field)), str(feature.get(file.type_field)), file.names)
                parts.setdefault(name, []).append(make_rings_valid(to_lon_lat(shape, transform)))
    except GDALException as error:
        raise Unreadable(f"cannot be read: {error}") from error
    return {name: shapely.union_all(shapes) for name, shapes in parts.items()}


def called(name: str, kind: str, names: dict[str, str]) -> str:
    """How people call a municipality: its name with spaces, after its kind unless that is part of it."""
    if name in names:
        return names[name]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return spaced if spaced.startswith(f"{kind} ") else f"{kind} {spaced}"


@transaction.atomic
def fill(shapes: dict[str, shapely.Geometry], city: City, *, within_km: float) -> list[str]:
    """Keep those that lie within `within_km` of the boundaries in force, less the city. Returns their names."""
    NeighbourPiece.objects.all().delete()
    values: dict[str, Any] = {
        "srid": city.metric_srid,
        "names": list(shapes),
        "wkbs": [shapely.to_wkb(shape) for shape in shapes.values()],
        "within_m": within_km * M_PER_KM,
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
    return names()


def cut() -> None:
    """Take the boundaries in force off the neighbours, so that no place is in both."""
    with connection.cursor() as cursor:
        cursor.execute(CUT)


def names() -> list[str]:
    """The neighbours that are known."""
    return list(NeighbourPiece.objects.order_by("name").values_list("name", flat=True).distinct())
