"""Whether the invented data is believable: pace of the desk, hand-overs, answers that fit the question."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from django.db.models import Min
from django.utils import timezone

from geo_reports.demo import load
from geo_reports.demo.calendar import Calendar
from geo_reports.demo.neighbours import Neighbours
from geo_reports.demo.phrases import load as load_phrases
from geo_reports.models import Agency, Assignment, Category, Reply, Report, RoutingRule, StatusChange
from tests import factories, ready_made

UNTIL = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday, 15.00 WIB
WEEKEND_MORNING = datetime(2026, 2, 28, 0, 0, tzinfo=UTC)  # a Saturday, 07.00 WIB
HOUR_S = 3600


def seed(reports: int) -> None:
    load.seed(reports, 7, UNTIL, lambda progress: None)


@pytest.fixture
def demo(db):
    ready_made.once("a believable demo", _build)


def _build() -> None:
    factories.build_toy_city()
    seed(2000)


def waits() -> list[tuple[datetime, datetime]]:
    """When each report came in, on the city's clock, and when the desk had decided (the end, if not yet)."""
    first = StatusChange.objects.filter(from_status="waiting").values("report").annotate(at=Min("at"))
    decided = dict(first.values_list("report", "at"))
    submitted = Report.objects.values_list("pk", "submitted_at")
    return [(timezone.localtime(at), timezone.localtime(decided.get(pk, UNTIL))) for pk, at in submitted]


def test_the_desk_takes_hours_and_seldom_days(demo):
    hours = sorted((decided - submitted).total_seconds() / HOUR_S for submitted, decided in waits())
    assert 3 < median(hours) < 5
    assert 24 < hours[int(0.95 * len(hours))] < 60


def test_in_the_afternoon_a_third_of_the_newest_reports_is_pending(demo):
    pending = []
    for submitted, decided in waits():
        # The newest twenty of a city with a report every forty minutes reach back thirteen hours.
        afternoon = submitted.replace(hour=15, minute=0) + timedelta(days=submitted.hour >= 15)
        if afternoon - submitted < timedelta(hours=13):
            pending.append(decided > afternoon)
    assert len(pending) > 500
    assert 0.25 < sum(pending) / len(pending) < 0.45


def test_the_desk_works_by_day_only(demo):
    by_desk = StatusChange.objects.filter(role="verifier")
    hours = {timezone.localtime(step.at).hour for step in by_desk}
    assert hours <= set(range(7, 21))


@pytest.mark.parametrize(("work_h", "later_h"), [(3, 3), (13, 13), (14, 24), (20, 30), (42, 72)])
def test_a_manned_desk_counts_only_its_own_hours(work_h, later_h):
    calendar = Calendar.around(UNTIL, set())
    morning = int(WEEKEND_MORNING.timestamp())
    assert calendar.desk_after(morning, work_h * HOUR_S) == morning + later_h * HOUR_S


def test_what_comes_at_night_waits_for_the_morning():
    calendar = Calendar.around(UNTIL, set())
    morning = int(WEEKEND_MORNING.timestamp())
    assert calendar.desk_after(morning - 5 * HOUR_S, HOUR_S) == morning + HOUR_S


@pytest.fixture
def offices(toy_city):
    """The toy city with agencies that the word list knows, and an office in the east."""
    for slug, kind in (("bpjn-banten", "national"), ("pln", "utility"), ("pu", "province"), ("kec-timur", "kecamatan")):
        home = "99.01" if kind == "kecamatan" else None
        Agency.objects.create(slug=slug, short_name=slug, name=slug, kind=kind, kecamatan_id=home)
    return Neighbours.of_city(list(Agency.objects.all()), list(RoutingRule.objects.all()))


def others(offices: Neighbours, theme: str, word: str, kecamatan: str, street: str) -> set[str]:
    theme_of = load_phrases().themes[theme]
    problem = next(problem for problem in theme_of.problems if word in problem.text)
    return {other.agency for other in offices.of("pothole", theme_of, problem, kecamatan, street)}


def test_roads_go_to_their_owners_and_alleys_to_the_office_of_the_place(offices):
    assert others(offices, "pothole", "lubang besar", "99.01", "jalan utama") == {"bpjn-banten", "pu"}
    assert others(offices, "pothole", "lubang besar", "99.01", "gang") == {"kec-timur"}
    assert others(offices, "pothole", "lubang besar", "99.02", "gang") == set()


def test_only_a_fitting_problem_goes_to_the_electricity_company(offices):
    assert "pln" in others(offices, "lamp", "padam", "99.02", "gang")
    assert "pln" not in others(offices, "lamp", "Kap lampu", "99.02", "gang")


def test_a_city_with_other_agencies_falls_back_on_its_rules(toy_city):
    strangers = Neighbours.of_city(list(Agency.objects.all()), list(RoutingRule.objects.all()))
    theme = load_phrases().themes["garbage"]
    found = {other.agency for other in strangers.of("garbage", theme, theme.problems[0], "99.01", "gang")}
    assert found == {"clean", "east"}


def test_a_hand_over_says_why_and_changes_the_agency(demo):
    spells = Assignment.objects.order_by("report", "pk")
    pairs = [(one, two) for one, two in pairwise(spells) if one.report_id == two.report_id]
    assert len(pairs) > 20
    assert all(one.agency_id != two.agency_id and two.reason for one, two in pairs)


def test_answers_fit_the_problem(toy_city):
    Category.objects.filter(pk="garbage").update(icon="sidewalk")
    seed(2500)
    about_tiles = Reply.objects.filter(report__category="garbage", text__icontains="ubin trotoar")
    assert about_tiles.exists()
    assert not about_tiles.exclude(report__text__iregex="ubin|rusak|rsk").exists()


def test_a_duplicate_is_about_the_same_problem_as_its_original(toy_city):
    Category.objects.filter(pk="garbage").update(icon="drain")
    seed(2500)
    floods = Report.objects.filter(text__iregex="banjir|bnjr")
    heads = set(floods.exclude(merged_into=None).values_list("merged_into", flat=True))
    assert len(heads) > 2
    assert floods.filter(pk__in=heads).count() == len(heads)


def test_greetings_suit_the_hour(demo):
    for report in Report.objects.filter(text__icontains="selamat pagi"):
        assert 4 <= timezone.localtime(report.submitted_at).hour < 11
