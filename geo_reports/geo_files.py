"""Opens any file that GDAL reads: one layer, its features, their shapes in EPSG:4326. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.contrib.gis.gdal import CoordTransform, DataSource, GDALException, OGRGeometry, SpatialReference
from django.contrib.gis.gdal.layer import Layer
from shapely.geometry.base import BaseGeometry

WGS84 = 4326
LON_LAT = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, at a feature, an area or the file."""

    where: str
    sentence: str


class Unreadable(Exception):
    """The file cannot be read, or it is not clear what to read in it."""


class NotOnEarth(Exception):
    """Coordinates that are no longitude and latitude; the message is the rest of a sentence about the shape."""


def open_layer(path: Path, *, layer: str | None, srid: int | None) -> tuple[Layer, CoordTransform]:
    """The layer to read, and the way from its coordinates to EPSG:4326; `srid` overrules the file's own.

    Raises Unreadable.
    """
    if not path.exists():
        raise Unreadable(f"there is no file {path}.")
    try:
        found = _layer_of(DataSource(path, encoding="utf-8"), layer)
        srs = SpatialReference(srid) if srid else found.srs
        if srs is None:
            raise Unreadable("cannot be read: it has no coordinate system; name it with --srid.")
        return found, CoordTransform(srs, SpatialReference(WGS84))
    except GDALException as error:
        raise Unreadable(f"cannot be read: {error}") from error


def _layer_of(source: DataSource, wanted: str | None) -> Layer:
    names = [source[index].name for index in range(len(source))]
    if not names or (wanted is None and len(names) > 1) or wanted not in (None, *names):
        raise Unreadable(f"cannot be read: its layers are {', '.join(names) or 'none'}; choose one with --layer.")
    return source[wanted or 0]


def missing_fields(layer: Layer, names: Iterable[str]) -> list[Problem]:
    """One problem for each field that the layer has not."""
    return [
        Problem(layer.name, f"has no field {name}; it has {', '.join(layer.fields)}.")
        for name in names
        if name not in layer.fields
    ]


def geometry_of(feature: Any) -> OGRGeometry | None:
    """The geometry of a feature; None if it has none."""
    try:
        found: OGRGeometry = feature.geom
    except GDALException:
        return None
    return None if found.empty else found


def flat(geometry: OGRGeometry) -> BaseGeometry | None:
    """The same without heights and measures, curves as short straight lines; None for what shapely has no word for."""
    if geometry.has_curve:
        geometry = geometry.get_linear_geometry()
    return shapely.force_2d(shapely.from_wkb(bytes(geometry.wkb), on_invalid="ignore"))


def transformed(shape: BaseGeometry, transform: CoordTransform) -> BaseGeometry:
    """`shape` in the coordinates that `transform` leads to; raises GDALException outside its domain."""
    moved = OGRGeometry(memoryview(shapely.to_wkb(shape)))
    moved.transform(transform)
    return shapely.from_wkb(bytes(moved.wkb))


def to_lon_lat(shape: BaseGeometry, transform: CoordTransform) -> BaseGeometry:
    """`shape` in EPSG:4326; raises NotOnEarth with a hint where the axes look swapped."""
    try:
        shape = transformed(shape, transform)
    except GDALException as error:
        raise NotOnEarth("cannot be transformed to longitude and latitude.") from error
    west, south, east, north = shape.bounds or (0, 0, 0, 0)
    if not (west >= LON_LAT[0] and south >= LON_LAT[1] and east <= LON_LAT[2] and north <= LON_LAT[3]):
        swapped = " Longitude and latitude look swapped." if abs(west) <= LON_LAT[3] < abs(north) <= LON_LAT[2] else ""
        raise NotOnEarth(f"lies at {west:.4f}, {south:.4f}: not on earth.{swapped}")
    return shape
