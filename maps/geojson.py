"""The only writer of GeoJSON (RFC 7946): features are built in PostgreSQL and streamed.

Longitude before latitude, WGS 84 without a `crs` member, `null` where there is no geometry.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import shapely
from django.db import connection, transaction
from shapely.geometry.base import BaseGeometry

from maps.collections import DECIMALS, Field, Kind, Rows

CONTENT_TYPE: Final = "application/geo+json"
BATCH: Final = 2000  # features per chunk: about 1 MB, whatever the size of the download
_TIME: Final = 'YYYY-MM-DD"T"HH24:MI:SS"Z"'


def stream(rows: Rows, name: str) -> Iterator[bytes]:
    """A FeatureCollection in chunks, through a cursor on the server so that memory stays flat.

    One statement, so one moment of the database. Nothing is closed when it breaks off: half a
    collection is not valid JSON, and cannot be taken for a whole one.
    """
    number = 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_feature_sql(rows), rows.params)
        yield _opening(name)
        while batch := cursor.fetchmany(BATCH):
            separator = ",\n" if number else "\n"
            yield (separator + ",\n".join(row[0] for row in batch)).encode()
            number += len(batch)
    yield _closing({"numberReturned": number})


def collection(features: Iterable[tuple[BaseGeometry, dict[str, Any]]], name: str) -> bytes:
    """A FeatureCollection of shapes that are already in Python (EPSG:4326): geometry and properties.

    Rings follow the right-hand rule. Coordinates keep DECIMALS, so equal corners stay equal.
    """
    written = [
        json.dumps({"type": "Feature", "geometry": _shape(shape), "properties": properties}, separators=(",", ":"))
        for shape, properties in features
    ]
    return b"".join((_opening(name), ",\n".join(written).encode(), _closing({"total": len(written)})))


def _shape(shape: BaseGeometry) -> dict[str, Any]:
    rounded = shapely.transform(shapely.orient_polygons(shape), lambda corners: corners.round(DECIMALS))
    geometry: dict[str, Any] = rounded.__geo_interface__
    return geometry


def _opening(name: str) -> bytes:
    return f'{{"type":"FeatureCollection","name":{json.dumps(name)},"features":['.encode()


def _closing(members: dict[str, Any]) -> bytes:
    return ("\n]," + json.dumps(members)[1:]).encode()


def _feature_sql(rows: Rows) -> str:
    """One column, the feature as text, in the order of `rows`. Names come from code, values are bound."""
    names = ", ".join([*(_quoted(field.name) for field in rows.fields), "geometry"])
    return f"SELECT {_feature(rows)} FROM ({rows.sql}) AS public_rows ({names})"  # noqa: S608


def _feature(rows: Rows) -> str:
    """The expression of a feature: strings joined with `to_json` of the values.

    Measured twice as fast as json_build_object or ST_AsGeoJSON(record).
    """
    members: list[str] = []
    for field in rows.fields:
        key = json.dumps(field.name) + ":"
        members += [_literal(key if not members else "," + key), _value(field)]
    head, middle = _literal('{"type":"Feature","geometry":'), _literal(',"properties":{')
    parts = [head, "coalesce(geometry, 'null')", middle, *members, _literal("}}")]
    return " || ".join(parts) + " AS feature"


def _value(field: Field) -> str:
    column = _quoted(field.name)
    if field.kind is Kind.TIME:
        return f"coalesce('\"' || to_char({column} AT TIME ZONE 'UTC', {_literal(_TIME)}) || '\"', 'null')"
    if field.kind is Kind.JSON:
        return f"coalesce({column}::text, 'null')"
    return f"coalesce(to_json({column})::text, 'null')"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _literal(text: str) -> str:
    """A constant of this module as an SQL literal; never a value from outside."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"
