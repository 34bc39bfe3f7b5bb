"""The GeoJSON download: complete, valid, and safe to hand to anybody."""

import json
import shutil
import subprocess

import pytest
from django.db import connection
from django.urls import reverse
from shapely.geometry import shape

from geo_reports import downloads
from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from maps import collections, geojson
from tests.maps.conftest import EXACT_SENSITIVE, SECRET_WORDS


def download(client, **filters):
    response = client.get(reverse("maps:export"), filters)
    assert response.status_code == 200
    return response.getvalue()


def test_every_public_report_is_one_feature_newest_first(client, town):
    features = json.loads(download(client))["features"]
    newest = list(Report.objects.public().order_by("-submitted_at", "-pk").values_list("code", flat=True))
    assert [feature["properties"]["kode"] for feature in features] == newest
    assert {report.code for report in town.public} == set(newest)


def test_it_follows_rfc_7946(client, town):
    body = json.loads(download(client))
    assert body["type"] == "FeatureCollection"
    assert "crs" not in body
    assert body["numberReturned"] == len(body["features"]) == len(town.public)
    for feature in body["features"]:
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert list(feature["properties"]) == [field.name for field in collections.REPORT_FIELDS]
        if feature["geometry"] is not None:
            point = shape(feature["geometry"])
            assert point.geom_type == "Point"
            assert all(round(value, 6) == value for value in (point.x, point.y))
            assert -180 <= point.x <= 180
            assert -90 <= point.y <= 90


def test_longitude_comes_first_and_texts_survive(client, town):
    features = {item["properties"]["kode"]: item for item in json.loads(download(client))["features"]}
    first = features[town.public[0].code]
    assert first["geometry"]["coordinates"] == [10.0151, 0.0051]
    assert first["properties"]["kecamatan"] == "99.01"
    assert first["properties"]["kecamatan_nama"] == "Timur"
    assert first["properties"]["skpd"] == "roads"
    assert first["properties"]["status_nama"] == "Menunggu verifikasi"
    assert first["properties"]["dikirim"] == "2025-03-12T05:00:00Z"
    assert first["properties"]["ditutup"] is None
    nowhere = features[town.public[-2].code]
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["uraian"] == 'Kutip " dan \\ dan\nbaris'
    assert nowhere["properties"]["kelurahan"] is None


def test_nothing_hidden_leaves(client, town):
    text = download(client).decode()
    assert not [word for word in SECRET_WORDS if word in text]
    assert not [report.code for report in town.hidden if report.code in text]
    assert str(round(EXACT_SENSITIVE.x, 6)) not in text
    features = {item["properties"]["kode"]: item for item in json.loads(text)["features"]}
    assert features[town.sensitive.code]["geometry"]["coordinates"] == [10.015, 0.005]
    assert features[town.pending.code]["properties"]["uraian"] == ""


def test_filters_apply_as_in_the_list(client, town):
    body = json.loads(download(client, kategori="garbage"))
    assert [item["properties"]["kode"] for item in body["features"]] == [town.public[5].code]
    assert json.loads(download(client, q="tidak ada yang begini"))["features"] == []


def test_an_injection_in_a_filter_is_only_text(client, town):
    assert json.loads(download(client, q="%' OR 1=1; DROP TABLE x; --"))["features"] == []


def test_it_is_a_named_attachment_that_robots_leave_alone(client, town):
    response = client.get(reverse("maps:export"))
    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Disposition"].startswith('attachment; filename="laporan-')
    assert response["Content-Disposition"].endswith('.geojson"')
    assert response["X-Robots-Tag"] == "noindex"
    response.close()


def test_a_bad_filter_is_a_sentence(client, town):
    response = client.get(reverse("maps:export"), {"kategori": "ufo"})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert "ufo" in response.content.decode()
    assert client.post(reverse("maps:export")).status_code == 405


def test_asking_for_the_headers_reads_no_report(client, town, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.head(reverse("maps:export"))
    assert response.status_code == 200
    assert not response.streaming
    assert response.content == b""


def test_a_download_is_one_statement_whatever_the_number_of_reports(town, django_assert_num_queries):
    rows = collections.report_rows(ReportFilters())
    with django_assert_num_queries(3):  # savepoint, select, release
        b"".join(geojson.stream(rows, "laporan"))


def test_chunks_are_joined_correctly(town, monkeypatch):
    monkeypatch.setattr(geojson, "BATCH", 2)
    chunks = list(geojson.stream(collections.report_rows(ReportFilters()), "laporan"))
    assert len(chunks) > 4
    assert len(json.loads(b"".join(chunks))["features"]) == len(town.public)


def test_a_failure_on_the_way_cannot_be_taken_for_a_whole_file(client, town, monkeypatch):
    monkeypatch.setattr(geojson, "BATCH", 2)
    broken = collections.Rows(
        collections.report_rows(ReportFilters()).sql.replace("SELECT ", "SELECT 1 / (random() > 2)::int AS boom, ", 1),
        collections.report_rows(ReportFilters()).params,
        (collections.Field("boom", "", ""), *collections.REPORT_FIELDS),
    )
    whole = geojson.stream(collections.report_rows(ReportFilters()), "laporan")
    received = [next(whole), next(whole)]
    whole.close()
    with pytest.raises(json.JSONDecodeError):
        json.loads(b"".join(received))
    failing = downloads.Started(geojson.stream(broken, "laporan"))
    received = [next(failing)]
    with pytest.raises(Exception, match="division by zero"):
        next(failing)
    with pytest.raises(json.JSONDecodeError):
        json.loads(b"".join(received))


def test_what_fails_at_once_fails_before_the_answer_begins(town):
    rows = collections.Rows("SELECT no_such_column", (), collections.REPORT_FIELDS)
    with pytest.raises(Exception, match="no_such_column"):
        downloads.attachment(geojson.stream(rows, "x"), stem="x", suffix="geojson", content_type="x/y")


def test_a_client_that_goes_away_ends_the_transaction(client, town):
    depth = len(connection.savepoint_ids)
    response = client.get(reverse("maps:export"))
    assert len(connection.savepoint_ids) > depth
    response.close()
    assert len(connection.savepoint_ids) == depth


def test_ogrinfo_counts_what_the_page_counts(client, town, tmp_path):
    program = shutil.which("ogrinfo")
    assert program, "GDAL's ogrinfo is not installed: apt-get install gdal-bin"
    path = tmp_path / "laporan.geojson"
    path.write_bytes(download(client))
    said = subprocess.run([program, "-so", "-al", str(path)], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert f"Feature Count: {len(town.public)}" in said
    assert "Layer name: laporan" in said
    assert "Geometry: Point" in said
    assert "dikirim: DateTime" in said
