"""Tiles as a client reads them: fetched over HTTP, decoded by another implementation."""

import mapbox_vector_tile
from django.urls import reverse

from maps.models import Spot
from maps.world import BITS, Square

EXTENT = 4096


def fetch(client, square: Square, query=None, **headers):
    """The answer for a tile."""
    return client.get(reverse("maps:tile", args=[square.zoom, square.column, square.row]), query or {}, **headers)


def features(client, square: Square, query=None) -> list[dict]:
    """All features of a tile, those around it too: the properties, and `at` in tile units from the north-west."""
    response = fetch(client, square, query)
    assert response.status_code == 200
    layers = mapbox_vector_tile.decode(response.content, default_options={"y_coord_down": True})
    assert set(layers) <= {"laporan"}
    found = layers["laporan"]["features"] if layers else []
    return [feature["properties"] | {"at": tuple(feature["geometry"]["coordinates"])} for feature in found]


def inside(found: list[dict]) -> list[dict]:
    """Those of the tile itself."""
    return [feature for feature in found if all(0 <= part < EXTENT for part in feature["at"])]


def tiles_with_reports(zoom: int) -> list[Square]:
    """The tiles of a zoom that hold any public report."""
    shift = BITS - zoom
    return [
        Square(zoom, *place)
        for place in sorted({(x >> shift, y >> shift) for x, y in Spot.objects.exclude(key=None).values_list("x", "y")})
    ]


def total(client, zoom: int, query=None) -> int:
    """The sum over all tiles of a zoom."""
    return sum(cell["jumlah"] for tile in tiles_with_reports(zoom) for cell in inside(features(client, tile, query)))
