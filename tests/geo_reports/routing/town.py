"""Roads, estates and assets in Timur Selatan of the toy city, placed in metres from its middle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.gis.geos import LineString, Point, Polygon

from geo_reports.models import Agency, Category, Evidence, RoutingEvidence, RoutingFeature
from geo_reports.routing import Decision, decide, place, versions

TODAY = date(2025, 3, 12)
# Metres in a degree, near the equator: good to a centimetre over the distances of these tests.
EAST, NORTH = 111_290, 110_540


def at(east_m: float, north_m: float) -> Point:
    """So many metres from the middle of Timur Selatan. Its borders are about 556 and 553 m away."""
    return Point(10.015 + east_m / EAST, 0.005 + north_m / NORTH, srid=4326)


def make_agency(slug: str, name: str, **facts: Any) -> Agency:
    return Agency.objects.create(slug=slug, short_name=name, name=name, **{"kind": Agency.Kind.PROVINCE} | facts)


def draw(kind: str, name: str, agency: str, shape: Any, **facts: Any) -> RoutingFeature:
    return RoutingFeature.objects.create(
        kind=kind, name=name, agency_id=agency, geometry=shape, reason=f"{name} milik {agency}", source="uji", **facts
    )


def road(name: str, agency: str, *, north_m: float = 0, **facts: Any) -> RoutingFeature:
    """A road from west to east through the kelurahan, with a reach of 15 m unless said otherwise."""
    return draw("road", name, agency, LineString(at(-500, north_m), at(500, north_m), srid=4326), **facts)


def estate(name: str, agency: str, *, half_m: float = 200, **facts: Any) -> RoutingFeature:
    """A square around the middle of the kelurahan."""
    shape = Polygon.from_bbox((*at(-half_m, -half_m).coords, *at(half_m, half_m).coords))
    shape.srid = 4326
    return draw("estate", name, agency, shape, **{"reach_m": 0} | facts)


def strongest_first(*kinds: str) -> None:
    """Put these kinds of evidence at the top of the order."""
    order = [*kinds, *(kind for kind in Evidence.values if kind not in kinds)]
    RoutingEvidence.objects.all().delete()
    RoutingEvidence.objects.bulk_create(RoutingEvidence(kind=kind, rank=rank) for rank, kind in enumerate(order, 1))


def publish() -> None:
    versions.publish(author=None)


def who(point: Point | None = None, category: str = "pothole", on: date = TODAY, **said: Any) -> Decision:
    """The decision at a point; without one, in the middle of Timur Selatan."""
    return decide(Category.objects.get(pk=category), place(point or at(0, 0)), on, **said)


def results(decision: Decision) -> list[tuple[str, str | None, str]]:
    return [(line["kind"], line.get("agency"), line["result"]) for line in decision.trace]


def distances(decision: Decision) -> dict[str, float]:
    """Metres to each named candidate."""
    return {line["name"]: line["distance_m"] for line in decision.trace if "name" in line}
