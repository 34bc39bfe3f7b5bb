"""What the desk, reporters and timers have done in the invented data, beyond the statuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.gis.db.models.functions import Distance
from django.db.models import F
from django.utils import timezone

from geo_reports.casework.replies import unknown_variables
from geo_reports.demo import histories, load, templates
from geo_reports.demo.targets import Step, Targets
from geo_reports.models import (
    Agency,
    Appeal,
    Category,
    ModerationDecision,
    Note,
    Photo,
    Question,
    ReopenRequest,
    ReplyTemplate,
    Report,
    ResponseTarget,
    StatusChange,
)
from geo_reports.moderation import APPEAL_DAYS
from geo_reports.workflow import OPEN
from geo_reports.worktime import working_days_between
from tests import factories, ready_made

UNTIL = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAYS = 10


@pytest.fixture
def demo(db):
    ready_made.once("a desk at work", _build)


def _build() -> None:
    factories.build_toy_city()
    for step in ResponseTarget.Step.values:
        ResponseTarget.objects.create(step=step, working_days=DAYS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(histories, "PLEA_SHARE", 0.1)
        load.seed(3000, 7, UNTIL, lambda progress: None)


def waited(change: StatusChange) -> int:
    """Working days between a timer's step and the one before it."""
    before = change.report.changes.filter(pk__lt=change.pk).last()
    return working_days_between(timezone.localdate(before.at), timezone.localdate(change.at), set())


def test_who_stays_silent_has_agreed_after_the_working_days_of_the_target(demo):
    by_timer = StatusChange.objects.filter(to_status="confirmed", role="system")
    assert by_timer.count() > 100
    assert {waited(change) for change in by_timer} == {DAYS + 1}
    assert set(by_timer.values_list("note", flat=True)) == {"Otomatis: tidak ada keberatan dari pelapor."}
    assert StatusChange.objects.filter(to_status="confirmed", role="reporter").exists()


def test_an_unanswered_question_ends_in_the_archive(demo):
    archived = StatusChange.objects.filter(to_status="archived", role="system")
    assert archived.count() > 5
    assert {waited(change) for change in archived} == {DAYS + 1}
    assert set(archived.values_list("from_status", flat=True)) == {"needs_info"}


def test_a_question_is_open_exactly_while_its_report_waits(demo):
    assert set(Question.objects.filter(closed_at=None).values_list("report", flat=True)) == set(
        Report.objects.filter(status="needs_info").values_list("pk", flat=True)
    )
    assert Question.objects.exclude(answer="").filter(answered_at=F("closed_at")).count() > 20
    assert StatusChange.objects.filter(to_status="needs_info").count() == Question.objects.count()


def test_a_duplicate_joins_an_earlier_report_nearby_of_the_same_category(demo):
    merged = Report.objects.filter(status="merged")
    assert merged.count() > 30
    assert set(merged) == set(Report.objects.exclude(merged_into=None))
    apart = merged.filter(category=F("merged_into__category"), submitted_at__gte=F("merged_into__submitted_at"))
    assert apart.count() == merged.count()
    assert not merged.exclude(merged_into__merged_into=None).exists()
    assert not merged.exclude(merged_into__visibility="published").exists()
    pinned = merged.exclude(point=None).exclude(merged_into__point=None)
    metres = [report.apart.m for report in pinned.annotate(apart=Distance("point", "merged_into__point"))]
    assert max(metres) < 150


def test_what_is_confidential_is_nowhere_shown(demo):
    wanted = Report.objects.filter(wants_confidential=True)
    assert not wanted.filter(visibility__in=["pending", "published"]).exists()
    assert not Photo.objects.filter(report__visibility="confidential").exists()
    share = {}
    for is_sensitive in (True, False):
        of_kind = Report.objects.filter(category__is_sensitive=is_sensitive)
        share[is_sensitive] = of_kind.filter(wants_confidential=True).count() / of_kind.count()
    assert share[True] > 5 * share[False] > 0


def test_some_ask_for_information_or_propose_something(demo):
    kinds = {kind: Report.objects.filter(kind=kind) for kind in Report.Kind.values}
    assert kinds["complaint"].count() > 2500
    assert all(reports.exists() for reports in kinds.values())
    told = kinds["aspiration"].filter(text__iregex="usul|musrenbang|rencana|rutin").count()
    assert told > 0.6 * kinds["aspiration"].count()


