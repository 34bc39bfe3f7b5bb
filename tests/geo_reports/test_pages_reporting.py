"""The page on which citizens write: with a script, without one, and when something is wrong."""

import uuid

import pytest
from django.test import Client

from geo_reports.models import Report
from tests.factories import centre_of
from tests.pictures import phone_photo, picture, upload

HERE = centre_of("99.01.1001")
JSON = {"accept": "application/json"}


def filled(**changes) -> dict[str, object]:
    data: dict[str, object] = {
        "submission_id": str(uuid.uuid4()),
        "lon": HERE.x,
        "lat": HERE.y,
        "akurasi": "12",
        "kategori": "pothole",
        "uraian": "Lubang besar di depan musala",
    }
    return data | changes


def send(client: Client, headers: dict[str, str] | None = None, **changes):
    return client.post("/lapor/", filled(**changes), headers=headers or {})


def test_the_form_offers_categories_kelurahan_and_a_fresh_submission_id(client, toy_city):
    one, two = (client.get("/lapor/") for _visit in range(2))
    html = one.content.decode()
    assert 'value="pothole"' in html
    assert '<optgroup label="Kec. Timur">' in html
    assert one.context["submission_id"] != two.context["submission_id"]
    assert "no-cache" in one.headers["Cache-Control"]


def test_sending_leads_to_the_own_report_with_its_secret(client, toy_city):
    response = send(client)
    report = Report.objects.get()
    assert response.status_code == 302
    assert response.url == f"{report.get_absolute_url()}?kunci={report.secret}&baru=1"
    html = client.get(response.url).content.decode()
    assert "Laporan Anda sudah diterima" in html
    assert "Lubang besar di depan musala" in html
    assert (report.agency_id, report.accuracy_m, report.is_anonymous) == ("roads", 12, True)


def test_without_a_script_a_kelurahan_is_enough(client, toy_city):
    send(client, lon="", lat="", akurasi="", kelurahan="99.02.1001", alamat="Depan SDN 2")
    report = Report.objects.get()
    assert (report.kelurahan_id, report.point, report.address) == ("99.02.1001", None, "Depan SDN 2")


def test_without_a_script_the_place_of_the_photo_is_enough(client, toy_city):
    send(client, lon="", lat="", foto=upload(phone_photo(HERE.x, HERE.y)))
    report = Report.objects.get()
    assert report.kelurahan_id == "99.01.1001"
    assert report.photos.count() == 1


def test_a_name_is_shown_only_when_people_say_so(client, toy_city):
    send(client, nama="Rina", kontak="0811")
    send(client, nama="Rina", tampilkan_nama="on")
    assert sorted(Report.objects.values_list("is_anonymous", flat=True)) == [False, True]


def test_sending_twice_makes_one_report(client, toy_city):
    data = filled()
    first, second = (client.post("/lapor/", data) for _attempt in range(2))
    assert first.url == second.url
    assert Report.objects.count() == 1


def test_a_script_gets_the_address_as_json(client, toy_city):
    response = send(client, headers=JSON)
    assert response.status_code == 201
    assert response.json()["url"].startswith(Report.objects.get().get_absolute_url())


def test_a_script_gets_every_error_at_its_field(client, toy_city):
    response = send(client, headers=JSON, uraian="", kategori="naga", lon=50, lat=50, foto=upload(b"halo"))
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"uraian", "kategori", "lokasi", "foto"}
    response = send(client, headers=JSON, uraian="pendek", lon=50, lat=50)
    assert set(response.json()["errors"]) == {"uraian", "lokasi"}
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lon": 50, "lat": 50}, "di luar wilayah Kota Contoh"),
        ({"lon": "", "lat": ""}, "Tunjukkan lokasinya"),
        ({"lat": ""}, "tidak lengkap"),
        ({"lat": 106.7}, "tertukar"),
        ({"lon": "nan"}, "angka biasa"),
        ({"kategori": ""}, "Pilih jenis masalahnya"),
        ({"uraian": ""}, "Ceritakan apa yang terjadi"),
        ({"submission_id": "x"}, "Muat ulang halaman"),
        ({"website": "http://spam"}, "jebakan"),
        ({"kelurahan": "99.99.9999", "lon": "", "lat": ""}, "tidak dikenal"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, toy_city, changes, words):
    response = send(client, **{"alamat": "Depan SDN 2", "nama": "Rina"} | changes)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert 'id="error-summary"' in html
    assert 'value="Depan SDN 2"' in html
    assert 'value="Rina"' in html
    if "uraian" not in changes:
        assert "Lubang besar di depan musala</textarea>" in html
    assert Report.objects.count() == 0


def test_a_photo_that_cannot_be_kept_is_asked_for_again(client, toy_city):
    response = send(client, uraian="", foto=upload(picture()))
    assert "pilih fotonya sekali lagi" in response.content.decode()
    response = send(client, foto=upload(b"halo", "catatan.jpg"))
    assert "bukan foto yang dapat dibaca" in response.content.decode()


def test_a_category_from_the_fold_stays_chosen(client, toy_city, monkeypatch):
    monkeypatch.setattr("geo_reports.pages.reporting.FIRST_TILES", 1)
    html = send(client, kategori="social", uraian="").content.decode()
    assert '<details class="fold" id="more-categories" open>' in html
    assert 'value="social" checked' in html


def test_too_many_reports_from_one_address_are_asked_to_wait(client, toy_city, settings):
    settings.REPORTS_PER_HOUR = 1
    assert send(client).status_code == 302
    response = send(client, headers=JSON)
    assert response.status_code == 429
    assert "Terlalu banyak laporan" in response.json()["errors"][""][0]


def test_the_form_is_protected_against_foreign_pages(toy_city):
    response = Client(enforce_csrf_checks=True).post("/lapor/", filled())
    assert response.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in response.content.decode()
    assert Report.objects.count() == 0


def test_the_form_costs_few_queries(client, toy_city, django_assert_num_queries):
    # city, demo, categories, kelurahan, extent
    with django_assert_num_queries(5):
        client.get("/lapor/")
