"""Numbers per area, and that they add up."""

from django.urls import reverse

from geo_reports.models import Kecamatan


def fetch(client, **query):
    response = client.get(reverse("maps:measures"), query)
    assert response.status_code == 200
    return response.json()


def test_areas_and_the_rest_add_up_to_the_total(client, town):
    for level in ("kecamatan", "kelurahan"):
        body = fetch(client, level=level)
        totals = body["totals"]
        in_areas = sum(area["total"] for area in body["areas"])
        assert in_areas + totals["without_location"] + totals["outside"] == totals["total"] == len(town.public)
    assert totals["without_location"] == 1
    assert totals["outside"] == 1
    assert totals["without_point"] == 2
    assert totals["open"] == 8


def test_each_measure_says_its_value(client, town):
    east, west = fetch(client)["areas"]
    assert (east["code"], east["label"], east["value"], east["total"]) == ("99.01", "Kec. Timur", 4, 5)
    assert (west["value"], west["total"]) == (2, 2)
    assert [area["value"] for area in fetch(client, ukuran="all")["areas"]] == [5, 2]


def test_a_rate_needs_inhabitants_and_enough_reports(client, town):
    east, west = fetch(client, ukuran="per_capita")["areas"]
    assert (east["value"], east["missing"]) == (None, "population")
    Kecamatan.objects.update(population=2000)
    east, west = fetch(client, ukuran="per_capita")["areas"]
    assert (east["value"], east["missing"]) == (2.5, "")
    assert (west["value"], west["missing"]) == (None, "few")


def test_areas_without_reports_stay_in_with_zero(client, town):
    areas = fetch(client, level="kelurahan", kategori="garbage", kecamatan="99.02")["areas"]
    assert [(area["code"], area["value"]) for area in areas] == [("99.02.1001", 1), ("99.02.1002", 0)]


def test_it_costs_two_queries_besides_the_filter(client, town, django_assert_num_queries):
    with django_assert_num_queries(2):
        fetch(client, level="kelurahan")


def test_wrong_questions_get_a_sentence(client, town):
    for query in ({"level": "rt"}, {"ukuran": "x"}, {"dari": "kemarin"}, {"status": "\0"}):
        response = client.get(reverse("maps:measures"), query)
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert len(response.content.decode()) > 10
