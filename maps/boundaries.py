"""The boundaries in force, as drawn on a screen: few corners, and neighbours still share every edge.

PostGIS 3.3 has no ST_CoverageSimplify, and ST_SnapToGrid leaves every corner in; so shapely
simplifies the kelurahan as one coverage, once per version and process, and a kecamatan is the
union of its simplified kelurahan.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo_reports.filters import ReportFilters
from geo_reports.models import BoundaryVersion, Kecamatan, Kelurahan, KelurahanBoundary
from maps.collections import areas
from maps.params import Level

TOLERANCE_DEG: Final = 0.0001  # about 11 m near the equator: one pixel at zoom 14
ANCHOR_DEG: Final = 0.0005


@dataclass(frozen=True)
class Outline:
    """An area's shape and the middle of the largest circle in it, where its label stands (EPSG:4326)."""

    shape: BaseGeometry
    anchor: tuple[float, float]


@dataclass(frozen=True)
class Boundaries:
    """The areas of one level, ready to be written; `fingerprint` changes when anything in it does."""

    areas: tuple[dict[str, Any], ...]
    outlines: dict[str, Outline]
    fingerprint: str

    def features(self) -> list[tuple[BaseGeometry, dict[str, Any]]]:
        """Shape and properties of each area, in the order of their codes."""
        return [
            (self.outlines[area["code"]].shape, area | {"anchor": list(self.outlines[area["code"]].anchor)})
            for area in self.areas
        ]


def current(level: Level, kecamatan: tuple[str, ...] = ()) -> Boundaries:
    """The areas of `level` in the version in force, of `kecamatan` only if given.

    Two queries, one more when the version is new to this process. Without any version: no areas.
    """
    version = BoundaryVersion.objects.filter(valid_to=None).values_list("pk", flat=True).first()
    outlines = _outlines(version, level) if version is not None else {}
    properties = tuple(
        _properties(area) for area in areas(level, ReportFilters(kecamatan=kecamatan)) if area.code in outlines
    )
    text = repr((version, TOLERANCE_DEG, properties))
    return Boundaries(properties, outlines, sha256(text.encode()).hexdigest()[:20])


def _properties(area: Kecamatan | Kelurahan) -> dict[str, Any]:
    parent = {"kecamatan": area.kecamatan_id} if isinstance(area, Kelurahan) else {}
    return {"code": area.code, "name": area.name, "label": area.label, "population": area.population} | parent


def _outlines(version: int, level: Level) -> dict[str, Outline]:
    kelurahan = _simplified(version)
    if level is Level.KELURAHAN:
        return {code: outline for (code, _parent), outline in kelurahan.items()}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for (_code, parent), outline in kelurahan.items():
        parts[parent].append(outline.shape)
    return {parent: _outline(shapely.union_all(shapes)) for parent, shapes in parts.items()}


@lru_cache(maxsize=2)
def _simplified(version: int) -> dict[tuple[str, str], Outline]:
    """By kelurahan and kecamatan code. A version's shapes never change, so they are kept."""
    rows = KelurahanBoundary.objects.filter(version=version).select_related("area").order_by("area")
    boundaries = list(rows)
    shapes = shapely.from_wkb([bytes(boundary.geometry.wkb) for boundary in boundaries])
    simple = shapely.coverage_simplify(shapes, TOLERANCE_DEG)
    return {
        (boundary.area_id, boundary.area.kecamatan_id): _outline(shape)
        for boundary, shape in zip(boundaries, simple, strict=True)
    }


def _outline(shape: BaseGeometry) -> Outline:
    middle = shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=ANCHOR_DEG), 0)
    return Outline(shape, (round(middle.x, 6), round(middle.y, 6)))
