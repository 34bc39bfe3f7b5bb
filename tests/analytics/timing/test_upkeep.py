"""Timing, folding, rebuilding and checking: whatever is done to reports, every answer is exact."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.models import Stale, TimeSum, Timing, TimingBuild
from analytics.timing import folding, rebuilding
from analytics.timing.checking import check
from analytics.timing.question import Question
from analytics.timing.reading import answer
from analytics.timing.slices import SLICES
from geo_reports.filters import ReportFilters
from geo_reports.models import Holiday, Report
from tests.factories import NOON, ReportFactory, build_toy_city, make_verifier
from tests.geo_reports.case_verbs import REFUSALS, VERBS, Town

CLOCKS = ("response", "completion", "confirmation", "response_days", "completion_days", "timeliness")
QUESTIONS = [
    ("spell", CLOCKS, "agency"),
    ("spell", CLOCKS, "month"),
    ("spell", ("came", "left"), "city"),
    ("whole", (*CLOCKS, "verification"), "kelurahan"),
    ("whole", ("reports", "unclocked"), "agency"),
    ("whole", ("reports",), "kecamatan"),
    ("whole", ("came", "left"), "agency"),
]
FILTERS = [
    ReportFilters(),
    ReportFilters(kategori=("pothole",)),
    ReportFilters(dari=date(2025, 3, 5)),
    ReportFilters(kecamatan=("99.01",), dari=date(2025, 2, 1), sampai=date(2025, 3, 31)),
]
EVERY_STATUS = ("open", "closed")


def counted(question: Question) -> list[tuple]:
    """Rows of key, measure, outcome, time and n, each time once."""
    found: Counter[tuple] = Counter()
    for each in answer(question):
        for time, n in zip(each.time.tolist(), each.n.tolist(), strict=True):
            found[each.key, each.measure, each.outcome, time] += n
    return [(*row, n) for row, n in found.items()]


def answers(**more) -> list[list[tuple]]:
    """All questions with all filters; with a status, which no sum knows, from the timed rows."""
    return [
        sorted(counted(Question(subject, measures, by, replaced(filters, **more), timezone.now())), key=str)
        for subject, measures, by in QUESTIONS
        for filters in FILTERS
    ]


@contextmanager
def days_later(days: float) -> Iterator[None]:
    """So long after the first report."""
    with patch.object(timezone, "now", lambda: NOON + timedelta(days=days)):
        yield


def replaced(filters: ReportFilters, **more) -> ReportFilters:
    return ReportFilters(**(vars(filters) | more))


def live(town: Town, acts: int) -> None:
    """So many things are done to reports; what is not allowed does not happen."""
    for _ in range(acts):
        try:
            with transaction.atomic():
                VERBS[town.dice.choice(sorted(VERBS))](town, town.dice.choice(town.reports))
        except REFUSALS:
            continue
        if town.dice.random() < 0.2:
            folding.fold(town.dice.randint(1, 5))


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), days=st.floats(5, 60))
def test_whatever_is_done_to_reports_every_answer_is_exact(toy_city, seed, days):
    with transaction.atomic(), days_later(days):
        reports = ReportFactory.create_batch(4, status="forwarded", agency_id="roads")
        live(Town([report.pk for report in reports], make_verifier(), Random(seed)), 30)  # noqa: S311
        Report.objects.filter(pk=reports[0].pk).update(kelurahan_id=None, visibility="published")
        before = answers()
        assert check().is_exact
        folding.fold_all()
        assert check().is_exact, check()
        assert not Stale.objects.exists()
        assert not TimeSum.objects.filter(n__lte=0).exists()
        assert answers() == before == answers(status=EVERY_STATUS)
        with days_later(days + 11.3):
            assert answers() == answers(status=EVERY_STATUS)
            assert check().is_exact
        transaction.set_rollback(True)


def test_what_is_asked_about_the_past_is_told_by_the_hour_too(toy_city):
    with days_later(30):
        ReportFactory(status="forwarded", submitted_at=NOON, agency_id="roads")
        folding.fold_all()
        asked = Question("spell", ("completion",), "city", ReportFilters(), NOON + timedelta(hours=50))
        assert counted(asked) == [(None, "completion", "running", 50, 1)]


def test_hours_that_nobody_is_told_any_more_are_forgotten_once_a_day(toy_city):
    lately = TimeSum.objects.filter(measure="completion_lately", slice="whole")
    for days, kept in ((0, 1), (16, 2), (17, 3), (18, 3)):
        with days_later(days):
            ReportFactory(status="forwarded", submitted_at=timezone.now(), agency_id="roads")
            folding.fold_all()
            assert lately.count() == kept
            assert check().is_exact
            assert answers() == answers(status=EVERY_STATUS)


@pytest.fixture
def town(toy_city):
    """A year of reports in all states, timed and folded."""
    reports = ReportFactory.create_batch(12, status="forwarded", agency_id="roads")
    live(Town([report.pk for report in reports], make_verifier(), Random(7)), 40)  # noqa: S311
    folding.fold_all()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE analytics_timesum SET n = n + 1 WHERE slice = 'agency' AND measure = 'came'", "agency: 3 sums differ"),
        ("DELETE FROM analytics_timesum WHERE slice = 'held'", "held: "),
        ("UPDATE analytics_timing SET response_hours = 1, response_outcome = 'event'", "timed rows differ"),
        ("DELETE FROM analytics_timing WHERE part <> 'spell'", "timed rows differ"),
    ],
)
def test_a_wrong_timing_is_found_and_mended(town, damage, sentence):
    assert check().is_exact
    with connection.cursor() as cursor:
        cursor.execute(damage)
    with pytest.raises(CommandError, match=sentence) as raised:
        call_command("check_timings")
    assert raised.value.returncode == 1
    assert "rebuild_timings" in str(raised.value)


def test_a_holiday_entered_late_changes_the_working_days_that_were_counted(toy_city):
    report = ReportFactory(status="forwarded", submitted_at=NOON, agency_id="roads")
    report.assignments.update(started_at=NOON, responded_at=NOON + timedelta(days=7))
    asked = Question("spell", ("response_days",), "city", ReportFilters(), timezone.now())
    folding.fold_all()
    assert counted(asked) == [(None, "response_days", "event", 5, 1)]

    Holiday.objects.create(date=NOON.date() + timedelta(days=2), name="Libur", kind=Holiday.Kind.NATIONAL)
    assert counted(asked) == [(None, "response_days", "event", 4, 1)]
    folding.fold_all()
    assert counted(asked) == [(None, "response_days", "event", 4, 1)]
    assert check().is_exact


@pytest.fixture
def city(transactional_db):
    """Committed for all to see."""
    return build_toy_city()


def test_a_rebuild_mends_everything_goes_on_after_a_kill_and_keeps_what_is_noted(city, capsys, monkeypatch):
    ReportFactory.create_batch(20)
    folding.fold_all()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM analytics_timing WHERE report_id % 3 = 0")
        cursor.execute("UPDATE analytics_timesum SET n = 7 WHERE slice = 'agency'")
    monkeypatch.setattr(rebuilding, "BATCH", 5)

    def killed(progress: rebuilding.Progress) -> None:
        ReportFactory()
        if progress.what == "sums made":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(killed)
    assert TimingBuild.objects.get().slices == 1
    assert folding.fold() is None  # somebody else is at it
    call_command("rebuild_timings")

    assert f"{len(SLICES)} of {len(SLICES)} sums made" in capsys.readouterr().out
    assert Stale.objects.exists()
    folding.fold_all()
    assert check().is_exact
    assert Timing.objects.exclude(part="spell").count() == Report.objects.public().count()
