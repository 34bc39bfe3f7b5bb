"""The reporter reads why a report is not shown, changes it, and sends it again."""

import pytest
from django.contrib.gis.geos import Point

from geo_reports import moderation
from geo_reports.intake.amend import Amendment, amend
from geo_reports.intake.submit import Refused, arrived
from geo_reports.models import Photo, Report
from geo_reports.photos import storing
from geo_reports.photos.cleaning import MAX_PHOTOS, clean_photo
from geo_reports.reasons import REASONS
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.factories import ReportFactory, centre_of, make_verifier
from tests.geo_reports.test_submit import submission
from tests.pictures import picture, upload

TEXT = "Dasar goblok, lubang di depan musala"
BETTER = "Ada lubang di depan musala, tolong diperbaiki"


@pytest.fixture
def withheld(verifier) -> Report:
    report = ReportFactory(status=Status.WAITING, visibility="pending", text=TEXT, address="Jl. Melati")
    note = "Kalimat keduanya sudah cukup."
    return moderation.withhold(report.pk, Report.WithheldReason.INSULT, actor=verifier, note=note)


def page(client, report: Report, part: str = "", key: object = None, **data):
    url = f"{report.get_absolute_url()}{part}?kunci={key or report.secret}"
    return client.post(url, data, follow=True) if data else client.get(url)


def test_every_reason_says_what_it_means_and_what_to_do():
    assert list(REASONS) == list(Report.WithheldReason)
    assert all(each.meaning and each.advice and each.short for each in REASONS.values())


def test_the_reporter_reads_the_reason_as_advice_with_the_note_and_two_ways_on(client, withheld):
    text = page(client, withheld).content.decode()
    assert str(REASONS["insult"].advice) in text
    assert "Kalimat keduanya sudah cukup." in text
    assert f"{withheld.get_absolute_url()}perbaiki/?kunci={withheld.secret}" in text
    assert f"{withheld.get_absolute_url()}keberatan/?kunci={withheld.secret}" in text


def test_what_is_sent_again_waits_for_a_person_and_is_nobodys_to_read(client, withheld):
    assert TEXT in page(client, withheld, "perbaiki/").content.decode()
    shown = page(client, withheld, "perbaiki/", uraian=BETTER, alamat="Jl. Melati")
    assert "sudah kami terima" in shown.content.decode()
    withheld.refresh_from_db()
    assert (withheld.text, withheld.status, withheld.visibility) == (BETTER, Status.WAITING, "pending")
    assert (withheld.withheld_reason, withheld.amended_at is None) == ("", False)
    assert withheld.changes.last().role == Role.REPORTER
    assert Report.objects.public().get().public_text == ""
    assert moderation.publish(withheld.pk, actor=make_verifier()).is_published


def test_place_and_photos_can_be_changed_too_and_the_skpd_follows(client, toy_city):
    report = ReportFactory(status=Status.WAITING, visibility="pending", category_id="garbage", agency_id="east")
    old = storing.store(report, clean_photo(upload(picture())))
    west = centre_of("99.02.1001")
    page(
        client, report, "perbaiki/", uraian=report.text, alamat="", lon=west.x, lat=west.y, hapus=[old.uid],
        foto=[upload(picture())],
    )  # fmt: skip
    report.refresh_from_db()
    assert (report.kelurahan_id, report.agency_id) == ("99.02.1001", "clean")
    assert report.photos.get().uid != old.uid


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "pendek"}, "uraian"),
        ({"text": BETTER, "point": Point(11, 1, srid=4326)}, "lokasi"),
        ({"text": BETTER, "kelurahan_code": "99.09.1001"}, "lokasi"),
        ({"text": BETTER, "photos": [upload(b"bukan foto")]}, "foto"),
        ({"text": BETTER, "photos": [upload(picture())] * (MAX_PHOTOS + 1)}, "foto"),
        ({"text": TEXT, "address": "Jl. Melati"}, ""),
    ],
    ids=["short", "outside", "unknown kelurahan", "no photo", "too many photos", "nothing changed"],
)
def test_a_change_passes_the_checks_of_a_new_report_or_changes_nothing(withheld, changes, field):
    before = Report.objects.values().get()
    with pytest.raises(Refused) as refusal:
        amend(withheld.pk, Amendment(**{"address": "Jl. Melati", **changes}))
    assert list(refusal.value.errors) == [field]
    assert Report.objects.values().get() == before
    assert not Photo.objects.exists()


