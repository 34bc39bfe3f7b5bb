"""Reports in the window: bounded by the screen, complete in number, silent about the rest."""

import json

import pytest
from django.urls import reverse
from shapely.geometry import shape

from maps.cells import cell_size
from maps.params import BBox
from tests.factories import ReportFactory
from tests.maps.conftest import EXACT_SENSITIVE, SECRET_WORDS

CITY = "9.99,-0.01,10.03,0.03"


def fetch(client, bbox=CITY, zoom=14, **filters):
    response = client.get(reverse("maps:clusters"), {"bbox": bbox, "zoom": zoom} | filters)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)


def test_every_report_with_a_point_in_the_window_is_counted_once(client, town):
    for zoom in (0, 8, 14, 18, 22):
        body = fetch(client, zoom=zoom)
        assert body["total"] == sum(item["properties"]["jumlah"] for item in body["features"]) == 6
        assert sum(item["properties"]["terbuka"] for item in body["features"]) == 5
    assert fetch(client, bbox="-180,-90,180,90", zoom=22)["total"] == 7
    assert fetch(client, bbox="20,20,21,21")["features"] == []


def test_a_cell_stands_at_the_centre_of_its_reports(client, toy_city):
    for x in (10.0101, 10.0102, 10.0106):
        ReportFactory(point=f"SRID=4326;POINT({x} 0.005)", public_point=f"SRID=4326;POINT({x} 0.005)")
    (cell,) = fetch(client, zoom=3)["features"]
    assert cell["properties"]["jumlah"] == 3
    assert cell["geometry"]["coordinates"] == [10.0103, 0.005]
    assert cell["properties"]["rentang"] == [10.0101, 0.005, 10.0106, 0.005]
    assert cell["properties"]["kode"] is None


def test_a_cell_with_one_report_is_that_report(client, town):
    west = next(report for report in town.public if report.kelurahan_id == "99.02.1001")
    (cell,) = fetch(client, kecamatan="99.02")["features"]
    properties = cell["properties"]
    assert properties["kode"] == west.code
    assert properties["status"] == "forwarded"
    assert properties["kategori"] == "garbage"
    assert properties["uraian"] == west.text
    assert properties["url"] == reverse("reports:detail", args=[west.code])
    assert shape(cell["geometry"]).coords[0] == west.public_point.coords


def test_reports_at_one_place_are_named_when_the_zoom_is_deep(client, toy_city):
    codes = [ReportFactory().code for _ in range(3)]
    (cell,) = fetch(client, zoom=18)["features"]
    assert [entry["kode"] for entry in cell["properties"]["laporan"]] == codes[::-1]
    assert set(cell["properties"]["laporan"][0]) == {"kode", "status", "kategori"}
    (far,) = fetch(client, zoom=10)["features"]
    assert far["properties"]["laporan"] is None


def test_nothing_hidden_is_drawn(client, town):
    for zoom in (10, 22):
        text = json.dumps(fetch(client, zoom=zoom))
        assert not [word for word in SECRET_WORDS if word in text]
        assert not [report.code for report in town.hidden if report.code in text]
        assert str(round(EXACT_SENSITIVE.x, 6)) not in text


def test_the_number_of_cells_is_bounded_by_the_screen():
    world = BBox(-180, -90, 180, 90)
    assert world.width / cell_size(world, 22) <= 40
    phone = BBox(106.70, -6.34, 106.71, -6.32)
    assert cell_size(phone, 15) == pytest.approx(60 * 360 / (256 * 2**15))


def test_it_is_one_query(client, town, django_assert_num_queries):
    with django_assert_num_queries(1):
        fetch(client)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"bbox": CITY},
        {"zoom": "14"},
        {"bbox": "1,2,3", "zoom": "14"},
        {"bbox": CITY, "zoom": "99"},
        {"bbox": "nan,nan,nan,nan", "zoom": "3"},
        {"bbox": CITY, "zoom": "14", "skpd": "mars"},
    ],
)
def test_wrong_questions_get_a_sentence(client, town, query):
    response = client.get(reverse("maps:clusters"), query)
    assert response.status_code == 400
    assert response.content.decode().endswith(".")
