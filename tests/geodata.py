"""Real files for tests of imports: GeoJSON by hand, any other format by GDAL's own tool."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

Row = tuple[dict[str, object], BaseGeometry | None]


def write_geojson(path: Path, rows: Iterable[Row]) -> Path:
    """A file of features, properties and shape (EPSG:4326) each."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": shape and json.loads(shapely.to_geojson(shape))}
        for properties, shape in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def converted(path: Path, target: str, *options: str) -> Path:
    """The same in another format."""
    result = path.with_name(target)
    subprocess.run(["ogr2ogr", *options, result, path], check=True, capture_output=True)  # noqa: S603, S607
    return result
