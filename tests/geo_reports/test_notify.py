"""Who is told what: the reporter, by mail, through the worker."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from geo_reports import notify
from geo_reports.transitions import change_status
from geo_reports.workflow import Role, Status
from tests.factories import ReportFactory


@pytest.fixture
def told(toy_city, django_capture_on_commit_callbacks):
    """Move a report and return the mails that followed."""

    def move(**fields):
        report = ReportFactory(**fields)
        with django_capture_on_commit_callbacks(execute=True):
            change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, note="Tim di lokasi")
        return report, mail.outbox

    return move


def test_a_reporter_with_an_address_is_told_with_the_private_link(told):
    report, sent = told(reporter_contact="siti@example.org")
    assert sent[0].to == ["siti@example.org"]
    assert report.code in sent[0].subject
    assert "Diproses" in sent[0].subject
    assert f"?kunci={report.secret}" in sent[0].body
    assert "Tim di lokasi" in sent[0].body


@pytest.mark.parametrize("contact", ["", "0811-1272-206", "bukan alamat", "a@b\nBcc: x@example.org"])
def test_without_a_mail_address_nothing_is_sent(told, contact):
    _report, sent = told(reporter_contact=contact)
    assert sent == []


def test_the_queue_carries_an_id_and_nothing_personal(toy_city, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    report = ReportFactory(reporter_contact="siti@example.org")
    change = report.changes.get()
    notify.queue_mail(None, change_id=change.pk)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [change.pk], "kwargs": {}}


def test_an_address_removed_before_the_worker_came_gets_no_mail(toy_city):
    report = ReportFactory(reporter_contact="")
    notify.tell_reporter.call(report.changes.get().pk)
    assert mail.outbox == []
