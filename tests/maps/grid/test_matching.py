"""A search is matched once for all that one view asks; what is read of its reports is always new."""

import re

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse

from geo_reports.models import Report
from maps.grid import matching
from maps.world import Square
from tests.factories import ReportFactory
from tests.maps.tile_reading import features, inside

WORDS = "lubang besar"


@pytest.fixture(autouse=True)
def _nothing_kept():
    matching._kept.clear()
    yield
    matching._kept.clear()


@pytest.fixture
def found(toy_city) -> list[Report]:
    ReportFactory(text="Sampah menumpuk")
    return [ReportFactory(text=f"Ada {WORDS} di sini", point=Point(10.01, n / 1000, srid=4326)) for n in (3, 5, 7)]


def total(client, **query) -> int:
    return client.get(reverse("maps:measures"), {"q": WORDS} | query).json()["totals"]["total"]


def test_many_tiles_and_counts_are_one_match(client, found, settings, django_assert_num_queries):
    settings.SEARCH_SECONDS = 60
    with django_assert_num_queries(1):
        assert len(matching.matches(WORDS).ids) == 3
    with django_assert_num_queries(0):
        assert len(matching.matches(WORDS.upper()).ids) == 3
    assert total(client) == 3


def test_what_is_taken_from_view_or_changed_is_so_at_once(client, found, settings):
    settings.SEARCH_SECONDS = 60
    assert (total(client), total(client, status="done")) == (3, 0)
    Report.objects.filter(pk=found[0].pk).update(visibility="withheld")
    Report.objects.filter(pk=found[1].pk).update(status="done")
    assert (total(client), total(client, status="done")) == (2, 1)


def test_after_some_seconds_new_reports_are_found(client, found, settings):
    settings.SEARCH_SECONDS = 60
    assert total(client) == 3
    ReportFactory(text=WORDS)
    matching._kept[next(iter(matching._kept))].found_at -= 61
    assert total(client) == 4


def test_a_tile_asks_for_the_reports_in_it_only(found):
    here = matching.matches(WORDS)
    assert re.findall(r"\d+", here.within(None)) == [str(pk) for pk in here.ids]
    first = (here.keys[0], here.keys[0])
    assert here.within([first]) == f"{{{here.ids[0]}}}"
    assert here.within([(here.keys[0], here.keys[-1])]) == here.within(None)
    assert here.within([]) == "{}"


def test_reports_without_a_point_are_counted_and_on_no_tile(client, found):
    ReportFactory(text=WORDS, point=None)
    assert total(client) == 4
    assert sum(feature["jumlah"] for feature in inside(features(client, Square(0, 0, 0), {"q": WORDS}))) == 3


def test_few_searches_are_kept(found, settings):
    settings.SEARCH_SECONDS = 60
    for n in range(matching.MOST_KEPT + 3):
        matching.matches(f"kata {n}")
    assert len(matching._kept) == matching.MOST_KEPT
