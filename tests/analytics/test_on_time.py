"""How many were completed in time: stories with obvious answers on the calendar of March and April 2025."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from analytics import queries
from analytics.areas import waits
from analytics.timing import folding
from analytics.timing.question import Key
from geo_reports import casework, deadlines
from geo_reports.filters import ReportFilters
from geo_reports.models import Agency, Holiday, Report, ResponseTarget
from geo_reports.transitions import answer, ask, change_status, complete, merge_into
from geo_reports.workflow import CLOSED, Role, Status
from geo_reports.worktime import add_working_days, working_days_between
from tests.factories import ReportFactory, make_verifier

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")
EVERYTHING = ReportFilters()
# Idul Fitri 1446 H with its collective leave, as in the reference data: only the days matter here.
LEBARAN = [date(2025, 3, 31), *(date(2025, 4, day) for day in (1, 2, 3, 4, 7))]


def day(month: int, number: int, hour: int = 9) -> datetime:
    return datetime(2025, month, number, hour, tzinfo=WIB)


@pytest.fixture
def target(toy_city):
    """Ten working days; what came on Monday 3 March is in time until Monday 17 March."""
    Holiday.objects.bulk_create(Holiday(date=on, name="Lebaran", kind=Holiday.Kind.NATIONAL) for on in LEBARAN)
    return ResponseTarget.objects.create(step="resolve", working_days=10)


def sent(at: datetime, **fields) -> Report:
    report = ReportFactory(status=Status.WAITING, visibility="published", submitted_at=at, **fields)
    change_status(report.pk, Status.FORWARDED, role=Role.VERIFIER, at=at)
    return report


def done(report: Report, at: datetime) -> None:
    complete(report.pk, has_photo=True, at=at)


MAY = day(5, 1)


def judged(
    at: datetime = MAY, by: Key = "city", filters: ReportFilters = EVERYTHING
) -> dict[str | None, tuple[int, int, int]]:
    """Key -> (in time, judged, without a target)."""
    frame = queries.on_time_counts(filters, by, at)
    columns = ["key", "in_time", "judged", "without_target"]
    return {key: tuple(rest) for key, *rest in frame[columns].itertuples(index=False, name=None)}


def city(at: datetime = MAY) -> tuple[int, int, int]:
    return judged(at).get(None, (0, 0, 0))


def test_on_the_last_day_is_in_time(target):
    done(sent(day(3, 3)), day(3, 17, 23))
    assert city() == (1, 1, 0)


def test_one_day_later_is_late(target):
    done(sent(day(3, 3)), day(3, 18, 0))
    assert city() == (0, 1, 0)


def test_the_days_of_lebaran_are_not_charged(target):
    # Tuesday the 25th: three days in March, then nothing until Tuesday 8 April, the fourth.
    report = sent(day(3, 25))
    done(report, day(4, 16))
    done(sent(day(3, 25)), day(4, 17))
    assert city() == (1, 2, 0)


def test_while_the_reporter_was_asked_the_clock_stood(target):
    report = sent(day(3, 3))
    ask(report.pk, "Di sisi mana?", role=Role.OFFICER, at=day(3, 5))
    change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=day(3, 12))
    done(report, day(3, 24))
    assert city() == (1, 1, 0)


def test_a_question_that_is_still_open_is_no_delay(target):
    ask(sent(day(3, 3)).pk, "Di sisi mana?", role=Role.OFFICER, at=day(3, 5))
    assert city() == (0, 0, 0)


def test_what_is_open_and_past_its_day_is_not_in_time(target):
    sent(day(3, 3))
    assert city(at=day(3, 18)) == (0, 1, 0)


def test_what_is_open_and_not_yet_due_is_not_judged(target):
    report = sent(day(3, 3))
    answer(report.pk, "Kami jadwalkan.", at=day(3, 4))
    assert city(at=day(3, 17, 23)) == (0, 0, 0)


def test_what_waits_for_the_verifikator_is_not_judged(target):
    report = ReportFactory(status=Status.WAITING, submitted_at=day(3, 3))
    deadlines.update([report.pk])
    assert city() == (0, 0, 0)


def test_time_at_the_wrong_agency_is_not_charged_to_the_next(target):
    report = sent(day(3, 3))
    clean = Agency.objects.get(pk="clean")
    casework.hand_over(report.pk, clean, role=Role.OFFICER, reason="bukan jalan", actor=None, at=day(3, 14))
    done(report, day(3, 28))
    assert city() == (1, 1, 0)
    assert judged(by="agency") == {"clean": (1, 1, 0)}


def test_who_hands_over_late_stays_late(target):
    report = sent(day(3, 3))
    clean = Agency.objects.get(pk="clean")
    casework.hand_over(report.pk, clean, role=Role.OFFICER, reason="bukan jalan", actor=None, at=day(3, 20))
    done(report, day(3, 21))
    assert judged(by="agency") == {"clean": (1, 1, 0), "roads": (0, 1, 0)}
    assert judged(by="agency", filters=ReportFilters(skpd=("roads",))) == {"roads": (0, 1, 0)}
    assert city() == (1, 1, 0)


def test_what_was_given_back_in_time_is_not_judged(target):
    casework.give_back(sent(day(3, 3)).pk, reason="bukan bidang kami", actor=make_verifier(), at=day(3, 10))
    assert judged() == {}
    assert judged(by="agency") == {}


def test_a_duplicate_is_judged_only_if_it_was_late_before_it_was_merged(target):
    head = sent(day(4, 28))
    for at in (day(3, 10), day(3, 18)):
        merge_into(sent(day(3, 3)).pk, head, at=at)
    assert city() == (0, 1, 0)


def test_an_explanation_why_not_settles_a_report_too(target):
    report = sent(day(3, 3))
    change_status(report.pk, Status.DECLINED, role=Role.OFFICER, note="Anggaran tahun ini habis.", at=day(3, 5))
    assert city() == (1, 1, 0)


def test_without_a_target_nothing_is_judged_and_that_is_counted(toy_city):
    done(sent(day(3, 3)), day(3, 4))
    sent(day(3, 3))
    assert city() == (0, 0, 1)


def test_hidden_reports_are_not_counted(target):
    done(sent(day(3, 3)), day(3, 4))
    Report.objects.update(visibility=Report.Visibility.CONFIDENTIAL)
    assert judged() == {}


def test_areas_and_filters(target):
    done(sent(day(3, 3), kelurahan_id="99.02.1001"), day(3, 4))
    done(sent(day(3, 3), category_id="garbage", agency_id="east"), day(3, 30))
    sent(day(3, 3), kelurahan_id=None, point=None)

    assert judged(by="kecamatan") == {"99.01": (0, 1, 0), "99.02": (1, 1, 0), None: (0, 1, 0)}
    assert judged(by="kelurahan")["99.02.1001"] == (1, 1, 0)
    assert judged(filters=ReportFilters(kategori=("garbage",)))[None] == (0, 1, 0)
    assert judged(filters=ReportFilters(skpd=("east",)))[None] == (0, 1, 0)
    assert judged(filters=ReportFilters(dari=date(2025, 3, 4))) == {}


def test_one_query_whatever_the_number_of_reports(target, django_assert_num_queries):
    for _ in range(5):
        sent(day(3, 3))
    folding.fold_all()
    with django_assert_num_queries(1):
        assert city() == (0, 5, 0)
    with django_assert_num_queries(2):
        waits(EVERYTHING, day(5, 1))


def recomputed(at: datetime) -> tuple[int, int]:
    """The definition again, report by report in Python: (in time, judged)."""
    in_time = total = 0
    for report in Report.objects.prefetch_related("changes", "assignments"):
        spell = next(spell for spell in report.assignments.all() if spell.ended_at is None)
        changes = list(report.changes.all())
        since = max(spell.started_at, min(step.at for step in changes if step.to_status == Status.FORWARDED))
        stop = spell.completed_at or (report.closed_at if report.status in CLOSED else None) or at
        paused = 0
        for step, following in zip(changes, [*changes[1:], None], strict=True):
            if step.to_status == Status.NEEDS_INFO:
                until = following.at if following else at
                paused += working_days_between(local(step.at), local(until), LEBARAN)
        last = add_working_days(local(since), 10 + paused, LEBARAN)
        in_time += spell.completed_at is not None and local(spell.completed_at) <= last
        total += spell.completed_at is not None or local(stop) > last
    return in_time, total


def local(at: datetime) -> date:
    return at.astimezone(WIB).date()


def test_it_equals_a_recomputation_report_by_report(target):
    chance = random.Random(5)  # noqa: S311  (test data)
    for _ in range(60):
        at = day(3, 1) + timedelta(hours=chance.uniform(0, 600))
        report = sent(at)
        if chance.random() < 0.5:
            ask(report.pk, "Di mana?", role=Role.OFFICER, at=(at := at + timedelta(hours=chance.uniform(1, 300))))
            if chance.random() < 0.8:
                at += timedelta(hours=chance.uniform(1, 300))
                change_status(report.pk, Status.FORWARDED, role=Role.REPORTER, at=at)
        if chance.random() < 0.6:
            done(report, at + timedelta(hours=chance.uniform(1, 500)))
    now = day(4, 20)
    in_time, total = recomputed(now)
    assert 10 < in_time < total < 60
    assert city(now) == (in_time, total, 0)


def test_under_ten_no_share_is_published(target, client):
    for _ in range(9):
        done(sent(day(3, 3)), day(3, 4))
    address = reverse("analytics:areas") + "?level=kelurahan"
    few = client.get(address).json()["99.01.1001"]["on_time"]
    done(sent(day(3, 3)), day(3, 24))
    enough = client.get(address).json()["99.01.1001"]["on_time"]

    assert few == {"share": None, "low": None, "high": None, "n": 9, "few": True}
    assert enough == {"share": 0.9, "low": 0.5958, "high": 0.9821, "n": 10, "few": False}


def test_the_whole_of_an_area_is_the_sum_of_its_kelurahan_and_of_what_has_none(target):
    for kelurahan in ("99.01.1001", "99.01.1002", "99.02.1001"):
        for number in range(10):
            done(sent(day(3, 3), kelurahan_id=kelurahan), day(3, 4 + 2 * number))
    found = waits(ReportFilters(kecamatan=("99.01",)), day(5, 1))

    assert set(found.kelurahan) == {"99.01.1001", "99.01.1002"}
    assert (found.whole.on_time.n, found.whole.on_time.value) == (20, 70.0)
    assert found.of("99.01.1001").on_time.value == 70.0
    assert found.whole.response.n == 20
    assert found.of("99.02.1001").on_time.is_few
