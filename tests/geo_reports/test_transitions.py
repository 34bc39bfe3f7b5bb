"""The only writer of a status: the table is kept, history grows, clocks stop once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from geo_reports import casework, transitions
from geo_reports.locks import locked
from geo_reports.models import Report, RoutingRule, StatusChange
from geo_reports.transitions import NotAllowed, answer, ask, change_status, complete
from geo_reports.workflow import Role, Status
from tests.factories import NOON, ReportFactory, build_toy_city

LATER = NOON + timedelta(days=2)


def spell(report: Report):
    return report.assignments.get(ended_at=None)


def test_a_move_changes_the_row_and_appends_to_the_history(toy_city, officer):
    report = ReportFactory()
    fresh = change_status(
        report.pk, Status.IN_PROGRESS, role=Role.OFFICER, actor=officer, note="Tim berangkat", at=LATER
    )
    assert fresh.status == Status.IN_PROGRESS
    last = report.changes.last()
    assert (last.from_status, last.to_status, last.note, last.actor, last.at) == (
        "forwarded",
        "in_progress",
        "Tim berangkat",
        officer,
        LATER,
    )
    assert last.assignment == spell(report)


def test_a_move_that_the_table_lacks_is_refused_and_writes_nothing(toy_city):
    report = ReportFactory(status=Status.WAITING)
    with pytest.raises(NotAllowed, match="Menunggu verifikasi"):
        change_status(report.pk, Status.DONE, role=Role.OFFICER)
    report.refresh_from_db()
    assert report.status == Status.WAITING
    assert report.changes.count() == 1


def test_an_officer_cannot_work_on_what_was_never_forwarded(toy_city):
    report = ReportFactory(status=Status.NEEDS_INFO, forwarded_at=None)
    with pytest.raises(NotAllowed, match="belum diteruskan"):
        change_status(report.pk, Status.DONE, role=Role.OFFICER)


def test_forwarding_starts_the_clock_once(toy_city):
    report = ReportFactory(status=Status.WAITING)
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=LATER)
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=LATER + timedelta(days=1))
    fresh = change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=LATER + timedelta(days=2))
    assert fresh.forwarded_at == LATER


def test_the_first_response_counts_and_later_ones_change_nothing(toy_city):
    report = ReportFactory()
    change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, at=LATER)
    complete(report.pk, has_photo=True, at=LATER + timedelta(days=5))
    current = spell(report)
    assert (current.responded_at, current.completed_at) == (LATER, LATER + timedelta(days=5))


def test_what_a_verifikator_does_is_no_response_of_the_agency(toy_city):
    report = ReportFactory()
    ask(report.pk, "Di sisi mana?", role=Role.VERIFIER, at=LATER)
    assert spell(report).responded_at is None


def test_an_answer_is_a_public_reply_and_a_first_response(toy_city, officer):
    report = ReportFactory()
    fresh = answer(report.pk, "Kami jadwalkan pekan depan.", actor=officer, at=LATER)
    reply = report.replies.get()
    assert (fresh.status, reply.agency_id, reply.author) == (Status.ANSWERED, "roads", officer)
    assert spell(report).responded_at == LATER


def test_a_second_answer_adds_a_reply_without_a_status_change(toy_city):
    report = ReportFactory()
    answer(report.pk, "Kami jadwalkan pekan depan.")
    answer(report.pk, "Besok pagi dikerjakan.")
    assert report.replies.count() == 2
    assert report.changes.filter(to_status=Status.ANSWERED).count() == 1


def test_closing_and_reopening_set_and_clear_the_end(toy_city):
    report = ReportFactory()
    done = complete(report.pk, has_photo=True, at=LATER)
    assert done.closed_at == LATER
    assert change_status(report.pk, Status.REOPENED, role=Role.REPORTER).closed_at is None


def test_a_report_without_agency_cannot_be_answered(toy_city):
    RoutingRule.objects.all().delete()
    report = ReportFactory(agency_id=None)
    with pytest.raises(NotAllowed, match="belum mempunyai SKPD"):
        answer(report.pk, "Kami jadwalkan pekan depan.")


def test_listeners_hear_of_a_change_after_it_is_written(toy_city, django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, change_id, **kwargs):
        heard.append(StatusChange.objects.get(pk=change_id).to_status)

    report = ReportFactory()
    transitions.status_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER)
    finally:
        transitions.status_changed.disconnect(listen)
    assert heard == [Status.IN_PROGRESS]


@contextmanager
def in_other_hands(report: Report) -> Iterator[None]:
    """Somebody else acts on this report; whoever would have to wait for that gets an error soon."""
    crowd = ThreadPoolExecutor(1)

    def take_hold():
        transaction.set_autocommit(False)
        locked(report.pk)

    def let_go():
        transaction.rollback()
        connection.close()

    crowd.submit(take_hold).result()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        yield
    finally:
        crowd.submit(let_go).result()
        crowd.shutdown()
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_wait_for_each_other():
    """The second writer sees the first one's status and is refused, instead of overwriting it."""
    build_toy_city()
    report = ReportFactory()
    with in_other_hands(report), pytest.raises(OperationalError, match="lock timeout"):
        change_status(report.pk, Status.DONE, role=Role.OFFICER)


@pytest.mark.django_db(transaction=True)
def test_work_on_a_part_does_not_wait_for_whoever_works_on_the_whole():
    """It would else be a deadlock as soon as the whole is merged with its part."""
    build_toy_city()
    whole = ReportFactory()
    part = ReportFactory(part_of=whole)
    with in_other_hands(whole):
        assert change_status(part.pk, Status.IN_PROGRESS, role=Role.OFFICER).status == Status.IN_PROGRESS


def test_an_officer_cannot_work_on_what_was_given_back(toy_city, verifier):
    report = ReportFactory()
    casework.give_back(report.pk, reason="bukan bidang kami", actor=verifier)
    ask(report.pk, "Di sebelah mana?", role=Role.VERIFIER)
    with pytest.raises(NotAllowed, match="belum diteruskan"):
        change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER)
