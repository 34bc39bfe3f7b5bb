"""The SQL decision agrees with the plain-Python reference on random cities, rules and places."""

from dataclasses import replace

import shapely
from django.contrib.gis.geos import Point
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_reports.models import KelurahanPiece
from geo_reports.routing import Outcome, place
from tests.factories import SIDE, make_piece, square
from tests.geo_reports.routing import asking, reference, worlds
from tests.geo_reports.routing.town import TODAY


@given(data=st.data())
@settings(max_examples=60)
def test_the_engine_decides_as_the_reference_does(toy_city, data):
    world, drawn = data.draw(worlds.worlds(), "world")
    spots = data.draw(worlds.spots(drawn), "spots")
    expected = [reference.decide(world, spot) for spot in spots]
    with transaction.atomic():
        asking.build(world, drawn)
        found = asking.ask(spots)
        transaction.set_rollback(True)
    for spot, wanted, (verdict, agency, area, trace) in zip(spots, expected, found, strict=True):
        # Closer than a centimetre to a limit, rounding decides.
        if wanted.closest > 1:
            lines = [(line["ref"], line.get("agency"), line["result"]) for line in trace]
            assert (verdict, agency, area, lines) == (wanted.verdict, wanted.agency, wanted.area, wanted.trace), spot


@given(data=st.data())
@settings(max_examples=25)
def test_the_order_of_rows_never_matters(toy_city, data):
    """The same rules and features under other numbers, written in another order."""
    world, drawn = data.draw(worlds.worlds(), "world")
    spots = [replace(spot, answer="") for spot in data.draw(worlds.spots(drawn), "spots")]
    again = data.draw(st.permutations(range(100, 100 + len(world.rules) + len(world.features))), "numbers")
    numbers = iter(again)
    moved = replace(
        world,
        rules=tuple(replace(rule, number=next(numbers)) for rule in data.draw(st.permutations(world.rules))),
        features=tuple(replace(each, number=each.number + 50 - 2 * (each.number % 7)) for each in world.features[::-1]),
    )
    redrawn = {each.number + 50 - 2 * (each.number % 7): drawn[each.number] for each in world.features}
    answers = []
    for law, shapes in ((world, drawn), (moved, redrawn)):
        with transaction.atomic():
            asking.build(law, shapes)
            answers.append([(*decided, said(trace)) for *decided, trace in asking.ask(spots)])
            transaction.set_rollback(True)
    assert answers[0] == answers[1]


def said(trace):
    """What a trace says, without the numbers of rows; equals in any order."""
    return sorted((line["kind"], line.get("agency") or "", line["rank"], line["result"]) for line in trace)


@given(data=st.data())
@settings(max_examples=50)
def test_every_point_inside_has_exactly_one_kelurahan_by_both_ways(toy_city, data):
    points = [data.draw(worlds.points([])) for _each in range(10)]
    found = asking.ask([worlds.spot_at(point, category="pothole", on=TODAY) for point in points])
    city = shapely.box(10, 0, 10 + 2 * SIDE, 2 * SIDE)
    for point, (_verdict, _agency, area, _trace) in zip(points, found, strict=True):
        placement = place(point)
        assert (placement.kelurahan.pk if placement.kelurahan else None) == area
        inside = city.covers(shapely.Point(point.coords))
        assert (area is not None, placement.outcome is Outcome.INSIDE) == (inside, inside)
        covering = [code for code, (shape, _m) in worlds.areas().items() if shape.covers(shapely.Point(point.coords))]
        assert area == min(covering, default=None)


def test_boundaries_cut_into_pieces_give_the_same_kelurahan_on_the_cuts(toy_city):
    whole = KelurahanPiece.objects.get(area_id="99.01.1001")
    whole.delete()
    for west in (10.01, 10.015):
        for south in (0, 0.005):
            make_piece("99.01.1001", square(west, south, SIDE / 2))
    for lon, lat in ((10.015, 0.005), (10.015, 0.002), (10.01, 0.005), (10.015, 0.01)):
        assert place(Point(lon, lat, srid=4326)).kelurahan.pk == "99.01.1001"
    found = asking.ask([worlds.spot_at(Point(10.015, 0.005, srid=4326), category="pothole", on=TODAY)])
    assert [area for _verdict, _agency, area, _trace in found] == ["99.01.1001"]
