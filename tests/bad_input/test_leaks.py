"""What must not leave the house: words nobody has checked, who wrote them, and where people live."""

import pytest
from django.contrib.gis.geos import Point

from geo_reports.models import Assignment, Report
from tests.factories import ReportFactory, centre_of

SECRETS = {
    "text": "kata-rahasia-di-uraian",
    "address": "alamat-rahasia 5",
    "reporter_name": "Nama Rahasia",
    "reporter_contact": "rahasia@example.org",
}
EXACT = Point(10.0173, 0.0061, srid=4326)
OUTPUTS = [
    "/",
    "/laporan/",
    "/laporan/{code}/",
    "/laporan/rss/",
    "/kecamatan/99.01/",
    "/skpd/roads/",
    "/analitik/bandingkan/?apa=periode",
    "/analitik/bandingkan.csv?apa=periode",
    "/analitik/kecamatan/",
    "/analitik/kecamatan.csv",
    "/analitik/",
    "/analitik/skpd.csv",
    "/analitik/wilayah.json?level=kelurahan",
    "/analitik/titik-rawan/?sel=semua",
    "/analitik/titik-rawan/sel.geojson",
    "/analitik/titik-rawan/titik.csv",
    "/peta/ukuran.json?level=kelurahan",
    "/peta/sel.json?sel=9/270/255",
    "/peta/riwayat.json",
    "/tiles/reports/9/270/255.mvt",
    "/kelurahan/99.01.1001/",
    "/export/reports.geojson",
]
SEARCHES = [
    "/laporan/?q={q}",
    "/laporan/rss/?q={q}",
    "/analitik/wilayah.json?q={q}",
    "/analitik/titik-rawan/sel.geojson?q={q}",
    "/peta/sel.json?sel=9/270/255&q={q}",
    "/peta/cari.json?q={q}",
    "/tiles/reports/9/270/255.mvt?q={q}",
    "/export/reports.geojson?q={q}",
]


def read(client, address) -> str:
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")  # tiles are no text, but hold texts


@pytest.mark.parametrize("address", OUTPUTS)
@pytest.mark.parametrize("visibility", ["pending", "withheld", "confidential"])
def test_no_output_holds_what_nobody_has_published(client, toy_city, visibility, address):
    report = ReportFactory(visibility=visibility, is_anonymous=False, **SECRETS)
    page = read(client, address.format(code=report.code))
    assert not [secret for secret in (*SECRETS.values(), str(report.secret)) if secret in page]


@pytest.mark.parametrize("address", SEARCHES)
@pytest.mark.parametrize("visibility", ["pending", "withheld", "confidential"])
def test_a_search_for_a_word_nobody_has_published_finds_nothing(client, toy_city, visibility, address):
    report = ReportFactory(visibility=visibility, is_anonymous=False, **SECRETS)
    for word in SECRETS.values():
        page = read(client, address.format(q=word))
        assert report.code not in page
        assert '"n": 1' not in page
        assert '"jumlah":1' not in page


@pytest.mark.parametrize("word", [SECRETS["address"], SECRETS["reporter_name"], SECRETS["reporter_contact"]])
def test_a_search_does_not_find_a_published_report_by_who_wrote_it_and_where(client, toy_city, word):
    report = ReportFactory(category_id="social", **SECRETS)
    assert report.code not in read(client, f"/export/reports.geojson?q={word}")


def blurred_report(**fields) -> Report:
    anchor = centre_of("99.01.1001")
    return ReportFactory(category_id="social", point=EXACT, public_point=anchor, is_anonymous=True, **SECRETS | fields)


@pytest.mark.parametrize("address", OUTPUTS)
def test_no_output_holds_the_place_of_a_report_about_people(client, toy_city, address):
    report = blurred_report()
    page = read(client, address.format(code=report.code))
    assert not [trace for trace in ("10.0173", "10,0173", "0.0061", "0,0061", SECRETS["address"]) if trace in page]


def test_a_window_around_a_person_finds_nothing(client, toy_city):
    blurred_report()
    assert '"jumlah":0' in read(client, "/peta/sel.json?sel=22/2213862/2097080")
    assert read(client, "/tiles/reports/22/2213862/2097080.mvt") == ""


NEAR = [
    {"kind": "road", "agency": "roads", "name": "Jl. Kenanga", "distance_m": 12.3, "result": "won", "ref": "road:1"},
    {"kind": "asset", "agency": "clean", "name": "Taman Mawar", "distance_m": 31.7, "result": "tied", "ref": "asset:1"},
    {"kind": "city", "agency": "east", "result": "weaker", "ref": "rule:1"},
]
BETRAYING = ("Jl. Kenanga", "Taman Mawar", "12 m", "32 m")


@pytest.fixture
def near_a_road(toy_city) -> Report:
    report = blurred_report()
    Assignment.objects.filter(report=report).update(trace=NEAR, reason="Jl. Kenanga adalah jalan provinsi")
    return report


def test_why_this_skpd_does_not_tell_how_near_a_person_lives_to_what(client, near_a_road):
    page = read(client, near_a_road.get_absolute_url())
    assert not [word for word in BETRAYING if word in page]
    assert "disamarkan" in page


def test_nor_does_the_history_of_hand_overs(client, near_a_road):
    first = near_a_road.assignments.get()
    first.pk, first.ended_at = None, first.started_at
    first.save()
    page = read(client, near_a_road.get_absolute_url())
    assert near_a_road.assignments.count() == 2
    assert not [word for word in BETRAYING if word in page]


def test_nor_does_the_choice_that_a_person_still_has_to_make(client, toy_city):
    tied = [line | {"result": "tied"} for line in NEAR]
    report = blurred_report(agency_id=None, undecided={"verdict": "ambiguous", "trace": tied})
    page = read(client, report.get_absolute_url())
    assert not [word for word in BETRAYING if word in page]
    assert "beberapa pihak" in page


def test_the_reporter_reads_all_of_it(client, near_a_road):
    page = read(client, f"{near_a_road.get_absolute_url()}?kunci={near_a_road.secret}")
    assert "Jl. Kenanga" in page
