"""Random cities, rules and spots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry, Point
from hypothesis import strategies as st

from geo_reports.models import Evidence
from tests.factories import SIDE, SQUARES, in_metres, square
from tests.geo_reports.routing.premises import Body, Feature, Rule, Spot, World

CATEGORIES = ("pothole", "garbage")
AGENCIES = ("roads", "clean", "east", "north", "south")
NEIGHBOURS = {"Kota Selatan": (10.0, -0.01, 10.02, 0.0), "Kabupaten Barat": (9.99, 0.0, 10.0, 0.02)}
DAYS = [date(2019, 1, 1), date(2020, 7, 1), date(2022, 4, 1), date(2023, 1, 1)]
ROADS = ("Jl. Raya Siliwangi", "Jl. Siliwangi", "Jl. Pajajaran", "Jl. H Usman", "Jl. Pahlawan Seribu", "Gg. Melati")
WORDS = ("jln", "ry", "siliwangi", "siliwngi", "pajajaran", "haji", "usman", "pahlawan", "seribu", "gang", "melati",
         "no 5", "dekat", "pom", "bensin", "raya")  # fmt: skip


def metres(shape: GEOSGeometry) -> Any:
    return shapely.from_wkb(bytes(in_metres(shape).wkb))


@cache
def areas() -> dict[str, Any]:
    shapes = {code: square(west, south) for code, (_name, west, south) in SQUARES.items()}
    return {code: (shapely.box(*shape.extent), metres(shape)) for code, shape in shapes.items()}


def neighbours() -> dict[str, GEOSGeometry]:
    return {name: GEOSGeometry(shapely.box(*box).wkt, srid=4326) for name, box in NEIGHBOURS.items()}


dated = st.lists(st.sampled_from([None, *DAYS]), min_size=2, max_size=2).map(
    lambda days: days if None in days else [min(days), max(days)] if days[0] != days[1] else [days[0], None]
)
periods = st.integers(0, 3).flatmap(lambda n: dated if n == 3 else st.just([None, None]))
some_categories = st.sampled_from([(), (), (), ("pothole",), ("garbage",), CATEGORIES])
# Steps of about 11 m around the corner where four kelurahan meet, so that much lies close together.
steps = st.integers(-25, 25)
corners = st.tuples(steps, steps).map(lambda n: (round(10.01 + n[0] / 10_000, 4), round(0.01 + n[1] / 10_000, 4)))


words = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
streets = st.one_of(st.just(""), words, st.tuples(words, st.sampled_from(ROADS), words).map(" ".join))


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Body]:
    offices = dict(zip(draw(st.permutations(AGENCIES))[:2], ("99.01", "99.02"), strict=True))
    made = {}
    for number, slug in enumerate(AGENCIES):
        since, until = draw(periods)
        later = AGENCIES[number + 1 :]
        heir = draw(st.sampled_from([None, *later])) if later and until else None
        made[slug] = Body(slug, since, until, heir, offices.get(slug) if draw(st.booleans()) else None)
    return made


@st.composite
def rules(draw: st.DrawFn, number: int) -> Rule:
    place = draw(
        st.sampled_from(
            [{}, {"kecamatan": "99.01"}, {"kecamatan": "99.02"}, *({"kelurahan": code} for code in SQUARES)]
        )
    )
    since, until = draw(periods)
    category, agency = draw(st.sampled_from(CATEGORIES)), draw(st.sampled_from(AGENCIES))
    return Rule(
        number, category, agency, priority=draw(st.sampled_from([100, 100, 1, 200])), since=since, until=until, **place
    )


@st.composite
def shapes(draw: st.DrawFn, kind: str) -> GEOSGeometry:
    """A shape in degrees as it might be drawn."""
    form = draw(
        st.sampled_from({"road": ["line", "lines"], "estate": ["area", "areas"]}.get(kind, ["point", "line", "area"]))
    )
    if form == "point":
        made = shapely.Point(draw(corners))
    elif form == "area":
        made = draw(polygons())
    elif form == "areas":
        made = shapely.union(draw(polygons()), draw(polygons()))
    elif form == "line":
        made = draw(polylines)
    else:
        made = shapely.MultiLineString([draw(polylines), draw(polylines)])
    return GEOSGeometry(made.wkb_hex, srid=4326)


polylines = st.lists(corners, min_size=2, max_size=12, unique=True).map(shapely.LineString)


@st.composite
def polygons(draw: st.DrawFn) -> shapely.Polygon:
    """A rectangle, sometimes with a hole, or a triangle."""
    west, south = draw(corners)
    width, height = draw(st.integers(2, 40)) / 10_000, draw(st.integers(2, 40)) / 10_000
    box = shapely.box(west, south, west + width, south + height)
    match draw(st.sampled_from(["box", "hole", "triangle"])):
        case "hole":
            return box.difference(
                shapely.box(west + width / 4, south + height / 4, west + width / 2, south + height / 2)
            )
        case "triangle":
            return shapely.Polygon([(west, south), (west + width, south), (west, south + height)])
    return box


@st.composite
def features(draw: st.DrawFn, number: int) -> tuple[Feature, GEOSGeometry | None]:
    kind = draw(st.sampled_from(["road", "road", "estate", "asset", "estate"]))
    shape = None if kind == "road" and draw(st.integers(0, 3)) == 0 else draw(shapes(kind))
    names = draw(st.lists(st.sampled_from(ROADS), min_size=1, max_size=2, unique=True))
    since, until = draw(periods)
    made = Feature(
        number, kind, tuple(names), draw(st.sampled_from(AGENCIES)), metres(shape) if shape else None,
        reach_m=draw(st.sampled_from([15.0, 15.0, 0.0, 40.0, 200.0])), is_weak=draw(st.integers(0, 3)) == 0,
        categories=draw(some_categories), since=since, until=until,
    )  # fmt: skip
    return made, shape


@st.composite
def worlds(draw: st.DrawFn) -> tuple[World, dict[int, GEOSGeometry | None]]:
    """A world, and the shapes of its features in degrees."""
    order = draw(st.permutations(Evidence.values))
    left_out = draw(st.lists(st.sampled_from(Evidence.values), max_size=2, unique=True)) if draw(st.booleans()) else []
    evidence = {
        kind: (rank, draw(some_categories) if draw(st.integers(0, 4)) == 0 else ())
        for rank, kind in enumerate(order, start=1)
        if kind not in left_out
    }
    numbers = draw(st.permutations(range(1, 13)))
    made = [draw(features(number)) for number in numbers[: draw(st.sampled_from([0, 3, 5, 8]))]]
    once = {(each.kind, each.names[0], each.agency, each.since): (each, shape) for each, shape in made}
    law = [draw(rules(number)) for number in numbers[: draw(st.sampled_from([0, 4, 8, 12]))]]
    law = list(
        {(each.category, each.kecamatan, each.kelurahan, each.agency, each.since): each for each in law}.values()
    )
    world = World(
        bodies=draw(bodies()),
        rules=tuple(law),
        features=tuple(each for each, _shape in once.values()),
        evidence=evidence,
        areas=areas(),
        neighbours={name: metres(shape) for name, shape in neighbours().items()},
    )
    return world, {each.number: shape for each, shape in once.values()}


def points(shapes: Iterable[GEOSGeometry | None]) -> st.SearchStrategy[Point]:
    """Anywhere in and around the city, on its borders and corners, and near what is drawn there."""
    drawn = [
        coords for shape in shapes if shape for coords in shapely.get_coordinates(shapely.from_wkb(bytes(shape.wkb)))
    ]
    anywhere = st.tuples(st.floats(9.998, 10.022), st.floats(-0.002, 0.022))
    halves = st.tuples(st.integers(-1, 9), st.integers(-1, 9)).map(lambda n: (10 + n[0] * SIDE / 4, n[1] * SIDE / 4))
    near_border = st.tuples(st.sampled_from([10.0, 10.01, 10.02]), st.floats(0, 0.02), st.floats(-0.0005, 0.0005)).map(
        lambda n: (n[0] + n[2], n[1])
    )
    kinds = [anywhere, corners, halves, near_border]
    if drawn:
        for most in (0.0001, 0.0001, 0.0002, 0.0006):
            near = st.tuples(st.sampled_from(drawn), st.floats(-most, most), st.floats(-most, most))
            kinds += [near.map(lambda n: (n[0][0] + n[1], n[0][1] + n[2]))] * 2
    return st.one_of(kinds).map(lambda place: Point(*map(float, place), srid=4326))


@st.composite
def spots(draw: st.DrawFn, drawn: dict[int, GEOSGeometry | None]) -> list[Spot]:
    """Some places, mostly with a point, each asked about for every category on some days."""
    answers = [f"{kind}:{number}" for number in drawn for kind in ("road", "estate", "asset", "road_name")]
    answers += (
        [f"kelurahan:{code}" for code in SQUARES] + [f"neighbour:{name}" for name in NEIGHBOURS] + ["rule:1", "?"]
    )
    made = []
    for _each in range(draw(st.integers(4, 10))):
        point = draw(points(drawn.values())) if draw(st.integers(0, 7)) else None
        said = {
            "accuracy_m": draw(st.sampled_from([None, 0.0, -1.0, 4.5, 12.0, 45.0, 180.0, 9_000.0])),
            "street": draw(streets),
            "chosen": draw(st.sampled_from([None, *SQUARES])),
            "answer": draw(st.sampled_from(answers)) if draw(st.integers(0, 3)) == 0 else "",
        }
        days = (draw(st.sampled_from(DAYS)), date(2022, 3, 31), date(2025, 1, 1))
        made += [spot_at(point, category=category, on=day, **said) for category in CATEGORIES for day in days]
    return made


def spot_at(point: Point | None, **said: Any) -> Spot:
    """A spot from a point in degrees."""
    if point is None:
        return Spot(**said)
    return Spot(point=shapely.Point(point.coords), metres=metres(point), **said)