def test_every_report_that_was_checked_has_a_decision(demo):
    checked = Report.objects.exclude(visibility="pending").exclude(visibility="confidential", status="waiting")
    in_force = ModerationDecision.objects.filter(undone_at=None)
    asked = checked.filter(status__in=["needs_info", "archived", "verified", "merged"])
    assert set(checked) - set(asked) <= set(Report.objects.filter(decisions__in=in_force))
    assert in_force.filter(kind="withhold").exclude(report__visibility="withheld").count() == 0
    undone = ModerationDecision.objects.exclude(undone_at=None)
    assert undone.count() > 5
    assert not undone.filter(undone_at__lt=F("at")).exists()


def test_objections_are_few_in_time_and_answered_with_a_reason(demo):
    found = Appeal.objects.select_related("decision")
    assert {appeal.outcome for appeal in found} >= {"upheld", "overturned"}
    assert not [one for one in found if one.at - one.decision.at > timedelta(days=APPEAL_DAYS)]
    assert not Appeal.objects.exclude(outcome="pending").filter(note="").exists()
    shown = Report.objects.filter(decisions__appeal__outcome="overturned")
    assert not shown.filter(visibility="withheld").exists()


def test_a_request_to_reopen_comes_with_a_photo_that_is_hidden_until_accepted(demo):
    by_public = ReopenRequest.objects.exclude(photo=None)
    assert {request.outcome for request in by_public} == {"pending", "accepted", "declined"}
    assert not by_public.filter(outcome="accepted", photo__is_hidden=True).exists()
    assert not by_public.exclude(outcome="accepted").filter(photo__is_hidden=False).exists()
    assert not ReopenRequest.objects.filter(outcome="declined", note="").exists()
    assert not by_public.filter(outcome="pending", report__status__in=sorted(OPEN)).exists()


def test_what_is_reopened_goes_through_the_verifikator(demo):
    after = set()
    for change in StatusChange.objects.filter(to_status="reopened"):
        following = change.report.changes.filter(pk__gt=change.pk).first()
        after.add((following.to_status, following.role) if following else None)
    assert after <= {("forwarded", "verifier"), None}
    assert ("forwarded", "verifier") in after


def test_what_an_skpd_gives_back_goes_to_another(demo):
    given_back = StatusChange.objects.filter(to_status="verified", role="officer")
    assert given_back.count() > 10
    for change in given_back:
        assert change.note
        assert change.assignment.ended_at == change.at
        following = change.report.assignments.filter(pk__gt=change.assignment_id).first()
        assert following is None or following.agency_id != change.assignment.agency_id


def test_what_is_not_the_citys_names_its_owner(demo):
    owned = StatusChange.objects.filter(to_status="not_ours")
    assert owned.count() > 5
    assert all(change.owner and change.owner in change.note for change in owned)


def test_an_agency_outside_the_city_is_named_as_the_owner(toy_city, monkeypatch):
    Agency.objects.create(slug="pln", short_name="PLN", name="Perusahaan Listrik", kind="utility")
    Category.objects.filter(pk="pothole").update(icon="lamp")
    load.seed(2000, 7, UNTIL, lambda progress: None)
    owned = StatusChange.objects.filter(to_status="not_ours", owner="Perusahaan Listrik")
    assert owned.exists()
    assert all("Perusahaan Listrik" in change.note for change in owned)


def test_the_desk_leaves_notes_on_open_reports(demo):
    assert Note.objects.filter(report__status__in=sorted(OPEN)).count() == Note.objects.count() > 20
    assert not Note.objects.filter(at__gt=UNTIL).exists()


def test_ready_answers_use_known_variables_and_fit_the_categories(demo):
    assert not [one.title for one in ReplyTemplate.objects.all() if unknown_variables(one.text)]
    assert set(ReplyTemplate.objects.exclude(category=None).values_list("category", flat=True)) == {
        "pothole",
        "garbage",
    }
    assert ReplyTemplate.objects.filter(is_demo=True).count() == len(templates.load()) >= 8
    templates.write()
    assert ReplyTemplate.objects.count() == len(templates.load())


def test_the_target_of_the_category_counts_before_that_of_the_kind(toy_city):
    for category, kind, days in ((None, "", 1), (None, "information", 2), ("pothole", "", 3)):
        ResponseTarget.objects.create(step="confirm", category_id=category, kind=kind, working_days=days)
    targets, on = Targets.of(ResponseTarget.objects.all()), UNTIL.date()
    asked = [("garbage", "complaint"), ("garbage", "information"), ("pothole", "information")]
    assert [targets.working_days(Step.CONFIRM, *what, on) for what in asked] == [1, 2, 3]
    assert targets.working_days(Step.INFORM, "pothole", "complaint", on) is None
