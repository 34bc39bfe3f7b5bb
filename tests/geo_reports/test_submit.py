"""The one door for reports."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from geo_reports.intake.submit import Refused, Submission, submit
from geo_reports.models import Assignment, Category, Photo, Report, RoutingRule, StatusChange
from geo_reports.routing import versions
from tests.factories import NOON, build_toy_city, centre_of
from tests.pictures import phone_photo, picture, pixel_bomb, upload

HERE = centre_of("99.01.1001")


def submission(**changes) -> Submission:
    defaults = {
        "submission_id": uuid.uuid4(),
        "category": Category.objects.get(pk="garbage"),
        "text": "Sampah menumpuk di tikungan",
        "point": HERE,
        "at": NOON,
    }
    return Submission(**defaults | changes)


def test_a_report_is_placed_routed_and_waits_for_a_person(toy_city):
    report = submit(submission())
    assert report.code.startswith("KC-")
    assert (report.kelurahan_id, report.kecamatan_id, report.agency_id) == ("99.01.1001", "99.01", "east")
    assert (report.status, report.visibility, report.forwarded_at) == ("waiting", "pending", None)
    spell = Assignment.objects.get(report=report)
    assert (spell.agency_id, spell.started_at, spell.reason) == ("east", NOON, "garbage ditangani east")
    assert spell.trace[0]["result"] == "won"
    assert StatusChange.objects.get(report=report).to_status == "waiting"


def test_sending_the_same_message_again_gives_the_same_report(toy_city):
    message = submission(photos=[upload(picture())])
    assert submit(message) == submit(message)
    assert (Report.objects.count(), Photo.objects.count()) == (1, 1)


def test_without_a_pin_the_photos_own_position_places_the_report(toy_city):
    report = submit(submission(point=None, photos=[upload(phone_photo(10.005, 0.015))]))
    assert report.kelurahan_id == "99.02.1002"


def test_the_pin_wins_over_the_photo(toy_city):
    assert submit(submission(photos=[upload(phone_photo(10.005, 0.015))])).kelurahan_id == "99.01.1001"


def test_a_named_kelurahan_is_enough(toy_city):
    report = submit(submission(point=None, kelurahan_code="99.02.1001", address="depan musala"))
    assert (report.kelurahan_id, report.point, report.placement) == ("99.02.1001", None, "chosen")


def test_photos_are_stored_without_metadata_under_names_of_our_own(toy_city):
    report = submit(submission(photos=[upload(phone_photo(10.015, 0.005), "../../budi.jpg")]))
    photo = report.photos.get()
    assert photo.image.name.startswith("photos/")
    assert "budi" not in photo.image.name
    assert b"Budi" not in default_storage.open(photo.image.name).read()


def test_a_name_is_shown_only_when_there_is_one(toy_city):
    assert submit(submission(is_anonymous=False)).is_anonymous
    assert not submit(submission(is_anonymous=False, reporter_name="Siti")).is_anonymous


def test_a_report_that_no_rule_fits_is_still_taken(toy_city):
    RoutingRule.objects.all().delete()
    versions.publish(author=None)
    report = submit(submission())
    assert report.agency is None
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": "  pendek "}, "uraian", "lebih lengkap"),
        ({"text": "x" * 20_000}, "uraian", "terlalu panjang"),
        ({"point": Point(11, 1, srid=4326)}, "lokasi", "di luar wilayah Kota Contoh"),
        ({"point": None}, "lokasi", "Tunjukkan lokasinya"),
        ({"point": None, "kelurahan_code": "99.09.1001"}, "lokasi", "tidak dikenal"),
        ({"photos": [upload(pixel_bomb())]}, "foto", "terlalu besar"),
        ({"photos": [upload(picture())] * 5}, "foto", "Paling banyak 4 foto"),
    ],
    ids=["short", "long", "outside", "nowhere", "unknown kelurahan", "bomb", "five photos"],
)
def test_what_cannot_be_taken_gets_a_sentence_and_writes_nothing(toy_city, changes, field, sentence):
    with pytest.raises(Refused) as refusal:
        submit(submission(**changes))
    assert sentence in refusal.value.errors[field]
    assert not Report.objects.exists()
    assert not Photo.objects.exists()


def test_all_reasons_come_at_once(toy_city):
    with pytest.raises(Refused) as refusal:
        submit(submission(text="?", point=Point(11, 1, srid=4326), photos=[upload(b"bukan foto")]))
    assert set(refusal.value.errors) == {"uraian", "lokasi", "foto"}


def test_emoji_and_script_tags_are_kept_as_they_were_written(toy_city):
    text = "Lubang 🕳️ <script>alert(1)</script> & 'kutip'"
    assert submit(submission(text=text)).text == text


def test_a_taken_code_is_drawn_again(toy_city, monkeypatch):
    first = submit(submission())
    codes = iter([first.code, "KC-ZZZZZZ"])
    monkeypatch.setattr("geo_reports.intake.submit.new_code", lambda prefix: next(codes))
    assert submit(submission()).code == "KC-ZZZZZZ"


def test_the_time_of_arrival_is_now_unless_the_channel_knows_better(toy_city):
    assert timezone.now() - submit(submission(at=None)).submitted_at < timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_the_same_message_arriving_twice_at_once_is_one_report(transactional_db):
    build_toy_city()
    message, ready, reports = submission(), threading.Barrier(2), []

    def send() -> None:
        ready.wait()
        try:
            reports.append(submit(message).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 2
    assert len(set(reports)) == Report.objects.count() == 1
