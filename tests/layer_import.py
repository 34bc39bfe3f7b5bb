"""Imports of roads, estates and assets into the toy city, as typed at a terminal."""

from io import StringIO
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command
from shapely import box
from shapely.geometry.base import BaseGeometry

from geo_reports.routing import versions
from tests.geodata import Row, write_geojson

EAST_WEST = shapely.LineString([(10.001, 0.005), (10.019, 0.005)])
NORTH_SOUTH = shapely.LineString([(10.005, 0.001), (10.005, 0.019)])
DIAGONAL = shapely.LineString([(10.001, 0.001), (10.019, 0.019)])
BLOCK = box(10.002, 0.002, 10.006, 0.006)


def road(name: object = "Jl. Lurus", shape: BaseGeometry | None = EAST_WEST, owner: object = "roads", **more) -> Row:
    return {"NAMA": name, "PEMILIK": owner, **more}, shape


def write(folder: Path, rows: list[Row]) -> Path:
    return write_geojson(folder / "ruas.geojson", rows)


def run(path: Path, **options: object) -> str:
    """As typed at a terminal."""
    usual: dict[str, object] = {"kind": "road", "name_field": "NAMA"}
    if "owner" not in options:
        usual["owner_field"] = "PEMILIK"
    arguments = [
        f"--{name.replace('_', '-')}" + ("" if value is True else f"={value}")
        for name, value in (usual | options).items()
    ]
    out = StringIO()
    call_command("import_layer", str(path), *arguments, stdout=out)
    return out.getvalue()


def refused(path: Path, **options: object) -> str:
    """What is wrong; nothing may have changed."""
    before = versions.snapshot()
    with pytest.raises(CommandError) as caught:
        run(path, **options)
    assert caught.value.returncode == 1
    assert versions.snapshot() == before
    return str(caught.value)
