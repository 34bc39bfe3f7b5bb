"""Until when the next step has to be done, told as stories on the calendar of March 2025 (no holiday in it)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from geo_reports import casework, deadlines, routing
from geo_reports.models import (
    Agency,
    Assignment,
    Category,
    Holiday,
    Report,
    ResponseTarget,
    RoutingRule,
    StatusChange,
)
from geo_reports.routing import versions
from geo_reports.transitions import answer, ask, change_status, complete, take_back
from geo_reports.workflow import Role, Status
from geo_reports.worktime import add_working_days, working_days_between
from tests.factories import ReportFactory, make_verifier

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")
# March 2025: the 3rd, 10th, 17th and 24th are Mondays.
MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=WIB)


def march(day: int, hour: int = 9) -> datetime:
    return datetime(2025, 3, day, hour, 0, tzinfo=WIB)


@pytest.fixture
def targets(toy_city):
    for step, days in (("verify", 3), ("respond", 5), ("resolve", 14)):
        ResponseTarget.objects.create(step=step, working_days=days)


def waiting() -> Report:
    report = ReportFactory(status=Status.WAITING, visibility="pending", submitted_at=MONDAY)
    deadlines.update([report.pk])
    return report


def due(report: Report) -> tuple[str, date | None]:
    report.refresh_from_db()
    return report.due_step, report.due_on


def forwarded(at: datetime = MONDAY) -> Report:
    report = waiting()
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=at)
    return report


def test_a_new_report_is_to_be_verified_within_three_working_days(targets):
    assert due(waiting()) == ("verify", date(2025, 3, 6))


def test_forwarding_starts_the_clock_of_the_first_response(targets):
    assert due(forwarded(march(5))) == ("respond", date(2025, 3, 12))


def test_an_answer_leaves_the_date_by_which_it_must_be_resolved(targets):
    report = forwarded(march(5))
    answer(report.pk, "Kami jadwalkan pekan depan.", at=march(6))
    assert due(report) == ("resolve", date(2025, 3, 25))


def test_what_is_settled_has_no_due_date(targets):
    report = forwarded()
    complete(report.pk, has_photo=True, at=march(4))
    assert due(report) == ("", None)


def test_the_clock_stands_while_the_reporter_is_asked(targets):
    report = forwarded(march(5))
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(6))
    assert due(report) == ("", None)
    change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=march(13))
    # Asked on Thursday, answered a week later: five working days are given back.
    assert due(report) == ("resolve", date(2025, 4, 1))


def test_asking_and_answering_on_one_day_gives_nothing_back(targets):
    report = forwarded(march(5))
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=march(6, 9))
    change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=march(6, 15))
    assert due(report) == ("resolve", date(2025, 3, 25))


def test_time_at_a_wrong_agency_is_not_charged_to_the_next_one(targets):
    report = forwarded(march(3))
    clean = Agency.objects.get(pk="clean")
    casework.hand_over(report.pk, clean, role=Role.OFFICER, reason="bukan jalan", actor=None, at=march(10))
    assert due(report) == ("respond", date(2025, 3, 17))


def test_a_report_that_comes_back_is_to_be_verified_anew(targets):
    report = forwarded(march(3))
    casework.give_back(report.pk, reason="bukan bidang kami", actor=make_verifier(), at=march(10))
    assert due(report) == ("verify", date(2025, 3, 13))


def test_a_reopened_report_gives_the_agency_a_new_clock_once_it_is_forwarded_again(targets):
    report = forwarded(march(3))
    complete(report.pk, has_photo=True, at=march(4))
    change_status(report.pk, Status.REOPENED, role=Role.REPORTER, at=march(10))
    assert due(report) == ("verify", date(2025, 3, 13))
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=march(11))
    assert due(report) == ("respond", date(2025, 3, 18))


def test_an_undone_step_brings_the_old_date_back(targets):
    report = forwarded(march(5))
    change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, at=march(6))
    assert due(report) == ("resolve", date(2025, 3, 25))
    take_back(report.changes.last().pk, actor=make_verifier())
    assert due(report) == ("respond", date(2025, 3, 12))


def test_a_category_counts_before_a_kind_and_a_kind_before_the_general_rule(targets):
    ResponseTarget.objects.create(kind="information", step="respond", working_days=10)
    ResponseTarget.objects.create(category_id="garbage", step="respond", working_days=2)
    report = forwarded(march(3))
    routing.correct(report.pk, kind="information")
    assert due(report) == ("respond", date(2025, 3, 17))
    routing.correct(report.pk, category=report.category.__class__.objects.get(pk="garbage"))
    report.refresh_from_db()
    assert report.due_on == add_working_days(report.assignments.last().started_at.astimezone(WIB).date(), 2, ())


def test_the_target_of_the_day_on_which_the_clock_started_counts(targets):
    ResponseTarget.objects.filter(step="verify").update(valid_to=date(2025, 3, 10))
    ResponseTarget.objects.create(step="verify", working_days=1, valid_from=date(2025, 3, 10))
    assert due(waiting()) == ("verify", date(2025, 3, 6))
    later = ReportFactory(status=Status.WAITING, submitted_at=march(10))
    deadlines.update([later.pk])
    assert due(later) == ("verify", date(2025, 3, 11))


def test_a_late_evening_belongs_to_the_citys_day_not_to_greenwich(targets):
    report = ReportFactory(status=Status.WAITING, submitted_at=march(4, 1))  # still the 3rd in UTC
    deadlines.update([report.pk])
    assert due(report) == ("verify", date(2025, 3, 7))


def test_without_a_target_there_is_no_due_date(toy_city):
    assert due(waiting()) == ("", None)


def test_a_new_holiday_moves_all_open_dates(targets):
    report = waiting()
    Holiday.objects.create(date=date(2025, 3, 5), name="Libur daerah", kind=Holiday.Kind.NATIONAL)
    assert list(deadlines.update_open()) == [1]
    assert due(report) == ("verify", date(2025, 3, 7))


PAUSES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4)


@given(PAUSES, st.sets(st.integers(0, 60), max_size=15))
@hypothesis_settings(max_examples=30)
def test_pauses_add_exactly_their_working_days(targets, pauses, free):
    holidays = {MONDAY.date() + timedelta(days=number) for number in free}
    Holiday.objects.all().delete()
    Holiday.objects.bulk_create(Holiday(date=day, name="libur", kind=Holiday.Kind.NATIONAL) for day in holidays)
    report = forwarded(MONDAY)
    at, paused = MONDAY, 0
    for wait, length in pauses:
        asked, at = at + timedelta(days=wait, hours=1), at + timedelta(days=wait + length, hours=2)
        ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=asked)
        change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=at)
        paused += working_days_between(asked.astimezone(WIB).date(), at.astimezone(WIB).date(), holidays)
    step, target = ("resolve", 14) if pauses else ("respond", 5)
    assert due(report) == (step, add_working_days(MONDAY.date(), target + paused, holidays))
    for model in (StatusChange, Assignment, Report):
        model.objects.all().delete()


def test_what_no_agency_has_any_more_is_due_for_none(targets):
    report = forwarded(march(3))
    RoutingRule.objects.filter(category_id="garbage").delete()
    versions.publish(author=None)
    routing.correct(report.pk, category=Category.objects.get(pk="garbage"), at=march(4))
    report.refresh_from_db()
    assert (report.agency_id, report.status) == (None, Status.FORWARDED)
    assert due(report) == ("", None)
