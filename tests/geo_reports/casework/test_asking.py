"""Asking the reporter: who reads what, where the report goes then, which clock stands."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from geo_reports import casework, transitions
from geo_reports.models import Question, Report, ResponseTarget
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.factories import NOON, ReportFactory, make_officer

ASKED, ANSWERED = "Di sisi jalan yang mana?", "Di sisi kiri, dekat jembatan."
LATER = NOON + timedelta(days=1)


def status_of(report: Report) -> str:
    return Report.objects.values_list("status", flat=True).get(pk=report.pk)


def own(report: Report, tail: str = "") -> str:
    return f"{report.get_absolute_url()}{tail}?kunci={report.secret}"


@pytest.fixture
def asked(toy_city, officer) -> Report:
    report = ReportFactory(reporter_contact="siti@example.org")
    casework.ask(report.pk, ASKED, role=Role.OFFICER, actor=officer, at=LATER)
    return report


def test_the_report_waits_and_its_clock_stands(toy_city, officer):
    ResponseTarget.objects.create(step="respond", working_days=5)
    report = ReportFactory()
    casework.ask(report.pk, ASKED, role=Role.OFFICER, actor=officer, at=LATER)
    report.refresh_from_db()
    assert (report.status, report.due_on) == (Status.NEEDS_INFO, None)


def test_the_answer_goes_back_to_the_skpd_that_asked(client, asked):
    response = client.post(own(asked, "jawaban/"), {"jawaban": ANSWERED})
    assert response.url == own(asked)
    assert status_of(asked) == Status.FORWARDED
    question = Question.objects.get()
    assert question.answer == ANSWERED
    assert question.closed_at == question.answered_at is not None


@pytest.mark.parametrize("start", [Status.WAITING, Status.REOPENED])
def test_the_answer_to_a_verifikator_goes_back_to_the_verifikator(verifier, start):
    report = ReportFactory(status=start)
    casework.ask(report.pk, ASKED, role=Role.VERIFIER, actor=verifier)
    casework.answer_question(report.pk, ANSWERED)
    assert status_of(report) == Status.WAITING


def test_what_is_asked_and_answered_is_read_by_reporter_and_desk_only(client, asked, officer):
    assert ASKED not in client.get(asked.get_absolute_url()).content.decode()
    assert ASKED in client.get(own(asked)).content.decode()
    client.post(own(asked, "jawaban/"), {"jawaban": ANSWERED})
    assert ANSWERED not in Client().get(asked.get_absolute_url()).content.decode()
    desk = Client()
    desk.force_login(officer)
    page = desk.get(f"/petugas/{asked.code}/").content.decode()
    assert ASKED in page
    assert ANSWERED in page


def test_nobody_without_the_secret_answers(client, asked):
    other = ReportFactory()
    for address in (f"{asked.get_absolute_url()}jawaban/", f"{asked.get_absolute_url()}jawaban/?kunci={other.secret}"):
        assert client.post(address, {"jawaban": ANSWERED}).status_code == 404
    assert status_of(asked) == Status.NEEDS_INFO


def test_an_empty_answer_comes_back_with_an_error(client, asked):
    response = client.post(own(asked, "jawaban/"), {"jawaban": "\u200b "})
    assert response.status_code == 422
    assert "Tulis jawaban Anda." in response.content.decode()
    assert status_of(asked) == Status.NEEDS_INFO


def test_an_answer_that_comes_too_late_is_told_so(client, asked, officer):
    casework.withdraw_question(asked.pk, role=Role.OFFICER, actor=officer)
    page = client.post(own(asked, "jawaban/"), {"jawaban": ANSWERED}, follow=True).content.decode()
    assert "Tidak ada pertanyaan yang menunggu jawaban." in page
    assert not Question.objects.get().answer


def test_the_mail_has_the_question_and_the_own_link(toy_city, officer, django_capture_on_commit_callbacks):
    report = ReportFactory(reporter_contact="siti@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        casework.ask(report.pk, ASKED, role=Role.OFFICER, actor=officer)
    assert ASKED in mail.outbox[0].body
    assert f"?kunci={report.secret}" in mail.outbox[0].body


def test_a_question_stops_waiting_when_the_report_moves_on(asked, officer):
    casework.finish(asked.pk, no_photo_reason="gelap", actor=officer)
    assert Question.objects.get().closed_at is not None


def test_taking_back_the_step_after_a_question_asks_it_again(asked, officer):
    transitions.change_status(asked.pk, Status.SCHEDULED, role=Role.OFFICER, actor=officer)
    transitions.take_back(asked.changes.last().pk, actor=officer)
    assert Question.objects.get().closed_at is None


def test_what_the_reporter_answered_is_not_taken_back(asked, officer):
    casework.answer_question(asked.pk, ANSWERED)
    with pytest.raises(NotAllowed, match="pelapor"):
        transitions.take_back(asked.changes.last().pk, actor=officer)


def test_the_desk_asks_and_withdraws(desk_client, toy_city):
    report = ReportFactory()
    client = desk_client(make_officer())
    client.post(f"/petugas/{report.code}/tanya/", {"text": ASKED})
    assert status_of(report) == Status.NEEDS_INFO
    client.post(f"/petugas/{report.code}/tarik-pertanyaan/")
    assert status_of(report) == Status.FORWARDED


def test_the_plain_status_form_does_not_ask(desk_client, toy_city):
    report = ReportFactory()
    response = desk_client(make_officer()).post(f"/petugas/{report.code}/status/", {"status": "needs_info"})
    assert response.status_code == 422
