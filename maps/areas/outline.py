"""Shapes as a plain drawing (SVG): a map that needs neither scripts nor tiles, on paper as on a screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from maps.boundaries import Outline

WIDTH: Final = 640.0
MOST_HEIGHT: Final = 520.0
MARGIN: Final = 10.0


@dataclass(frozen=True)
class Shape:
    """An area as an SVG path, and where its label stands."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Shapes on a sheet of `width` x `height` units; `points` lie on the same sheet."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """From degrees to units: equal steps in both directions, north up."""

    west: float
    north: float
    scale: float
    squeeze: float  # how much shorter a degree of longitude is than one of latitude

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Units from the upper left corner."""
        x = (lon - self.west) * self.squeeze * self.scale + MARGIN
        return round(x, 1), round((self.north - lat) * self.scale + MARGIN, 1)


def drawn(
    outlines: Mapping[str, Outline], points: Iterable[tuple[float, float]] = (), focus: str = ""
) -> Drawing | None:
    """The shapes by code, as large as fits, and points (lon, lat); None without any shape.

    With a `focus` that shape fills the sheet; of the others what lies on the sheet is drawn.
    """
    if not outlines:
        return None
    framed = [outlines[focus]] if focus in outlines else list(outlines.values())
    west, south, east, north = shapely.total_bounds([outline.shape for outline in framed])
    squeeze = cos(radians((south + north) / 2))
    width, height = (east - west) * squeeze, north - south
    scale = min((WIDTH - 2 * MARGIN) / width, (MOST_HEIGHT - 2 * MARGIN) / height)
    sheet = Sheet(west, north, scale, squeeze)
    rim = MARGIN / scale
    window = shapely.box(west - rim / squeeze, south - rim, east + rim / squeeze, north + rim)
    shapes = tuple(
        Shape(code, _path(outline.shape.intersection(window), sheet), *sheet.place(*outline.anchor))
        for code, outline in outlines.items()
        if outline.shape.intersects(window)
    )
    placed = tuple(sheet.place(lon, lat) for lon, lat in points)
    return Drawing(round(width * scale + 2 * MARGIN, 1), round(height * scale + 2 * MARGIN, 1), shapes, placed)


def _path(shape: BaseGeometry, sheet: Sheet) -> str:
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return "".join("M" + "L".join(f"{x} {y}" for x, y in _corners(ring, sheet)) + "Z" for ring in rings)


def _corners(ring: BaseGeometry, sheet: Sheet) -> list[tuple[float, float]]:
    """Corners that differ on the sheet; the last one, which closes the ring, left out."""
    corners = [sheet.place(lon, lat) for lon, lat in shapely.get_coordinates(ring)[:-1]]
    return [corner for index, corner in enumerate(corners) if corner != corners[index - 1]]
