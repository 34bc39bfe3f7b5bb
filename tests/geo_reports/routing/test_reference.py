"""The SQL decision and the plain-Python reference agree on random cities, rules and places."""

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geo_reports.routing import reference, worlds


@given(data=st.data())
@settings(max_examples=100)
def test_the_engine_decides_as_the_reference_does(toy_city, data):
    world, drawn = data.draw(worlds.worlds(), "world")
    spots = data.draw(worlds.spots(drawn), "spots")
    expected = [reference.decide(world, spot) for spot in spots]
    with transaction.atomic():
        worlds.build(world, drawn)
        found = worlds.ask(spots)
        transaction.set_rollback(True)
    for spot, wanted, (verdict, agency, area, trace) in zip(spots, expected, found, strict=True):
        # Closer than a centimetre to a limit, rounding decides.
        if wanted.closest > 1:
            lines = [(line["ref"], line.get("agency"), line["result"]) for line in trace]
            assert (verdict, agency, area, lines) == (wanted.verdict, wanted.agency, wanted.area, wanted.trace), spot
