"""Until when a spell is completed in time: what stays after the report itself has no due date any more."""

from datetime import date, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from geo_reports import casework, deadlines, routing
from geo_reports.models import Agency, Assignment, Category, Holiday, Report, ResponseTarget
from geo_reports.transitions import answer, ask, change_status, complete, take_back
from geo_reports.workflow import Role, Status
from tests.factories import ReportFactory, make_verifier

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")


def march(day: int, hour: int = 9) -> datetime:
    """March 2025: the 3rd, 10th, 17th and 24th are Mondays."""
    return datetime(2025, 3, day, hour, 0, tzinfo=WIB)


@pytest.fixture
def target(toy_city):
    """Ten working days to resolve: from Monday the 3rd until Monday the 17th."""
    return ResponseTarget.objects.create(step="resolve", working_days=10)


def forwarded(day: int = 3) -> Report:
    report = ReportFactory(status=Status.WAITING, visibility="pending", submitted_at=march(day, 8))
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=march(day))
    return report


def dates(report: Report) -> list[date | None]:
    """The dates of the spells, oldest first."""
    return list(report.assignments.order_by("started_at", "pk").values_list("due_on", flat=True))


def test_before_the_forwarding_there_is_no_date(target):
    report = ReportFactory(status=Status.WAITING, submitted_at=march(3))
    deadlines.update([report.pk])
    assert dates(report) == [None]


def test_the_date_is_there_from_the_forwarding_on_and_is_that_of_the_desk(target):
    report = forwarded()
    assert dates(report) == [date(2025, 3, 17)]
    answer(report.pk, "Kami jadwalkan.", at=march(4))
    report.refresh_from_db()
    assert report.due_on == date(2025, 3, 17)


def test_the_date_stays_when_the_report_is_settled(target):
    report = forwarded()
    complete(report.pk, has_photo=True, at=march(20))
    report.refresh_from_db()
    assert (report.due_on, dates(report)) == (None, [date(2025, 3, 17)])


def test_holidays_move_it(target):
    for day in (10, 11, 12):
        Holiday.objects.create(date=date(2025, 3, day), name="Libur", kind=Holiday.Kind.NATIONAL)
    assert dates(forwarded()) == [date(2025, 3, 20)]


def test_an_answered_question_gives_its_days_back(target):
    report = forwarded()
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(5))
    assert dates(report) == [None]
    change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=march(7))
    complete(report.pk, has_photo=True, at=march(19))
    assert dates(report) == [date(2025, 3, 19)]


def test_what_is_asked_after_the_date_had_passed_does_not_hide_that(target):
    report = forwarded()
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(18))
    assert dates(report) == [date(2025, 3, 17)]


def test_a_completion_out_of_a_question_counts_its_days(target):
    report = forwarded()
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(13))
    complete(report.pk, has_photo=True, at=march(18))
    assert dates(report) == [date(2025, 3, 20)]


def test_each_agency_has_its_own_date(target):
    report = forwarded()
    clean = Agency.objects.get(pk="clean")
    casework.hand_over(report.pk, clean, role=Role.OFFICER, reason="bukan jalan", actor=None, at=march(10))
    assert dates(report) == [date(2025, 3, 17), date(2025, 3, 24)]


def test_what_was_given_back_keeps_the_date_of_that_spell_and_nobody_has_another(target):
    report = forwarded()
    casework.give_back(report.pk, reason="bukan bidang kami", actor=make_verifier(), at=march(10))
    assert dates(report) == [date(2025, 3, 17)]
    assert report.assignments.get().ended_at == march(10)


def test_a_report_that_is_reopened_keeps_the_date_of_its_first_completion(target):
    report = forwarded()
    complete(report.pk, has_photo=True, at=march(14))
    change_status(report.pk, Status.REOPENED, role=Role.REPORTER, at=march(20))
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=march(21))
    assert dates(report) == [date(2025, 3, 17)]


def test_an_answer_that_the_reporter_does_not_accept_starts_a_new_clock_as_at_the_desk(target):
    report = forwarded()
    answer(report.pk, "Sudah kami lihat.", at=march(4))
    change_status(report.pk, Status.REOPENED, role=Role.REPORTER, at=march(10))
    assert dates(report) == [None]
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=march(10))
    assert dates(report) == [date(2025, 3, 24)]


def test_an_undone_completion_leaves_the_date(target):
    report = forwarded()
    complete(report.pk, has_photo=True, at=march(6))
    take_back(report.changes.last().pk, actor=make_verifier(), at=march(7))
    assert dates(report) == [date(2025, 3, 17)]
    assert report.assignments.get().completed_at is None


def test_the_target_of_the_day_on_which_the_clock_started_counts(target):
    ResponseTarget.objects.filter(pk=target.pk).update(valid_to=date(2025, 3, 5))
    ResponseTarget.objects.create(step="resolve", working_days=1, valid_from=date(2025, 3, 5))
    assert dates(forwarded(4)) == [date(2025, 3, 18)]
    assert dates(forwarded(5)) == [date(2025, 3, 6)]


def test_another_category_has_another_date(target):
    ResponseTarget.objects.create(category_id="social", step="resolve", working_days=2)
    report = forwarded()
    routing.correct(report.pk, category=Category.objects.get(pk="social"), at=march(4))
    assert dates(report)[-1] == date(2025, 3, 6)


def test_without_a_target_there_is_no_date(toy_city):
    assert dates(forwarded()) == [None]


def test_the_past_is_computed_again_only_when_asked(target):
    report = forwarded()
    complete(report.pk, has_photo=True, at=march(18))
    Holiday.objects.create(date=date(2025, 3, 10), name="Libur susulan", kind=Holiday.Kind.NATIONAL)
    call_command("recompute_deadlines")
    assert dates(report) == [date(2025, 3, 17)]
    call_command("recompute_deadlines", settled=True)
    assert dates(report) == [date(2025, 3, 18)]


def test_the_migration_fills_in_what_the_rule_would_have_written(target):
    migration = import_module("geo_reports.migrations.0019_spell_due_dates")
    late, asked, given_back = forwarded(), forwarded(), forwarded()
    complete(late.pk, has_photo=True, at=march(20))
    ask(asked.pk, "Di mana?", role=Role.OFFICER, at=march(5))
    casework.give_back(given_back.pk, reason="bukan kami", actor=make_verifier(), at=march(10))
    written = dict(Assignment.objects.values_list("pk", "due_on"))
    Assignment.objects.update(due_on=None)
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
    assert dict(Assignment.objects.values_list("pk", "due_on")) == written
