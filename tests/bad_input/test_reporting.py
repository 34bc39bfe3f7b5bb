"""What strangers send as a report: a clear answer, nothing typed is lost, nothing leaks, never a 500."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from geo_reports.models import Photo, Report
from tests.bad_input.sending import GOOD, form_data, send
from tests.pictures import phone_photo, picture, pixel_bomb, upload

TYPED = "Lubang besar di tikungan"

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
TOWER = re.compile(r"[\u0300-\u036f]{7}")

REFUSED = {
    "coordinates swapped": ({"lon": "0.005", "lat": "106.7"}, "tertukar"),
    "coordinates not numbers": ({"lon": "sini", "lat": "situ"}, "Koordinat"),
    "coordinates NaN": ({"lon": "nan", "lat": "nan"}, "Koordinat"),
    "coordinates infinite": ({"lon": "1e999", "lat": "0"}, "Koordinat"),
    "half a coordinate": ({"lat": ""}, "tidak lengkap"),
    "decimal commas": ({"lon": "10,015", "lat": "0,005"}, "dengan titik"),
    "degrees, minutes, seconds": ({"lon": "10°00'54\"E", "lat": "0°0'18\"N"}, "dengan titik"),
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
    "a text that nobody can see": ({"uraian": "\u200b" * 30}, "Ceritakan"),
    "a text of blank letters": ({"uraian": "\u3164" * 30}, "Ceritakan"),
    "a text of direction marks": ({"uraian": "\u202e\u200f" * 15}, "Ceritakan"),
    "a text of accents without letters": ({"uraian": "\u0301" * 30}, "Ceritakan"),
    "ten letters, nine of them unseen": ({"uraian": "a" + "\u200b" * 20}, "10 huruf"),
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
    "a null character": {"uraian": TYPED + "\0"},
    "control characters": {"uraian": TYPED + "\x1b[31m\x07 merah"},
    "a name of two lines": {"nama": "Siti\r\nBcc: x@example.org", "tampilkan_nama": "on"},
    "a name that nobody can see": {"nama": "\u200b\u2060", "tampilkan_nama": "on"},
    "a name that turns the line round": {"nama": "Siti\u202e", "tampilkan_nama": "on"},
    "a tower of accents": {"uraian": "Lu" + "\u0335\u0321" * 400 + "bang besar"},
    "attribute-breaking quotes": {"uraian": TYPED + "\" onload=alert(1) '", "alamat": '"><img src=x onerror=alert(1)>'},
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
    assert "<img src=x" not in page
    assert "siti@example.org" not in page
    assert not UNSEEN.search(page)
    assert not TOWER.search(page)


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


def test_a_form_without_its_token_is_turned_away_in_words(toy_city):
    response = Client(enforce_csrf_checks=True).post(reverse("reports:new"), GOOD)
    assert response.status_code == 403
    assert "Muat ulang" in response.content.decode()
