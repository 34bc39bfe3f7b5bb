"""What the load writes: the same each time, and nothing that the real writers would not have written."""

import re
from datetime import UTC, date, datetime
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db.models import Count, Exists, F, OuterRef, Q

from geo_reports import routing
from geo_reports.demo import load, phrases
from geo_reports.models import (
    Appeal,
    Assignment,
    Category,
    ModerationDecision,
    Note,
    Photo,
    Question,
    ReopenRequest,
    Reply,
    Report,
    ResponseTarget,
    RoutingRule,
    StatusChange,
)
from geo_reports.routing import versions
from geo_reports.workflow import CLOSED, OPEN, Role, Status, is_allowed
from tests import factories, ready_made
from tests.geo_reports.demo.replay import Replay, facts

UNTIL = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
TURN = date(2025, 6, 1)
KEYS = {"merged_into_id", "undoes_id", "decision_id", "photo_id", "change_id", "before"}
ONCE = {"id", "secret", "report_id", "assignment_id"} | KEYS

WRITTEN = (Report, Assignment, StatusChange, Reply, Photo, ModerationDecision, Appeal, Question, ReopenRequest, Note)


def seed(reports: int = 1500, number: int = 7) -> None:
    load.seed(reports, number, UNTIL, lambda progress: None)


def content() -> list[list[tuple]]:
    """Every column of every row, except keys that a sequence or the operating system gives."""
    return [
        sorted(
            model.objects.values_list(*(field.attname for field in model._meta.fields if field.attname not in ONCE)),
            key=str,
        )
        for model in WRITTEN
    ]


@pytest.fixture
def dated_city(db):
    _build_dated_city()


def _build_dated_city() -> None:
    """Garbage in the west changes hands in the middle of the demo."""
    factories.build_toy_city()
    RoutingRule.objects.filter(category="garbage", kecamatan=None).update(valid_to=TURN)
    RoutingRule.objects.create(category_id="garbage", agency_id="east", reason="sejak Juni", valid_from=TURN)
    versions.publish(author=None)


@pytest.fixture
def demo(db):
    """The rows; the files of the pictures are there only the first time."""
    ready_made.once("a demo in a dated city", _build_demo)


def _build_demo() -> None:
    _build_dated_city()
    seed()


def test_the_same_seed_gives_the_same_rows(toy_city):
    seed(300)
    first = content()
    call_command("remove_demo", stdout=StringIO())
    seed(300)
    assert content() == first


def test_another_seed_gives_other_rows(toy_city):
    seed(50)
    codes = set(Report.objects.values_list("code", flat=True))
    call_command("remove_demo", stdout=StringIO())
    seed(50, number=8)
    assert not codes & set(Report.objects.values_list("code", flat=True))


def test_every_history_is_a_legal_walk_that_ends_in_the_status(dated_city):
    seed(3000)
    reports = Report.objects.prefetch_related("changes__undoes")
    assert reports.count() == 3000
    for report in reports:
        steps = sorted(report.changes.all(), key=lambda step: step.pk)
        assert (steps[0].from_status, steps[0].to_status, steps[0].role) == ("", Status.WAITING, Role.REPORTER)
        assert steps[0].at == report.submitted_at
        for before, step in pairwise(steps):
            assert step.from_status == before.to_status
            assert before.at <= step.at <= UNTIL
            if step.undoes:
                assert step.undoes.from_status == step.to_status
            else:
                assert is_allowed(Status(step.from_status), Status(step.to_status), Role(step.role))
        assert steps[-1].to_status == report.status
        assert report.closed_at == (steps[-1].at if report.status in CLOSED else None)


@pytest.fixture
def replayed(db):
    """Makes the same report, written act by act by the real writers."""
    verifier, colleague = factories.make_verifier(), factories.make_verifier()
    return lambda original: Replay(original, verifier, colleague).run()


def uncommon() -> list[Report]:
    """A few reports of each status, those with most hand-overs first, and a few of each rare course of events."""
    demo = Report.objects.filter(is_demo=True)
    by_spells = demo.annotate(spells=Count("assignments")).order_by("-spells", "pk")
    courses = [by_spells.filter(status=status) for status in Status]
    courses += [
        demo.filter(changes__to_status="verified", changes__role="officer"),
        demo.filter(decisions__undone_at__isnull=False),
        demo.filter(decisions__appeal__outcome="overturned"),
        demo.filter(decisions__appeal__outcome="upheld"),
        demo.filter(visibility="confidential"),
        demo.filter(reopen_requests__photo__isnull=False),
        demo.filter(reopen_requests__photo=None, reopen_requests__isnull=False),
        demo.filter(questions__isnull=False),
        demo.filter(notes__isnull=False),
        demo.filter(changes__to_status__in=["confirmed", "archived"], changes__role="system"),
    ]
    found = {report.pk: report for course in courses for report in course.distinct()[:8]}
    assert all(course.exists() for course in courses[len(Status) :])
    return list(found.values())


def test_the_single_writers_would_have_written_the_same(dated_city, replayed):
    for step in ("verify", "respond", "resolve", "inform", "confirm"):
        ResponseTarget.objects.create(step=step, working_days=10)
    seed(3000)
    originals = uncommon()
    assert len(originals) > 120
    for original in originals:
        assert facts(replayed(original)) == facts(original), original.code


def test_every_status_but_the_shortest_lived_occurs(demo):
    found = set(Report.objects.values_list("status", flat=True))
    assert set(map(str, Status)) - found <= {Status.WAITING, Status.VERIFIED, Status.NEEDS_INFO, Status.REOPENED}


