"""Boundaries for the screen: a coverage, labelled, and sent once."""

import json

import pytest
import shapely
from django.urls import reverse
from shapely.geometry import shape

from geo_reports.models import BoundaryVersion, Kecamatan


def fetch(client, level, **query):
    response = client.get(reverse("maps:boundaries", args=[level]), query)
    assert response.status_code == 200
    return json.loads(response.content)["features"]


def test_areas_carry_what_a_map_needs(client, toy_city):
    Kecamatan.objects.filter(pk="99.01").update(population=1000)
    features = fetch(client, "kecamatan")
    assert [item["properties"]["code"] for item in features] == ["99.01", "99.02"]
    properties = features[0]["properties"]
    assert properties["name"] == "Timur"
    assert properties["label"] == "Kec. Timur"
    assert properties["population"] == 1000
    assert features[1]["properties"]["population"] is None
    for item in features:
        assert shape(item["geometry"]).contains(shapely.Point(item["properties"]["anchor"]))


def test_kelurahan_tile_the_kecamatan_after_simplification(client, toy_city):
    kecamatan = {item["properties"]["code"]: shape(item["geometry"]) for item in fetch(client, "kecamatan")}
    kelurahan = fetch(client, "kelurahan")
    assert len(kelurahan) == 4
    assert shapely.coverage_is_valid([shape(item["geometry"]) for item in kelurahan])
    for code, whole in kecamatan.items():
        parts = [shape(item["geometry"]) for item in kelurahan if item["properties"]["kecamatan"] == code]
        assert shapely.union_all(parts).equals(whole)


def test_outer_rings_run_counterclockwise(client, toy_city):
    for item in fetch(client, "kecamatan"):
        geometry = shape(item["geometry"])
        for polygon in getattr(geometry, "geoms", [geometry]):
            assert polygon.exterior.is_ccw


def test_one_kecamatan_can_be_asked_for(client, toy_city):
    codes = [item["properties"]["code"] for item in fetch(client, "kelurahan", kecamatan="99.02")]
    assert codes == ["99.02.1001", "99.02.1002"]
    wrong = client.get(reverse("maps:boundaries", args=["kelurahan"]), {"kecamatan": "12.34"})
    assert wrong.status_code == 400
    assert "12.34" in wrong.content.decode()


def test_an_unknown_level_is_not_found(client, toy_city):
    assert client.get("/peta/batas/provinsi.geojson").status_code == 404


def test_unchanged_boundaries_are_not_sent_again(client, toy_city, django_assert_max_num_queries):
    url = reverse("maps:boundaries", args=["kecamatan"])
    first = client.get(url)
    assert "public" in first["Cache-Control"]
    with django_assert_max_num_queries(2):
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    weak = client.get(url, headers={"If-None-Match": f"W/{first['ETag']}"})
    assert weak.status_code == 304, "compression makes the tag weak"


@pytest.mark.parametrize("change", ["population", "version"])
def test_a_change_of_areas_or_version_is_sent(client, toy_city, change):
    url = reverse("maps:boundaries", args=["kecamatan"])
    tag = client.get(url)["ETag"]
    if change == "population":
        Kecamatan.objects.filter(pk="99.01").update(population=5)
    else:
        BoundaryVersion.objects.update(valid_to="2024-01-01T00:00Z")
        BoundaryVersion.objects.create(source="new", licence="CC0", valid_from="2024-01-01T00:00Z")
    answer = client.get(url, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer["ETag"] != tag


def test_a_city_without_boundaries_has_an_empty_map(client, db):
    assert fetch(client, "kecamatan") == []
