"""`explain_route` says what GET /api/route says, for people at a terminal."""

import json
from datetime import date
from io import StringIO

import pytest
from django.contrib.gis.geos import LineString, Polygon
from django.core.management import CommandError, call_command
from django.urls import reverse

from geo_reports.models import NeighbourPiece, RoutingFeature, RoutingRule
from geo_reports.routing import versions
from tests.factories import in_metres

pytestmark = pytest.mark.django_db


def run(**options: object) -> str:
    out = StringIO()
    place = {"lon": 10.015, "lat": 0.005, "category": "garbage"}
    call_command("explain_route", stdout=out, **(place | options))
    return out.getvalue()


def refused(**options: object) -> str:
    with pytest.raises(CommandError) as caught:
        run(**options)
    assert caught.value.returncode == 1
    return str(caught.value)


@pytest.fixture
def road(toy_city) -> RoutingFeature:
    road = RoutingFeature.objects.create(
        kind="road",
        name="Jl. Lurus",
        agency_id="clean",
        geometry=LineString((10.0, 0.005), (10.02, 0.005)),
        reason="jalan provinsi",
        source="x",
    )
    versions.publish(author=None)
    return road


def test_place_verdict_agency_and_reason_are_told(toy_city):
    lines = run().splitlines()
    assert lines[0] == "category  Sampah (garbage)"
    assert lines[2:6] == [
        "place     Kel. Timur Selatan, Kec. Timur",
        "verdict   decided",
        "agency    Kantor Timur Kota Contoh (east)",
        "reason    garbage ditangani east",
    ]


def test_the_trace_is_a_table_whose_columns_line_up(road):
    head, *lines = run(category="pothole", lat=0.00501).partition("\n\n")[2].splitlines()
    assert head.split() == ["result", "agency", "evidence", "name", "measure", "reason"]
    start = head.index("reason")
    assert [line[start:] for line in lines] == ["jalan provinsi", "pothole ditangani roads"]
    assert lines[0][head.index("measure") :].startswith("1 m ")
    assert lines[0][head.index("agency") :].startswith("Dinas Kebersihan ")


def test_a_column_that_nobody_fills_is_left_out(toy_city):
    assert run().partition("\n\n")[2].splitlines()[0].split() == ["result", "agency", "evidence", "reason"]


def test_the_day_counts_and_the_version_is_named(toy_city):
    RoutingRule.objects.filter(category="garbage", kecamatan="99.01").update(valid_from=date(2022, 4, 1))
    version = versions.publish(author=None)
    told = run(at=date(2022, 3, 31))
    assert f"2022-03-31, by the rules in force now (version {version.pk} of " in told
    assert "(clean)" in told
    assert "(east)" in run(at=date(2022, 4, 1))


def test_the_question_is_told_with_the_answers_that_settle_it(road):
    told = run(category="pothole", lat=0.0053, accuracy=50.0)
    assert "verdict   ambiguous" in told
    assert "question  " in told
    assert f"          Jl. Lurus (--answer road:{road.pk})" in told
    assert "agency    - (a verifikator decides)" in told
    assert "(clean)" in run(category="pothole", lat=0.0053, accuracy=50.0, answer=f"road:{road.pk}")


def test_a_street_name_is_evidence(toy_city):
    RoutingFeature.objects.create(kind="road", name="Jl. Raya Siliwangi", agency_id="clean", reason="x", source="x")
    versions.publish(author=None)
    assert "(clean)" in run(category="pothole", street="jln ry siliwangi no 3")


def test_nobody_is_told_as_nobody(toy_city):
    RoutingRule.objects.all().delete()
    versions.publish(author=None)
    told = run()
    assert "verdict   nobody" in told
    assert "No candidate at all." in told


def test_json_is_what_the_api_answers(road, client):
    told = json.loads(run(json=True, category="pothole", lat=0.0053, accuracy=50.0))
    query = {"lon": 10.015, "lat": 0.0053, "kategori": "pothole", "akurasi": 50}
    assert told == client.get(reverse("api:route"), query).json()
    assert told["question"]


def test_an_unknown_category_gets_the_list(toy_city):
    assert refused(category="naga") == "There is no category naga. There are: pothole, garbage, social."


def test_outside_names_the_neighbour(toy_city):
    NeighbourPiece.objects.create(name="Kota Sebelah", geometry_m=in_metres(Polygon.from_bbox((10.02, 0, 10.1, 0.1))))
    assert "Kota Sebelah" in refused(lon=10.05)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("explain_route", lon=10.05, lat=0.005, category="garbage", json=True, stdout=out)
    assert json.loads(out.getvalue())["neighbour"] == "Kota Sebelah"


@pytest.mark.parametrize(("lon", "lat"), [(0.005, 10.015), (0.015, 10.005)])
def test_swapped_coordinates_are_named(toy_city, lon, lat):
    assert f"look swapped: try --lon {lat} --lat {lon}." in refused(lon=lon, lat=lat)


@pytest.mark.parametrize(
    ("lon", "lat", "sentence"),
    [(200.0, 0.0, "200, 0 is not on earth."), (-6.3, 106.7, "is not on earth."), (float("nan"), 0.0, "be numbers")],
)
def test_coordinates_that_are_none_get_a_sentence(toy_city, lon, lat, sentence):
    assert sentence in refused(lon=lon, lat=lat)


def test_a_day_that_is_none_gets_a_sentence(toy_city):
    with pytest.raises(CommandError, match=r"'31\.12\.2022' is no day; write it as YYYY-MM-DD"):
        call_command("explain_route", "--lon=10.015", "--lat=0.005", "--category=garbage", "--at=31.12.2022")
