"""What strangers send: every case gets a clear answer, loses nothing, leaks nothing, and is never a 500."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from geo_reports.models import Photo, Report
from tests.factories import ReportFactory
from tests.pictures import phone_photo, picture, pixel_bomb, upload

GOOD = {
    "kategori": "pothole",
    "uraian": "Lubang besar di tikungan dekat musala",
    "lon": "10.015",
    "lat": "0.005",
    "nama": "Siti",
    "kontak": "siti@example.org",
}
TYPED = "Lubang besar di tikungan"


@pytest.fixture
def visitor(toy_city) -> Client:
    """A browser that shows a server error as the error it is."""
    return Client(raise_request_exception=True)


def send(visitor: Client, **changes):
    return visitor.post(reverse("reports:new"), form_data(changes))


def form_data(changes):
    """The good form with some fields replaced; files are made anew, None leaves a field out."""
    data = GOOD | {"submission_id": str(uuid.uuid4())} | changes
    return {key: value() if callable(value) else value for key, value in data.items() if value is not None}


REFUSED = {
    "coordinates swapped": ({"lon": "0.005", "lat": "106.7"}, "tertukar"),
    "coordinates not numbers": ({"lon": "sini", "lat": "situ"}, "Koordinat"),
    "coordinates NaN": ({"lon": "nan", "lat": "nan"}, "Koordinat"),
    "coordinates infinite": ({"lon": "1e999", "lat": "0"}, "Koordinat"),
    "half a coordinate": ({"lat": ""}, "tidak lengkap"),
    "a decimal comma": ({"lon": "10,x", "lat": "0,005"}, "Koordinat"),
    "outside the city": ({"lon": "11", "lat": "1"}, "di luar wilayah Kota Contoh"),
    "null island": ({"lon": "0", "lat": "0"}, "di luar wilayah Kota Contoh"),
    "the north pole": ({"lon": "0", "lat": "90"}, "di luar wilayah Kota Contoh"),
    "no place at all": ({"lon": "", "lat": ""}, "Tunjukkan lokasinya"),
    "an unknown kelurahan": ({"lon": "", "lat": "", "kelurahan": "99.99.9999"}, "tidak dikenal"),
    "SQL as kelurahan": ({"lon": "", "lat": "", "kelurahan": "' OR 1=1--"}, "tidak dikenal"),
    "an unknown category": ({"kategori": "naga"}, "tidak dikenal"),
    "no category": ({"kategori": ""}, "Pilih jenis masalahnya"),
    "20,000 characters": ({"uraian": TYPED + "x" * 20_000}, "terlalu panjang"),
    "an empty text": ({"uraian": "   "}, "Ceritakan"),
    "a null character": ({"uraian": TYPED + "\0"}, "null"),
    "a text file called jpg": ({"foto": lambda: upload(b"ini bukan foto")}, "bukan foto yang dapat dibaca"),
    "an empty photo": ({"foto": lambda: upload(b"")}, "kosong"),
    "a cut JPEG": ({"foto": lambda: upload(picture(size=(400, 300))[:1000])}, "rusak atau terpotong"),
    "a picture that is a bomb": ({"foto": lambda: upload(pixel_bomb())}, "terlalu besar"),
    "an SVG with a script": (
        {"foto": lambda: upload(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")},
        "bukan foto yang dapat dibaca",
    ),
    "a filled trap": ({"website": "http://spam.example"}, "robot"),
    "a submission id that is none": ({"submission_id": "1; DROP TABLE"}, "Muat ulang"),
    "no submission id": ({"submission_id": None}, "Muat ulang"),
    "an over-long name": ({"nama": "N" * 500}, "80"),
    "an over-long address": ({"alamat": "A" * 5000}, "200"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_taken_is_explained_and_nothing_typed_is_lost(visitor, case):
    changes, sentence = REFUSED[case]
    response = send(visitor, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert changes.get("uraian", GOOD["uraian"]).strip("\0 ")[:24] in page
    assert changes.get("nama", GOOD["nama"])[:80] in page
    assert "Traceback" not in page
    assert not Report.objects.exists()
    assert not Photo.objects.exists()


@pytest.mark.parametrize("case", ["coordinates swapped", "a picture that is a bomb", "outside the city"])
def test_a_script_gets_the_same_sentences_as_data(visitor, case):
    changes, sentence = REFUSED[case]
    response = visitor.post(reverse("reports:new"), form_data(changes), headers={"accept": "application/json"})
    assert response.status_code == 422
    assert sentence in str(response.json()["errors"])


TAKEN = {
    "emoji": {"uraian": "Lubang 🕳️🚧 besar sekali 😡"},
    "script tags": {"uraian": "<script>alert('x')</script> jalan rusak", "nama": "<b>Siti</b>", "tampilkan_nama": "on"},
    "right-to-left text": {"uraian": "\u202e\u062c\u0627\u0644\u0646 rusak di depan pasar"},
    "a nonsensical accuracy": {"akurasi": "-5"},
    "a border point": {"lon": "10.01", "lat": "0.01"},
    "many decimals": {"lon": "10.0150000000000000000001"},
    "a photo under a hostile name": {
        "foto": lambda: upload(phone_photo(10.015, 0.005), "../../etc/passwd\r\nX: y.jpg")
    },
    "an SQL quote": {"uraian": "Jalan rusak'); DROP TABLE geo_reports_report; --"},
}


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_only_unusual_is_taken_and_shown_harmlessly(visitor, case):
    response = send(visitor, **TAKEN[case])
    assert response.status_code == 302
    report = Report.objects.get()
    report.visibility = Report.Visibility.PUBLISHED
    report.save()
    page = visitor.get(report.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<b>Siti" not in page
    assert "siti@example.org" not in page


def test_the_same_submission_twice_is_one_report(visitor):
    same = str(uuid.uuid4())
    first, second = (send(visitor, submission_id=same) for _ in range(2))
    assert first.url == second.url
    assert Report.objects.count() == 1


def test_a_flood_from_one_address_is_stopped_in_words(visitor, settings):
    settings.REPORTS_PER_HOUR = 2
    answers = [send(visitor) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert TYPED in answers[2].content.decode()
    assert Report.objects.count() == 2


ADDRESSES = [
    "/?kategori=naga",
    "/?status=' OR 1=1--",
    "/?kecamatan=%00",
    "/?ukuran=naga",
    "/laporan/?q=%27%20UNION%20SELECT%20secret%20FROM%20geo_reports_report--",
    "/laporan/?q=%25%5F%5C",
    "/laporan/?q=%00",
    "/laporan/?dari=besok",
    "/laporan/?dari=2025-02-30&sampai=x",
    "/laporan/?setelah=%00",
    "/laporan/?setelah=' OR 1=1--",
    "/laporan/rss/?kategori=naga",
    "/laporan/%00/",
    "/laporan/..%2f..%2fetc%2fpasswd/",
    "/laporan/KC-000000/?kunci=bukan-kunci",
    "/kecamatan/99.99/",
    "/kecamatan/%00/",
    "/skpd/naga/",
    "/foto/00000000-0000-0000-0000-000000000000/image.jpg",
    "/foto/00000000-0000-0000-0000-000000000000/..%2fimage.jpg",
    "/analitik/?skpd=naga",
    "/analitik/?dari=9999-99-99",
    "/analitik/skpd.csv?kategori=%00",
    "/analitik/wilayah.json?level=planet",
    "/peta/ukuran.json?level=planet",
    "/peta/ukuran.json?level=kecamatan&ukuran=naga",
    "/peta/laporan.geojson",
    "/peta/laporan.geojson?bbox=nan,nan,nan,nan&zoom=12",
    "/peta/laporan.geojson?bbox=10.02,0,10,0.02&zoom=12",
    "/peta/laporan.geojson?bbox=10,0,10.02,0.02&zoom=999999999999",
    "/peta/laporan.geojson?bbox=1,2,3&zoom=x",
    "/peta/batas/planet.geojson",
    "/peta/batas/kelurahan.geojson?kecamatan=naga",
    "/export/reports.geojson?kategori=naga",
    "/export/reports.geojson?q=%27%3B%20DROP%20TABLE%20x",
    "/api/route?lon=a&lat=b",
    "/petugas/KC-000000/",
    "/petugas/?halaman=-1",
    "/healthz?x=%00",
    "/naga/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_a_server_error_or_leaks(visitor, address):
    hidden = ReportFactory(visibility="withheld", text="rahasia sekali", reporter_contact="budi@example.org")
    ReportFactory(visibility="pending", text="belum diperiksa", reporter_name="Budi")
    response = visitor.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    page = body.decode()
    assert response.status_code in {200, 302, 400, 404}
    for private in (hidden.code, str(hidden.secret), "rahasia sekali", "belum diperiksa", "Budi", "budi@example.org"):
        assert private not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("address", ["/", "/laporan/", "/lapor/", "/export/reports.geojson", "/api/route"])
def test_other_methods_are_refused(visitor, method, address):
    assert getattr(visitor, method)(address).status_code == 405


def test_a_form_without_its_token_is_turned_away_in_words(toy_city):
    response = Client(enforce_csrf_checks=True).post(reverse("reports:new"), GOOD)
    assert response.status_code == 403
    assert "Muat ulang" in response.content.decode()
