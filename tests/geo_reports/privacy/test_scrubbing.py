"""Texts of others stay when a reporter is erased, without the reporter's name and contact in them."""

import pytest

from geo_reports.models import BulkAction, PersonalDataLook
from tests.factories import NOON, ReportFactory
from tests.geo_reports.privacy.reporters import MAIL, NAME, full_report, reporter

pytestmark = pytest.mark.django_db


def test_texts_of_the_desk_stay_without_the_reporter_in_them(erased):
    report = full_report()
    report.changes.create(from_status="waiting", to_status="forwarded", at=NOON, role="verifier", note=f"{NAME} benar.")
    PersonalDataLook.objects.create(report=report, username="andi", what="identity", reason=f"telepon {MAIL}", at=NOON)
    erased(report)
    assert report.questions.get().text == "Bu …, di mana?"
    assert report.decisions.get().note == "Kepada …: kami sunting."
    assert report.looks.get().reason == "telepon …"
    assert report.changes.filter(role="verifier").get().note == "… benar."
    assert report.reopen_requests.get().note == "Baik, …."


def test_what_was_written_on_a_hand_over_stays_without_the_reporter_in_it(erased):
    report = full_report()
    erased(report)
    spell, action = report.assignments.get(), BulkAction.objects.get()
    assert spell.reason == "Kata … ini jalan provinsi."
    assert spell.trace == [
        {"kind": "person", "agency": "roads", "reason": spell.reason, "result": "won"},
        {"kind": "ground", "result": "weaker"},
    ]
    assert action.parameters == {"agency": "roads", "reason": spell.reason}
    assert action.items.get().sentence == "Laporan …."


@pytest.mark.parametrize(
    ("contact", "written", "left"),
    [
        ("0812-7766-5544", "hubungi +62 812 7766 5544 ya", "hubungi … ya"),
        ("+6281277665544", "hubungi 0812.7766.5544 ya", "hubungi … ya"),
        ("0812-7766-5544", "nomor 08127766554412", "nomor 08127766554412"),
        (MAIL, f"surel {MAIL.upper()}.", "surel …."),
        ("a.b+c@contoh.example", "ke a.b+c@contoh.example, bukan axb@contoh.example", "ke …, bukan axb@contoh.example"),
    ],
)
def test_a_contact_is_found_however_it_was_written(erased, contact, written, left):
    report = reporter(reporter_name="", reporter_contact=contact)
    report.replies.create(agency_id="roads", text=written, at=NOON)
    erased(report)
    assert report.replies.get().text == left


def test_a_short_name_does_not_eat_words_and_texts_of_other_reports_stay(erased):
    report, other = reporter(reporter_name="Ani"), ReportFactory()
    report.replies.create(agency_id="roads", text="Petani dan Ani berani.", at=NOON)
    other.replies.create(agency_id="roads", text="Ani", at=NOON)
    erased(report)
    assert report.replies.get().text == "Petani dan … berani."
    assert other.replies.get().text == "Ani"


def test_a_name_full_of_signs_is_no_pattern(erased):
    report = reporter(reporter_name="D'Arc (Ny.) .* [a]")
    report.replies.create(agency_id="roads", text="Halo D'Arc (Ny.) .* [a], ini aman.", at=NOON)
    erased(report)
    assert report.replies.get().text == "Halo …, ini aman."


def test_what_was_written_once_for_many_reports_does_not_keep_the_name(erased, verifier):
    report = reporter()
    parameters = {"reason": f"{NAME} minta begitu", "agency": "clean", "daftar": "tampil=semua&q=Zulaikha+Wirjawan"}
    action = BulkAction.objects.create(verb="hand-over", actor=verifier, parameters=parameters, at=NOON)
    action.items.create(report=report, outcome="done")
    erased(report)
    action.refresh_from_db()
    assert action.parameters == {"reason": "… minta begitu", "agency": "clean", "daftar": ""}