def test_what_is_done_is_shown_or_says_why_not(demo):
    done = StatusChange.objects.filter(to_status=Status.DONE)
    shown = Exists(Photo.objects.filter(report=OuterRef("report"), kind="after", created_at=OuterRef("at")))
    with_photo = done.filter(no_photo_reason="")
    assert not with_photo.exclude(shown).exists()
    assert not done.exclude(no_photo_reason="").filter(shown).exists()
    assert 0.3 < with_photo.count() / done.count() < 0.8
    assert done.exclude(no_photo_reason="").values("no_photo_reason").distinct().count() > 5


def test_what_is_not_done_says_why(demo):
    assert not StatusChange.objects.filter(to_status__in=["not_ours", "declined"], note="").exists()


def test_points_are_placed_as_postgis_places_them(demo):
    before = Report.objects.filter(point__isnull=False).count()
    assert before > 1300
    assert routing.replace_all() == 0
    assert not Report.objects.filter(placement="point", kelurahan=None).exists()


def test_sensitive_reports_show_the_anchor_of_their_kelurahan(demo):
    hidden = Report.objects.filter(category="social", point__isnull=False)
    assert hidden.exists()
    for report in hidden:
        assert report.public_point.equals_exact(factories.centre_of(report.kelurahan_id))
    assert not Report.objects.exclude(category="social").exclude(Q(point=None) | Q(public_point=F("point"))).exists()


def test_the_rules_of_the_day_decide(demo):
    by_rule = Assignment.objects.filter(started_at=F("report__submitted_at"), report__category="garbage")
    west = by_rule.filter(report__kecamatan="99.02")
    turn = datetime(2025, 5, 31, 17, tzinfo=UTC)
    assert set(west.filter(started_at__lt=turn).values_list("agency", flat=True)) == {"clean"}
    assert set(west.filter(started_at__gte=turn).values_list("agency", flat=True)) == {"east"}


def test_one_current_spell_names_the_agency_of_the_report(demo):
    current = Assignment.objects.filter(ended_at=None)
    assert current.count() == Report.objects.exclude(agency=None).count() > 1400
    assert not current.exclude(agency=F("report__agency")).exists()
    assert Report.objects.annotate(spells=Count("assignments")).filter(spells=2).count() > 20


def test_a_report_without_any_rule_waits_for_a_person(toy_city, replayed):
    RoutingRule.objects.filter(category="social").delete()
    versions.publish(author=None)
    seed(400)
    unassigned = Report.objects.filter(category="social", agency=None)
    assert set(unassigned.values_list("status", flat=True)) <= {
        "waiting",
        "verified",
        "withheld",
        "merged",
        "needs_info",
        "archived",
    }
    assert not Assignment.objects.filter(report__in=unassigned).exists()
    for original in unassigned:
        assert original.undecided["verdict"] == "nobody"
        assert facts(replayed(original)) == facts(original)


def test_a_realistic_share_is_open_and_the_rest_is_closed(demo):
    share = Report.objects.filter(status__in=sorted(OPEN)).count() / Report.objects.count()
    assert 0.1 < share < 0.4
    assert Report.objects.filter(visibility="withheld", status="withheld").exclude(withheld_reason="").exists()
    assert Report.objects.filter(placement="chosen", point=None, kelurahan__isnull=False).exists()
    assert Report.objects.filter(placement="none", kelurahan=None).exists()


def test_floods_come_with_the_rains(toy_city):
    Category.objects.filter(pk="garbage").update(icon="drain")
    seed(1500)
    floods = Report.objects.filter(category="garbage")
    wet = floods.filter(submitted_at__month__in=(12, 1, 2)).count()
    assert wet > 2 * floods.filter(submitted_at__month__in=(6, 7, 8)).count()


def test_texts_are_varied_and_hold_no_number_to_call(demo):
    texts = list(Report.objects.values_list("text", flat=True))
    assert len(set(texts)) > 0.9 * len(texts)
    assert all(10 <= len(text) <= 500 and "{" not in text for text in texts)
    assert not any(re.search(r"\d{5}", text) for text in texts)
    assert not Report.objects.exclude(reporter_contact="").exists()


def test_every_main_theme_has_a_dozen_problems_and_an_answer_to_each_question():
    themes = phrases.load().themes
    for problem in (problem for theme in themes.values() for problem in theme.problems):
        assert problem.answers, problem.text
        assert problem.results, problem.text
        assert all(problem.notes[kind] for kind in ("scheduled", "in_progress", "done", "reopened")), problem.text
    assert all(len(themes[name].problems) >= 12 for name in ("pothole", "lamp", "garbage", "traffic", "drain", "tree"))


def test_codes_of_real_reports_are_left_alone(toy_city):
    seed(1)
    code = Report.objects.get().code
    call_command("remove_demo", stdout=StringIO())
    factories.ReportFactory(code=code)
    seed(1)
    assert Report.objects.filter(code=code, is_demo=False).count() == 1
    assert Report.objects.filter(is_demo=True).exclude(code=code).count() == 1


def test_published_reports_share_a_few_labelled_pictures(dated_city):
    seed()
    photos = Photo.objects.filter(kind="before")
    published = Report.objects.filter(visibility="published").count()
    assert 0.5 < photos.count() / published < 0.7
    assert photos.values("image").distinct().count() < 20
    assert not Photo.objects.exclude(report__visibility="published").exists()
    photo = photos.first()
    with photo.image.open() as image, photo.thumbnail.open() as thumbnail:
        assert image.read(2) == thumbnail.read(2) == b"\xff\xd8"