def test_photos_that_stay_count_against_the_room(withheld):
    kept = [storing.store(withheld, clean_photo(upload(picture()))) for _ in range(MAX_PHOTOS)]
    one_more = {"text": BETTER, "photos": [upload(picture())]}
    with pytest.raises(Refused):
        amend(withheld.pk, Amendment(**one_more))
    amend(withheld.pk, Amendment(**one_more, removed=[kept[0].uid]))
    assert withheld.photos.count() == MAX_PHOTOS


def test_a_refused_form_comes_back_with_what_was_typed(client, withheld):
    response = page(client, withheld, "perbaiki/", uraian="pendek", alamat="Jl. Kenanga 7")
    assert response.status_code == 422
    assert "lebih lengkap" in response.content.decode()
    assert "Jl. Kenanga 7" in response.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.FORWARDED},
        {"status": Status.IN_PROGRESS, "visibility": "pending"},
        {"status": Status.DONE},
        {"status": Status.WAITING, "visibility": "published"},
    ],
)
def test_what_is_on_its_way_is_not_changed_any_more(client, toy_city, fields):
    report = ReportFactory(**fields)
    assert "perbaiki/" not in page(client, report).content.decode()
    with pytest.raises(NotAllowed):
        amend(report.pk, Amendment(text=BETTER))
    shown = page(client, report, "perbaiki/", uraian=BETTER)
    assert "tidak dapat diubah lagi" in shown.content.decode()
    assert Report.objects.get().text != BETTER


@pytest.mark.parametrize("part", ["perbaiki/", "keberatan/"])
@pytest.mark.parametrize("key", ["", "salah", "00000000-0000-0000-0000-000000000000"])
def test_only_whoever_holds_the_secret_gets_there(client, withheld, part, key):
    url = f"{withheld.get_absolute_url()}{part}?kunci={key}"
    assert client.get(url).status_code == 404
    assert client.post(url, {"uraian": BETTER, "keberatan": "Saya keberatan sekali"}).status_code == 404
    assert Report.objects.get().text == TEXT


def test_covered_words_are_edited_as_they_were_written(client, verifier, withheld):
    moderation.redact(withheld.pk, [(6, 12)], [(4, 10)], actor=verifier)
    assert TEXT in page(client, withheld, "perbaiki/").content.decode()
    amend(withheld.pk, Amendment(text=BETTER, address="Jl. Melati"))
    withheld.refresh_from_db()
    assert (withheld.text, withheld.original_text, withheld.address) == (BETTER, "", "Jl. [disunting]")


def test_words_that_stay_as_they_were_stay_covered(verifier, withheld):
    moderation.redact(withheld.pk, [(6, 12)], actor=verifier)
    amend(withheld.pk, Amendment(text=TEXT, address="Jl. Melati", photos=[upload(picture())]))
    withheld.refresh_from_db()
    assert (withheld.text, withheld.original_text) == ("Dasar [disunting], lubang di depan musala", TEXT)


def test_what_the_reporter_wants_confidential_stays_so_when_it_comes_back(verifier):
    report = ReportFactory(status=Status.WAITING, visibility="confidential", wants_confidential=True, text=TEXT)
    moderation.withhold(report.pk, Report.WithheldReason.INSULT, actor=verifier)
    assert amend(report.pk, Amendment(text=BETTER)).visibility == "confidential"
    assert not Report.objects.public().exists()


def test_a_message_repeated_by_the_network_is_known_after_its_words_were_covered(verifier):
    message = submission(text=TEXT)
    report = ReportFactory(
        text=TEXT,
        submission_id=message.submission_id,
        category_id="garbage",
        status=Status.WAITING,
        visibility="pending",
    )
    moderation.redact(report.pk, [(0, 5)], actor=verifier)
    assert arrived(message) == report
    with pytest.raises(Refused):
        arrived(submission(text="[disunting] goblok, lain lagi", submission_id=message.submission_id))


def test_and_after_its_reporter_has_changed_it(toy_city):
    message = submission(text=TEXT)
    report = ReportFactory(
        text=TEXT,
        submission_id=message.submission_id,
        category_id="garbage",
        status=Status.WAITING,
        visibility="pending",
    )
    amend(report.pk, Amendment(text=BETTER))
    assert arrived(message) == report


def test_why_it_was_not_shown_before_is_not_told_to_the_public(client, verifier, withheld):
    amend(withheld.pk, Amendment(text=BETTER))
    moderation.publish(withheld.pk, actor=verifier)
    reason = str(Report.WithheldReason.INSULT.label)
    assert reason not in client.get(withheld.get_absolute_url()).content.decode()
    assert reason in page(client, withheld).content.decode()
