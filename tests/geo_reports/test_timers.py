"""What happens because time has passed, and that it happens once."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command

from geo_reports import deadlines, timers
from geo_reports.models import Nudge, Report, ResponseTarget
from geo_reports.transitions import ask, change_status, complete
from geo_reports.workflow import Role, Status
from tests.factories import ReportFactory, make_leader, make_officer, make_verifier

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")


def march(day: int, hour: int = 9) -> datetime:
    return datetime(2025, 3, day, hour, 0, tzinfo=WIB)


@pytest.fixture
def targets(toy_city):
    for step, days in (("verify", 3), ("respond", 5), ("resolve", 14), ("confirm", 10), ("inform", 10)):
        ResponseTarget.objects.create(step=step, working_days=days)


@pytest.fixture
def report(targets) -> Report:
    """In the hands of `roads` since Monday the 3rd; to be answered by Monday the 10th."""
    report = ReportFactory(submitted_at=march(3), text="Bau sekali di rumah Pak Rahasia 0812-3456-7890")
    deadlines.update([report.pk])
    return report


def with_mail(user, address):
    user.email = address
    user.save()
    return user


def status_of(report: Report) -> str:
    report.refresh_from_db()
    return report.status


def test_a_claim_that_nobody_contradicts_in_ten_working_days_is_confirmed_by_the_system(report):
    complete(report.pk, has_photo=True, at=march(3))
    assert timers.run(march(17)).confirmed == 0  # the tenth working day is not over
    assert status_of(report) == Status.DONE
    assert timers.run(march(18, 0)).confirmed == 1
    last = report.changes.last()
    assert (status_of(report), last.role) == (Status.CONFIRMED, Role.SYSTEM)
    assert "tidak ada keberatan" in last.note
    assert timers.run(march(30)).confirmed == 0


def test_a_question_that_the_reporter_leaves_unanswered_closes_the_report(report):
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(3))
    timers.run(march(17))
    assert status_of(report) == Status.NEEDS_INFO
    timers.run(march(18))
    assert status_of(report) == Status.ARCHIVED


def test_the_officers_of_the_agency_are_reminded_once_a_working_day_before(report):
    with_mail(make_officer(), "jalan@contoh.test")
    with_mail(make_officer("clean"), "bersih@contoh.test")
    with_mail(make_leader(), "pimpinan@contoh.test")
    with_mail(make_verifier(), "verifikator@contoh.test")
    assert timers.run(march(6)).reminded == 0
    for _again in range(3):
        timers.run(march(7))
    assert [message.to for message in mail.outbox] == [["jalan@contoh.test"]]
    assert Nudge.objects.get().due_on == date(2025, 3, 10)


def test_pimpinan_hears_once_of_what_is_overdue(report):
    with_mail(make_officer(), "jalan@contoh.test")
    with_mail(make_leader(), "pimpinan@contoh.test")
    assert timers.run(march(10, 23)).escalated == 0
    mail.outbox.clear()
    for day in (11, 11, 12, 20):
        timers.run(march(day))
    assert [message.to for message in mail.outbox] == [["pimpinan@contoh.test"]]
    assert "1 laporan lewat tenggat" in mail.outbox[0].subject


def test_the_next_step_of_the_same_report_is_escalated_again(report):
    timers.run(march(11))
    change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, at=march(12))
    assert timers.run(march(24)).escalated == 1
    assert list(Nudge.objects.filter(kind="escalation").values_list("step", flat=True)) == ["respond", "resolve"]


def test_the_verifikator_is_reminded_of_what_waits_for_verification(targets):
    late = ReportFactory(status=Status.WAITING, visibility="pending", submitted_at=march(3))
    deadlines.update([late.pk])
    with_mail(make_officer(), "jalan@contoh.test")
    with_mail(make_verifier(), "verifikator@contoh.test")
    timers.run(march(5))
    assert [message.to for message in mail.outbox] == [["verifikator@contoh.test"]]


def test_a_mail_holds_codes_and_dates_and_nothing_that_a_citizen_wrote(report):
    with_mail(make_officer(), "jalan@contoh.test")
    timers.run(march(7))
    body = mail.outbox[0].body
    assert report.code in body
    assert "10 Mar 2025" in body
    assert f"/petugas/{report.code}/" in body
    assert "Rahasia" not in body


def test_a_long_list_is_cut_and_says_so(targets):
    with_mail(make_officer(), "jalan@contoh.test")
    reports = ReportFactory.create_batch(53, submitted_at=march(3))
    deadlines.update([report.pk for report in reports])
    timers.run(march(7))
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("/petugas/") == 50
    assert "3 laporan lain" in mail.outbox[0].body


def test_what_waits_for_the_reporter_is_neither_reminded_nor_escalated(report):
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(4))
    tally = timers.run(march(12))
    assert (tally.reminded, tally.escalated) == (0, 0)


def test_the_command_says_what_it_did(report):
    said = StringIO()
    call_command("run_timers", stdout=said)
    assert "1 escalated" in said.getvalue()


def test_all_due_dates_can_be_computed_again(report):
    Report.objects.update(due_on=None, due_step="")
    said = StringIO()
    call_command("recompute_deadlines", stdout=said)
    report.refresh_from_db()
    assert report.due_on == date(2025, 3, 10)
    assert "1 of 1" in said.getvalue()
