"""The ground below the numbers: the boundaries in force as far as a window shows them, in metres."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import shapely
from django.contrib.gis.db.models.functions import AsWKB, Transform
from django.contrib.gis.geos import Polygon
from shapely.geometry.base import BaseGeometry

from geo_reports.models import KelurahanBoundary
from geo_reports.work_orders.order import Area, Ground, Window

CORNERS_ACROSS: Final = 1_000  # finer corners than a thousandth of the map's width are not seen on paper
LABEL_CORNERS: Final = 100


def ground_of(window: Window, srid: int) -> Ground:
    """What lies in `window`, metres in `srid`. One query; no areas where no boundaries are in force."""
    frame = Polygon.from_bbox((window.west, window.south, window.east, window.north))
    frame.srid = srid
    rows = (
        KelurahanBoundary.objects.filter(version__valid_to=None, geometry__bboverlaps=frame.transform(4326, clone=True))
        .select_related("area__kecamatan", "version")
        .annotate(wkb=AsWKB(Transform("geometry", srid)))
        .order_by("area")
    )
    boundaries = list(rows)
    shapes = shapely.from_wkb([bytes(row.wkb) for row in boundaries])
    simple = shapely.coverage_simplify(shapes, window.width_m / CORNERS_ACROSS) if boundaries else []
    districts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for row, shape in zip(boundaries, simple, strict=True):
        districts[row.area.kecamatan.label].append(shape)
    return Ground(
        window,
        tuple(_seen(((row.area.name, shape) for row, shape in zip(boundaries, simple, strict=True)), window)),
        tuple(_seen(((name, shapely.union_all(parts)) for name, parts in districts.items()), window)),
        boundaries[0].version.source if boundaries else "",
    )


def _seen(shapes: Iterable[tuple[str, BaseGeometry]], window: Window) -> Iterable[Area]:
    """The parts inside the window; what only touches it is left out."""
    frame = shapely.box(window.west, window.south, window.east, window.north)
    for name, shape in shapes:
        part = shapely.intersection(shape, frame)
        polygons = [each for each in shapely.get_parts(part) if each.geom_type == "Polygon"]
        if not polygons:
            continue
        largest = max(polygons, key=shapely.area)
        middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, window.width_m / LABEL_CORNERS), 0)
        rings = tuple(
            tuple(map(tuple, shapely.get_coordinates(ring)))
            for each in polygons
            for ring in (each.exterior, *each.interiors)
        )
        yield Area(name, rings, (middle.x, middle.y))
