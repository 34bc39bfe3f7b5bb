"""Vector tiles, decoded: every public report once, at every zoom, and nothing else."""

import json
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils import timezone

from geo_reports.models import Report
from geo_reports.workflow import Status
from maps.grid import folding
from maps.world import Square
from tests.factories import ReportFactory
from tests.maps.conftest import EXACT_SENSITIVE, SECRET_WORDS
from tests.maps.tile_reading import features, fetch, inside, tiles_with_reports, total

CITY = Square(14, 8647, 8191)  # 10.00 to 10.02 east, 0.00 to 0.02 north


@pytest.mark.parametrize("zoom", [0, 3, 7, 8, 9, 13, 14, 16, 17, 18, 20, 22])
def test_every_public_report_with_a_point_is_in_one_tile_of_every_zoom(client, town, zoom):
    assert total(client, zoom) == 7
    folding.fold()
    assert total(client, zoom) == 7
    assert total(client, zoom, {"kategori": "garbage,social"}) == 2


def test_a_cell_counts_its_reports_by_status_and_stands_at_their_centre(client, toy_city):
    for x, status in ((10.0101, Status.DONE), (10.0102, Status.DONE), (10.0106, Status.WAITING)):
        ReportFactory(point=Point(x, 0.005, srid=4326), status=status)
    world = Square(0, 0, 0)
    (cell,) = features(client, world)
    assert (cell["jumlah"], cell["terbuka"], cell["n_done"], cell["n_waiting"]) == (3, 1, 2, 1)
    assert "kode" not in cell
    assert cell["sel"] == "3/4/3"
    assert cell["at"] == (int((10.0103 + 180) / 360 * 4096), int((0.5 - 0.005 / 360) * 4096))


def test_a_single_report_is_named(client, toy_city):
    report = ReportFactory(category_id="garbage", status=Status.IN_PROGRESS)
    (cell,) = features(client, CITY)
    assert cell | {"at": None, "sel": None} == {
        "at": None,
        "sel": None,
        "jumlah": 1,
        "terbuka": 1,
        "kode": report.code,
        "status": "in_progress",
        "kategori": "garbage",
    }


def test_a_filter_leaves_one_report_of_many_and_names_it(client, toy_city):
    ReportFactory.create_batch(3)
    rare = ReportFactory(category_id="garbage")
    folding.fold()
    (cell,) = features(client, CITY, {"kategori": "garbage"})
    assert cell["kode"] == rare.code


def test_neighbouring_tiles_share_the_cells_at_their_edge(client, toy_city):
    ReportFactory(point=Point(0.0001, 0.005, srid=4326))
    east, west = Square(9, 256, 255), Square(9, 255, 255)
    (own,) = features(client, east)
    assert inside([own]) == [own]
    (guest,) = features(client, west)
    assert inside([guest]) == []
    assert 4096 <= guest["at"][0] < 4096 + 512
    assert guest | {"at": None} == own | {"at": None}


def test_deep_tiles_tell_neighbours_apart(client, toy_city):
    for step in range(4):
        ReportFactory(point=Point(10.015 + step * 0.00005, 0.005, srid=4326))
    codes = {cell.get("kode") for tile in tiles_with_reports(20) for cell in inside(features(client, tile))}
    assert codes == set(Report.objects.values_list("code", flat=True))


def test_what_is_overdue_is_counted_by_the_day_on_every_zoom(client, toy_city):
    today = timezone.localdate()
    for days in (-400, -40, -2, -1, 0, 1, 30, 90, None):
        due = None if days is None else today + timedelta(days=days)
        Report.objects.filter(pk=ReportFactory(status=Status.IN_PROGRESS).pk).update(due_on=due)
    for zoom in (8, 11, 14, 16, 19):
        assert total(client, zoom, {"status": "overdue"}) == 4
    folding.fold()
    for zoom in (8, 11, 14, 16, 19):
        assert total(client, zoom, {"status": "overdue"}) == 4
        assert total(client, zoom, {"status": "overdue,in_progress"}) == 9


def test_nothing_hidden_is_in_a_tile(client, town):
    for zoom in (9, 22):
        for tile in tiles_with_reports(zoom):
            body = fetch(client, tile).content.decode("latin-1")
            assert not [word for word in SECRET_WORDS if word in body]
            assert not [report.code for report in town.hidden if report.code in body]
    column, row = int((EXACT_SENSITIVE.x + 180) / 360 * 2**22), int((0.5 - EXACT_SENSITIVE.y / 360) * 2**22)
    assert Square(22, column, row) not in tiles_with_reports(22)


def test_an_empty_tile_has_no_body(client, town, django_assert_num_queries):
    fetch(client, Square(12, 0, 0))  # a connection plans the statement once
    with django_assert_num_queries(1):
        response = fetch(client, Square(12, 0, 0))
    assert (response.status_code, response.content) == (200, b"")


def test_who_has_the_tile_gets_no_body_until_it_changes(client, town):
    first = fetch(client, CITY)
    assert first["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "max-age=10" in first["Cache-Control"]
    again = fetch(client, CITY, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    folding.fold()
    assert fetch(client, CITY, headers={"If-None-Match": first["ETag"]}).status_code == 304
    ReportFactory()
    changed = fetch(client, CITY, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ({}, 1),
        ({"status": "open"}, 1),
        ({"status": "overdue"}, 2),
        ({"dari": "2025-03-01"}, 2),
        ({"kategori": "garbage"}, 2),
    ],
)
def test_it_costs_one_query_one_for_the_filter_and_one_for_open_ranges(
    client, town, django_assert_num_queries, query, queries
):
    fetch(client, CITY, query)  # a connection prepares a statement before its first use
    with django_assert_num_queries(queries):
        fetch(client, CITY, query)


@pytest.mark.parametrize("address", ["23/0/0", "1/2/0", "1/0/2", "0/0/1", "99999999/0/0", "5/99999999999999999999/1"])
def test_a_tile_that_the_world_does_not_have_is_not_found(client, toy_city, address):
    assert client.get(f"/tiles/reports/{address}.mvt").status_code == 404


@pytest.mark.parametrize(
    "query",
    [{"kategori": "mars"}, {"dari": "kemarin"}, {"status": "\0"}, {"dari": "2025-04-01", "sampai": "2025-03-01"}],
)
def test_a_wrong_filter_gets_a_sentence(client, toy_city, query):
    response = fetch(client, CITY, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().endswith(".")


def test_tilejson_says_where_the_tiles_are_and_what_is_in_them(client, town):
    body = client.get(reverse("maps:tilejson"), {"kategori": "garbage"}).json()
    assert body["tilejson"] == "3.0.0"
    assert body["tiles"] == ["http://testserver/tiles/reports/{z}/{x}/{y}.mvt?kategori=garbage"]
    assert body["bounds"] == [10.0, 0.0, 10.02, 0.02]
    (layer,) = body["vector_layers"]
    promised = set(layer["fields"])
    assert layer["id"] == "laporan"
    for zoom in (8, 22):
        for tile in tiles_with_reports(zoom):
            for cell in features(client, tile):
                assert set(cell) - {"at"} <= promised
    json.dumps(body)
