"""Puts kelurahan boundaries in force: checks the place, repairs, installs a version, places reports again.

Shapes are shapely polygons in EPSG:4326 by Kemendagri code unless a name ends in `_m`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import shapely
from django.contrib.gis.gdal import CoordTransform, SpatialReference
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.db import connection, transaction
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from geo_reports import neighbours, routing
from geo_reports.boundary_repair import CannotTile, Repairs, Transform, carry, repair, tiles
from geo_reports.geo_files import WGS84, Problem, transformed
from geo_reports.models import (
    BoundaryVersion,
    City,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    KelurahanPiece,
)

AREA_TOLERANCE = 0.05
# Better data move a border; they do not move a kelurahan.
LEAST_COMMON_SHARE = 0.2
# Degrees with eight decimals are about a millimetre.
DEGREE_DECIMALS = 8
# Any number that nothing else in this database locks.
LOCK_KEY = 36_740_000
M2_PER_KM2 = 1e6

CUT = """
INSERT INTO geo_reports_kelurahanpiece (area_id, geometry, geometry_m)
SELECT boundary.area_id, piece.geom, ST_SetSRID(ST_Transform(piece.geom, %(srid)s), 0)
FROM geo_reports_kelurahanboundary boundary
CROSS JOIN LATERAL ST_Subdivide(boundary.geometry, 16) piece (geom)
WHERE boundary.version_id = %(version)s
ORDER BY boundary.area_id
"""


class ImportRunning(Exception):
    """Somebody else is importing boundaries at this moment."""


@dataclass(frozen=True)
class Tiling:
    """Boundaries ready to be installed, and what was done to make them tile."""

    kelurahan: Mapping[str, BaseGeometry]
    kecamatan: Mapping[str, BaseGeometry]
    repairs: Repairs
    kecamatan_km2: Mapping[str, float]

    @property
    def km2(self) -> float:
        """The area of the city."""
        return sum(self.kecamatan_km2.values())


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the right to import boundaries; raises ImportRunning if another process has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY])
        if not cursor.fetchone()[0]:
            raise ImportRunning("Another import of boundaries is running; try again when it has ended.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])


def find_misplaced(shapes: Mapping[str, BaseGeometry], city: City) -> list[Problem]:
    """What speaks against these polygons being this city: the total area, or a kelurahan away from its place.

    Compares with the boundaries in force; at the first import only the area can be compared.
    """
    problems = []
    shapes_m = _to_metres(shapes, city)
    km2 = shapely.union_all(list(shapes_m.values())).area / M2_PER_KM2
    official = city.official_area_km2
    if official and not abs(km2 - official) <= AREA_TOLERANCE * official:
        problems.append(
            Problem(city.name, f"the polygons cover {km2:.2f} km², the city has {official:.2f}: wrong place?")
        )
    present = _to_metres(
        {
            boundary.area_id: shapely.from_wkb(bytes(boundary.geometry.wkb))
            for boundary in KelurahanBoundary.objects.filter(version__valid_to=None)
        },
        city,
    )
    for code in sorted(present.keys() & shapes_m.keys()):
        share = shapely.intersection(present[code], shapes_m[code]).area / present[code].area
        if not share >= LEAST_COMMON_SHARE:
            apart = shapely.distance(present[code], shapes_m[code]) / 1000
            problems.append(
                Problem(code, f"covers {share:.0%} of its boundary in force and lies {apart:.1f} km from it.")
            )
    return problems


def make_tiling(shapes: Mapping[str, BaseGeometry], city: City, *, max_gap_m: float, mended: int = 0) -> Tiling:
    """Repair polygons so that they tile, and unite them to kecamatan. Raises CannotTile."""
    repaired_m, repairs = repair(_to_metres(shapes, city), max_gap_m=max_gap_m, rings=mended)
    kelurahan = carry(repaired_m, _transformer(city.metric_srid, WGS84), decimals=DEGREE_DECIMALS)
    parents = dict(Kelurahan.objects.filter(pk__in=kelurahan).values_list("pk", "kecamatan_id"))
    members: dict[str, list[str]] = {}
    for code in sorted(kelurahan):
        members.setdefault(parents[code], []).append(code)
    kecamatan = {
        parent: shapely.coverage_union_all([kelurahan[code] for code in codes]) for parent, codes in members.items()
    }
    if not tiles(list(kecamatan.values())):
        raise CannotTile("The kecamatan made of the kelurahan do not tile.")
    km2 = {parent: sum(repaired_m[code].area for code in codes) / M2_PER_KM2 for parent, codes in members.items()}
    return Tiling(kelurahan, kecamatan, repairs, km2)


@transaction.atomic
def install(tiling: Tiling, *, source: str, licence: str, is_indicative: bool) -> tuple[BoundaryVersion, int]:
    """Put a tiling in force from now on and place every report again; the version before is kept.

    Returns the new version and the number of reports whose kelurahan or shown point changed.
    """
    now = timezone.now()
    BoundaryVersion.objects.filter(valid_to=None).update(valid_to=now)
    version = BoundaryVersion.objects.create(
        source=source,
        licence=licence,
        is_indicative=is_indicative,
        repairs=tiling.repairs.as_json(),
        valid_from=now,
    )
    KelurahanBoundary.objects.bulk_create(
        KelurahanBoundary(version=version, area_id=code, geometry=_multi(shape), anchor=_anchor(shape))
        for code, shape in sorted(tiling.kelurahan.items())
    )
    KecamatanBoundary.objects.bulk_create(
        KecamatanBoundary(version=version, area_id=code, geometry=_multi(shape))
        for code, shape in sorted(tiling.kecamatan.items())
    )
    KelurahanPiece.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(CUT, {"version": version.pk, "srid": City.objects.get().metric_srid})
    neighbours.cut()
    return version, routing.replace_all()


def _to_metres(shapes: Mapping[str, BaseGeometry], city: City) -> dict[str, BaseGeometry]:
    transform = _transformer(WGS84, city.metric_srid)
    return {code: transform(shape) for code, shape in shapes.items()}


def _transformer(from_srid: int, to_srid: int) -> Transform:
    return partial(transformed, transform=CoordTransform(SpatialReference(from_srid), SpatialReference(to_srid)))


def _multi(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon(
        [GEOSGeometry(memoryview(shapely.to_wkb(part))) for part in shapely.get_parts(shape)], srid=WGS84
    )


def _anchor(shape: BaseGeometry) -> Point:
    """A point that surely lies inside, for labels and for reports about persons."""
    inside = shape.point_on_surface()
    return Point(inside.x, inside.y, srid=WGS84)
