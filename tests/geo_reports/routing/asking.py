"""A world in the database, and what the engine decides about spots in it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection
from psycopg2 import sql
from psycopg2.extensions import AsIs

from geo_reports.models import (
    Agency,
    NeighbourPiece,
    RoutingEvidence,
    RoutingFeature,
    RoutingRule,
    RoutingVersion,
)
from geo_reports.routing import engine, versions
from tests.factories import in_metres
from tests.geo_reports.routing.premises import Spot, World
from tests.geo_reports.routing.worlds import neighbours


def build(world: World, drawn: dict[int, GEOSGeometry | None]) -> RoutingVersion:
    """Write a world over the toy city and publish it."""
    for model in (RoutingRule, RoutingFeature, RoutingEvidence, NeighbourPiece):
        model.objects.all().delete()
    for each in reversed(world.bodies.values()):
        Agency.objects.update_or_create(
            slug=each.slug,
            defaults={
                "short_name": each.slug, "name": each.slug, "kind": Agency.Kind.SKPD, "successor_id": each.successor,
                "valid_from": each.since, "valid_to": each.until, "kecamatan_id": each.office_of,
            },
        )  # fmt: skip
    NeighbourPiece.objects.bulk_create(
        NeighbourPiece(name=name, geometry_m=in_metres(shape)) for name, shape in neighbours().items()
    )
    RoutingEvidence.objects.bulk_create(
        RoutingEvidence(kind=kind, rank=rank, categories=list(categories))
        for kind, (rank, categories) in world.evidence.items()
    )
    RoutingRule.objects.bulk_create(
        RoutingRule(
            pk=each.number, category_id=each.category, agency_id=each.agency, kecamatan_id=each.kecamatan,
            kelurahan_id=each.kelurahan, priority=each.priority, reason=f"aturan {each.number}",
            valid_from=each.since, valid_to=each.until,
        )
        for each in world.rules
    )  # fmt: skip
    RoutingFeature.objects.bulk_create(
        RoutingFeature(
            pk=each.number, kind=each.kind, name=each.names[0], aliases=list(each.names[1:]), agency_id=each.agency,
            categories=list(each.categories), geometry=drawn[each.number], reach_m=each.reach_m, source="acak",
            reason=f"bukti {each.number}", confidence="low" if each.is_weak else "high",
            valid_from=each.since, valid_to=each.until,
        )
        for each in world.features
    )  # fmt: skip
    return versions.publish(author=None)


MANY_SPOTS = sql.SQL("""
    SELECT id, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS point, accuracy_m, category AS category_id, street,
           "on" AS on_date, CASE WHEN lon IS NULL THEN chosen END AS placed_in, answer
    FROM jsonb_to_recordset(%(spots)s::jsonb) asked
         (id bigint, lon float8, lat float8, accuracy_m float8, category text, street text, "on" date, chosen text,
          answer text)
""")


Answer = tuple[str, str | None, str | None, list[dict[str, Any]]]


def ask(spots: list[Spot]) -> list[Answer]:
    """The engine's verdict, agency, kelurahan and trace for many spots, in their order. One statement."""
    rows = []
    for number, spot in enumerate(spots):
        said = asdict(spot) | {"id": number, "on": spot.on.isoformat(), "point": None, "metres": None}
        lon, lat = (spot.point.x, spot.point.y) if spot.point else (None, None)
        rows.append(said | {"lon": lon, "lat": lat})
    with connection.cursor() as cursor:
        cursor.execute(engine.statement(MANY_SPOTS), engine.VALUES | {"spots": json.dumps(rows)})
        return [read(row) for row in sorted(cursor.fetchall())]


def ask_one_by_one(spots: list[Spot]) -> Iterator[Answer]:
    """The same, each in a statement of its own: that of `decide`, planned once."""
    names = ("lon", "lat", "accuracy_m", "category", "street", "on", "placed_in", "answer")
    holes = {name: AsIs(f"${number}") for number, name in enumerate(names, start=1)}
    with connection.cursor() as cursor:
        prepared = sql.SQL("PREPARE one_spot (float8, float8, float8, text, text, date, text, text) AS {}")
        cursor.execute(prepared.format(engine.statement(engine.ONE_SPOT)), engine.VALUES | holes)
        for spot in spots:
            lon, lat = (spot.point.x, spot.point.y) if spot.point else (None, None)
            placed_in = None if spot.point else spot.chosen
            said = [lon, lat, spot.accuracy_m, spot.category, spot.street, spot.on, placed_in, spot.answer]
            cursor.execute("EXECUTE one_spot (%s, %s, %s, %s, %s, %s, %s, %s)", said)
            yield read(cursor.fetchone())
        cursor.execute("DEALLOCATE one_spot")


def read(row: tuple[Any, ...]) -> Answer:
    _number, area, agency, verdict, _reason, trace = row
    return (verdict, agency, area, json.loads(trace))
