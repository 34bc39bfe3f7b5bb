"""Who would answer here: the question that the report form asks while the pin moves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from geo_reports.models import Category, RoutingRule
from geo_reports.routing import decide, place, versions
from tests.factories import centre_of


def ask(client, **query):
    return client.get(reverse("api:route"), query)


def test_a_point_and_a_category_give_the_agency_and_the_reason(toy_city, client):
    assert ask(client, lon=10.015, lat=0.005, kategori="garbage").json() == {
        "inside": True,
        "message": "Kel. Timur Selatan, Kec. Timur",
        "kelurahan": {"code": "99.01.1001", "name": "Timur Selatan", "label": "Kel. Timur Selatan, Kec. Timur"},
        "kecamatan": {"code": "99.01", "name": "Timur", "label": "Kec. Timur"},
        "agency": {
            "slug": "east",
            "short_name": "Kantor Timur",
            "name": "Kantor Timur Kota Contoh",
            "kind": "skpd",
            "is_city": True,
        },
        "reason": "garbage ditangani east",
        "verdict": "decided",
        "question": [],
        "trace": decide(Category.objects.get(pk="garbage"), place(centre_of("99.01.1001")), timezone.localdate()).trace,
    }


@pytest.mark.parametrize("slug", ["", "naga", "\0", "' OR 1=1"])
def test_without_a_known_category_only_the_place_is_told(toy_city, client, slug):
    answer = ask(client, lon=10.015, lat=0.005, kategori=slug).json()
    assert (answer["inside"], answer["agency"], answer["reason"]) == (True, None, "")


def test_a_category_without_rule_is_told_honestly(toy_city, client):
    RoutingRule.objects.all().delete()
    versions.publish(author=None)
    answer = ask(client, lon=10.015, lat=0.005, kategori="garbage").json()
    assert answer["agency"] is None
    assert "verifikator" in answer["reason"]


def test_outside_the_city_is_an_answer_in_friendly_words(toy_city, client):
    response = ask(client, lon=11, lat=1, kategori="garbage")
    assert response.status_code == 200
    assert response.json()["inside"] is False
    assert "di luar wilayah Kota Contoh" in response.json()["message"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lon": "10"},
        {"lon": "nan", "lat": "nan"},
        {"lon": "inf", "lat": "0"},
        {"lon": "sepuluh", "lat": "nol"},
        {"lon": "-6.3", "lat": "106.7"},
        {"lon": "1e400", "lat": "0"},
        {"lon": "10\0", "lat": "0"},
    ],
    ids=str,
)
def test_coordinates_that_are_none_get_a_sentence(toy_city, client, query):
    response = ask(client, **query)
    assert response.status_code == 400
    assert "oordinat" in response.json()["message"]


def test_the_category_and_the_decision_cost_at_most_four_queries(toy_city, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        ask(client, lon=10.015, lat=0.005, kategori="garbage")
