"""Reads kelurahan polygons from a file and lists everything that is wrong with them.

Writes nothing. Shapes leave as shapely polygons in EPSG:4326 by Kemendagri code.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from django.contrib.gis.gdal import CoordTransform, GDALException, OGRGeometry
from django.contrib.gis.gdal.layer import Layer
from shapely.geometry.base import BaseGeometry

from geo_reports.boundary_repair import POLYGONAL, make_rings_valid
from geo_reports.geo_files import (
    NotOnEarth,
    Problem,
    Unreadable,
    flat,
    geometry_of,
    missing_fields,
    open_layer,
    to_lon_lat,
)
from geo_reports.models import City, Kelurahan


@dataclass(frozen=True)
class BoundaryFile:
    """Where the polygons are. `srid` overrules the file's own coordinate system."""

    path: Path
    code_field: str
    name_field: str
    layer: str | None = None
    srid: int | None = None
    mend_rings: bool = False


@dataclass
class ReadResult:
    """The polygons by Kemendagri code, what forbids their use, and what a person should look at."""

    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    mended: int = 0
    elsewhere: int = 0
    code_system: str = ""


@dataclass(frozen=True)
class _Feature:
    fid: int
    digits: str
    name: str
    geometry: OGRGeometry | None

    @property
    def label(self) -> str:
        return f"feature {self.fid} ({self.digits})"


def read_boundaries(file: BoundaryFile, city: City) -> ReadResult:
    """Read the kelurahan of `city`; features of other cities are counted and left out.

    Never raises for what the file holds: everything that is wrong is in `problems`.
    """
    result = ReadResult()
    try:
        layer, transform = open_layer(file.path, layer=file.layer, srid=file.srid)
        result.problems += missing_fields(layer, (file.code_field, file.name_field))
        if not result.problems:
            kelurahan = list(Kelurahan.objects.filter(valid_to=None))
            _collect(_features(layer, file, city, result), kelurahan, transform, file, result)
    except Unreadable as error:
        result.problems.append(Problem(file.path.name, str(error)))
    except GDALException as error:
        result.problems.append(Problem(file.path.name, f"cannot be read: {error}"))
    return result


def _features(layer: Layer, file: BoundaryFile, city: City, result: ReadResult) -> Iterator[_Feature]:
    """The features whose code lies in the city; lakes and neighbours are only counted."""
    prefixes = (_digits(city.code), city.bps_code)
    for feature in layer:
        digits = _digits(feature.get(file.code_field))
        if not digits.startswith(prefixes):
            result.elsewhere += 1
            continue
        name = str(feature.get(file.name_field) or "")
        yield _Feature(feature.fid, digits, name, geometry_of(feature))


def _collect(
    features: Iterable[_Feature],
    kelurahan: list[Kelurahan],
    transform: CoordTransform,
    file: BoundaryFile,
    result: ReadResult,
) -> None:
    features = list(features)
    by_digits = _best_code_system(features, kelurahan, result)
    seen: Counter[str] = Counter()
    for feature in features:
        area = by_digits.get(feature.digits)
        if area is None:
            result.problems.append(Problem(feature.label, f"{feature.name}: no kelurahan has this code."))
            continue
        seen[area.code] += 1
        _check_name(area, feature, result)
        shape = _shape_of(area, feature, transform, file, result)
        if shape is not None:
            result.shapes[area.code] = shape
    for area in kelurahan:
        if not seen[area.code]:
            result.problems.append(Problem(area.code, f"{area.name} ({area.bps_code}) is missing in the file."))
        elif seen[area.code] > 1:
            result.problems.append(Problem(area.code, f"{area.name} is in the file {seen[area.code]} times."))


def _best_code_system(
    features: list[_Feature], kelurahan: list[Kelurahan], result: ReadResult
) -> Mapping[str, Kelurahan]:
    """Without dots both systems have ten digits: one file uses one system, the one that knows more of it."""
    systems = {
        "Kemendagri": {_digits(area.code): area for area in kelurahan},
        "BPS": {area.bps_code: area for area in kelurahan},
    }
    digits = {feature.digits for feature in features}
    result.code_system = max(systems, key=lambda name: len(digits & systems[name].keys()))
    return systems[result.code_system]


def _digits(value: Any) -> str:
    """`36.74.01.1001`, `3674011001` and the number 3674011001.0 are the same code."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"\D", "", str(value))


def _check_name(area: Kelurahan, feature: _Feature, result: ReadResult) -> None:
    if _letters(feature.name) not in {_letters(name) for name in (area.name, *area.aliases)}:
        result.warnings.append(Problem(area.code, f"is called {feature.name} in the file, {area.name} here."))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold())


def _shape_of(
    area: Kelurahan, feature: _Feature, transform: CoordTransform, file: BoundaryFile, result: ReadResult
) -> BaseGeometry | None:
    """The polygon in EPSG:4326, or None with the reason among the problems."""
    geometry = feature.geometry
    if geometry is None:
        result.problems.append(Problem(area.code, f"{area.name} has no geometry."))
        return None
    shape = flat(geometry)
    if shape is None or shape.geom_type not in POLYGONAL:
        result.problems.append(Problem(area.code, f"{area.name} is a {geometry.geom_name}, not a polygon."))
        return None
    if not shape.is_valid:
        if not file.mend_rings:
            reason = shapely.is_valid_reason(shape)
            result.problems.append(Problem(area.code, f"{area.name}: {reason}; --mend-rings tries to mend it."))
            return None
        shape = make_rings_valid(shape)
        result.mended += 1
    try:
        return to_lon_lat(shape, transform)
    except NotOnEarth as error:
        result.problems.append(Problem(area.code, f"{area.name} {error}"))
        return None
