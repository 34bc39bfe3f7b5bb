"""What one cell of the map holds, when somebody presses it."""

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse

from maps.models import Spot
from maps.world import BITS, square
from tests.factories import ReportFactory
from tests.maps.conftest import SECRET_WORDS


def fetch(client, sel, **filters):
    return client.get(reverse("maps:cell"), {"sel": sel} | filters)


def test_it_counts_names_and_frames(client, toy_city):
    reports = [ReportFactory(point=Point(10.01 + n / 1000, 0.005, srid=4326)) for n in range(3)]
    body = fetch(client, "3/4/3").json()
    assert body["jumlah"] == 3
    assert body["rentang"] == pytest.approx([10.01, 0.005, 10.012, 0.005], abs=1e-3)  # to a pixel, where it is pressed
    assert [entry["kode"] for entry in body["laporan"]] == [report.code for report in reversed(reports)]
    near = fetch(client, "15/17295/16383").json()
    assert near["rentang"] == pytest.approx([10.01, 0.005, 10.012, 0.005], abs=1e-5)


def test_the_frame_of_one_place_is_a_point_and_of_neighbours_it_is_not(client, toy_city):
    ReportFactory.create_batch(2, point=Point(10.01, 0.005, srid=4326))
    west, south, east, north = fetch(client, "3/4/3").json()["rentang"]
    assert (west, south) == (east, north)
    ReportFactory(point=Point(10.01001, 0.005, srid=4326))
    west, _south, east, _north = fetch(client, "3/4/3").json()["rentang"]
    assert east - west == pytest.approx(1e-5, abs=2e-6)


def test_the_filter_holds(client, toy_city):
    ReportFactory()
    garbage = ReportFactory(category_id="garbage")
    body = fetch(client, "3/4/3", kategori="garbage").json()
    assert (body["jumlah"], [entry["kode"] for entry in body["laporan"]]) == (1, [garbage.code])


def test_at_most_twenty_are_named(client, toy_city):
    ReportFactory.create_batch(22)
    body = fetch(client, "3/4/3").json()
    assert (body["jumlah"], len(body["laporan"])) == (22, 20)


def test_nothing_hidden_is_said(client, town):
    text = fetch(client, "0/0/0").content.decode()
    assert not [word for word in SECRET_WORDS if word in text]
    assert not [report.code for report in town.hidden if report.code in text]


def test_an_empty_cell_says_so(client, toy_city):
    assert fetch(client, "5/0/0").json() == {"jumlah": 0, "rentang": None, "laporan": []}


@pytest.mark.parametrize(
    "sel", ["", "1/2", "1/2/0", "a/b/c", "31/0/0", "-1/0/0", "1/0/0/0", "9" * 5000 + "/0/0", "1/\0/0"]
)
def test_nonsense_gets_a_sentence(client, toy_city, sel):
    response = fetch(client, sel)
    assert response.status_code == 400
    assert response.content.decode().endswith(".")


def test_it_costs_two_queries(client, town, django_assert_num_queries):
    with django_assert_num_queries(2):
        fetch(client, "11/1080/1023")


def test_a_marker_made_of_several_cells_is_counted_and_listed_as_one(client, toy_city):
    reports = [ReportFactory(point=Point(10.001 + n / 200, 0.005, srid=4326)) for n in range(4)]
    cells = [square(20, spot.key >> 2 * (BITS - 20)) for spot in Spot.objects.order_by("id")]
    names = [f"20/{cell.column}/{cell.row}" for cell in cells]
    body = fetch(client, ",".join([*names[1:], names[1]])).json()
    assert body["jumlah"] == 3
    assert body["rentang"] == pytest.approx([10.006, 0.005, 10.016, 0.005], abs=1e-5)
    assert [entry["kode"] for entry in body["laporan"]] == [report.code for report in reversed(reports[1:])]


def test_the_list_goes_on_after_those_that_are_known(client, toy_city):
    ReportFactory.create_batch(23)
    pages = [fetch(client, "3/4/3", lewati=skipped).json() for skipped in ("", "0", "20", "40")]
    assert [len(page["laporan"]) for page in pages] == [20, 20, 3, 0]
    assert {page["jumlah"] for page in pages} == {23}
    listed = [entry["kode"] for page in pages[1:] for entry in page["laporan"]]
    assert len(set(listed)) == 23


@pytest.mark.parametrize(
    ("sel", "skipped"),
    [
        ("3/4/3,4/8/6", ""),
        ("3/4/3,", ""),
        (",".join(f"9/{n}/0" for n in range(65)), ""),
        ("3/4/3", "-1"),
        ("3/4/3", "x"),
        ("3/4/3", "2001"),
        ("3/4/3", "9" * 7),
        ("3/4/3", "1.5"),
        ("3/4/3", "٣"),
    ],
)
def test_nonsense_about_several_cells_gets_a_sentence(client, toy_city, sel, skipped):
    response = fetch(client, sel, lewati=skipped)
    assert response.status_code == 400
    assert response.content.decode().endswith(".")
