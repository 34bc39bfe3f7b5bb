"""A report that its reporter wants kept confidential: from the first moment it is nowhere in public."""

import json
import re
import uuid

import pytest

from geo_reports.models import Report
from tests.citizens import add_photo
from tests.factories import ReportFactory, centre_of, make_leader, make_officer

HERE = centre_of("99.01.1001")
WORDS = "Pungli di loket nomor tiga sejak Senin"


def send(client, **changes):
    data = {"submission_id": str(uuid.uuid4()), "lon": HERE.x, "lat": HERE.y, "kategori": "pothole", "uraian": WORDS}
    return client.post("/lapor/", data | changes)


@pytest.fixture
def confidential(toy_city, client) -> Report:
    send(client, rahasia="on", nama="Rina", tampilkan_nama="on")
    return Report.objects.get()


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="backslashreplace")  # tiles are no text


def test_the_form_asks_who_may_know_and_proposes_anonymous(toy_city, client):
    page = client.get("/lapor/").content.decode()
    assert re.search(r'name="tampilkan_nama" value="" checked', page)
    assert not re.search(r'name="rahasia" checked', page)


@pytest.mark.parametrize(
    ("sent", "is_anonymous", "visibility"),
    [
        ({}, True, "pending"),
        ({"nama": "Rina"}, True, "pending"),
        ({"nama": "Rina", "tampilkan_nama": ""}, True, "pending"),
        ({"nama": "Rina", "tampilkan_nama": "on"}, False, "pending"),
        ({"nama": "Rina", "rahasia": "on"}, True, "confidential"),
        ({"nama": "Rina", "tampilkan_nama": "on", "rahasia": "on"}, False, "confidential"),
    ],
)
def test_anonymous_and_confidential_are_wished_apart(toy_city, client, sent, is_anonymous, visibility):
    send(client, **sent)
    report = Report.objects.get()
    assert (report.is_anonymous, report.visibility) == (is_anonymous, visibility)
    assert report.wants_confidential is (visibility == "confidential")


def test_what_was_wished_stays_chosen_when_the_form_comes_back(toy_city, client):
    page = send(client, uraian="", nama="Rina", tampilkan_nama="on", rahasia="on").content.decode()
    assert re.search(r'name="tampilkan_nama" value="on" checked', page)
    assert re.search(r'name="rahasia" checked', page)


def test_the_reporter_reads_it_and_is_told_who_else_does(confidential, client):
    page = text_of(client, f"{confidential.get_absolute_url()}?kunci={confidential.secret}")
    assert WORDS in page
    assert "Laporan ini rahasia" in page


def test_its_page_and_photos_do_not_exist_for_the_public(confidential, client):
    photo = add_photo(confidential)
    assert client.get(confidential.get_absolute_url()).status_code == 404
    for size in ("image", "thumbnail", "original"):
        assert client.get(f"/foto/{photo.uid}/{size}.jpg").status_code == 404


PLACES = [
    "/",
    "/?kecamatan=99.01",
    "/laporan/",
    "/laporan/?kelurahan=99.01.1001",
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
    "/analitik/titik-rawan/berulang.csv",
    "/peta/ukuran.json?level=kelurahan",
    "/peta/sel.json?sel=9/270/255",
    "/peta/riwayat.json",
    "/tiles/reports/9/270/255.mvt",
    "/kelurahan/99.01.1001/",
    "/export/reports.geojson",
]


@pytest.mark.parametrize("address", PLACES)
def test_every_public_page_is_the_same_with_it_and_without_it(confidential, client, address):
    """Not listed, not counted, not drawn: nobody can tell that it exists."""

    def seen() -> str:
        return re.sub(
            r'csrfmiddlewaretoken" value="\w+|nonce-?="?[\w+/=-]+|<lastBuildDate>[^<]*', "", text_of(client, address)
        )

    ReportFactory.create_batch(2)
    with_it = seen()
    confidential.delete()
    assert seen() == with_it


def test_open_data_counts_only_what_is_public(confidential, client):
    ReportFactory()
    features = json.loads(text_of(client, "/export/reports.geojson"))["features"]
    assert [feature["properties"]["kode"] for feature in features] == [Report.objects.public().get().code]


@pytest.mark.parametrize("maker", [make_officer, make_leader])
def test_officer_and_leader_read_it_without_the_name(confidential, client, maker):
    Report.objects.update(forwarded_at=confidential.submitted_at)
    client.force_login(maker())
    page = text_of(client, f"/petugas/{confidential.code}/")
    assert WORDS in page
    assert "Rina" not in page


@pytest.mark.parametrize("maker", [make_officer, make_leader])
@pytest.mark.parametrize("visibility", ["pending", "withheld"])
def test_a_name_that_is_not_public_is_not_at_the_desk_either(toy_city, client, maker, visibility):
    report = ReportFactory(visibility=visibility, is_anonymous=False, reporter_name="Rina")
    client.force_login(maker())
    assert "Rina" not in text_of(client, f"/petugas/{report.code}/")
