"""/transparansi/: the numbers are right, cost the same for many decisions, and give nothing away."""

import csv
import io
import random
from collections import Counter
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from django.core.cache import cache
from django.utils import timezone

from geo_reports import moderation
from geo_reports.models import Appeal, Holiday, ModerationDecision, Report
from geo_reports.moderation.counting import Waits, counted, months_before
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Status
from geo_reports.worktime import working_days_between
from tests.factories import ReportFactory, make_verifier

TODAY = date(2025, 6, 20)
START = date(2024, 7, 1)


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.get_current_timezone())


def waiting(at: datetime, **fields) -> Report:
    return ReportFactory(**{"status": Status.WAITING, "visibility": "pending", "submitted_at": at} | fields)


@pytest.fixture
def many(toy_city) -> list[Report]:
    """Sixty reports of fourteen months, decided, undone, sent again and appealed at random."""
    chance = random.Random(7)  # noqa: S311  (a fixed story, not a secret)
    who, other = make_verifier(), make_verifier()
    Holiday.objects.create(date=date(2025, 1, 1), name="Tahun baru")
    reports = [waiting(moment(2024, 5, 1, 9) + timedelta(hours=chance.randrange(9900))) for _ in range(60)]
    for report in reports:
        at = report.submitted_at + timedelta(hours=chance.randrange(200))
        if chance.random() < 0.1:
            continue
        if chance.random() < 0.2:
            moderation.redact(report.pk, [(0, 6)], actor=who, at=at)
        act = chance.choice(("publish", "publish", "confidential", "withhold", "withhold"))
        if act == "withhold":
            moderation.withhold(report.pk, chance.choice(list(Report.WithheldReason)), actor=who, at=at)
        else:
            {"publish": moderation.publish, "confidential": moderation.make_confidential}[act](
                report.pk, actor=who, at=at
            )
        after(report, act, at, chance, who, other)
    return reports


def after(report, act, at, chance, who, other) -> None:
    later = at + timedelta(hours=1 + chance.randrange(60))
    what = chance.choice(("nothing", "undo", "again", "appeal"))
    if what == "undo":
        moderation.undo(report.decisions.last().pk, actor=who, at=later)
    elif act == "withhold" and what == "again":
        moderation.await_check(report.pk, at=later)
        moderation.publish(report.pk, actor=who, at=later + timedelta(hours=chance.randrange(90)))
    elif act == "withhold" and what == "appeal":
        found = moderation.appeal(report.pk, "Saya keberatan sekali", at=later)
        outcome = chance.choice(list(Appeal.Outcome))
        try:
            moderation.decide_appeal(found.pk, outcome, actor=other, note="Sudah dinilai", at=later)
        except NotAllowed:
            assert outcome == "pending"


def month_of(at: datetime) -> date:
    return timezone.localdate(at).replace(day=1)


def test_decisions_by_month_kind_and_reason_are_those_counted_one_by_one(many):
    in_force, undone = Counter(), Counter()
    for decision in ModerationDecision.objects.all():
        if timezone.localdate(decision.at) >= START:
            key = (month_of(decision.at), decision.kind, decision.reason)
            (undone if decision.undone_at else in_force)[key] += 1
    found = counted(START, TODAY)
    assert len(in_force) > 20
    assert sum(undone.values()) > 3
    rows = {(row.month, row.kind, row.reason): (row.n, row.undone) for row in found.rows}
    assert rows == {key: (in_force[key], undone[key]) for key in in_force | undone}
    assert found.total == sum(n for (_m, kind, _r), n in in_force.items() if kind not in {"redact", "mask"})
    months = found.months(START, TODAY)
    assert [month.month for month in months] == [months_before(TODAY, back) for back in range(11, -1, -1)]
    assert sum(month.total for month in months) == found.total
    assert sum((month.reasons for month in months), Counter()) == found.reasons
    assert sum(found.reasons.values()) == found.kinds["withhold"]


def test_appeals_by_outcome_are_those_counted_one_by_one(many):
    expected = Counter(appeal.outcome for appeal in Appeal.objects.all() if timezone.localdate(appeal.at) >= START)
    found = counted(START, TODAY)
    assert found.appeals == {outcome: expected[outcome] for outcome in Appeal.Outcome}
    assert all(found.appeals.values())


def test_waits_are_those_measured_one_by_one_and_none_is_hidden(many):
    holidays = set(Holiday.objects.values_list("date", flat=True))

    def days(since: datetime, until: date) -> int:
        return working_days_between(timezone.localdate(since), until, holidays)

    expected: dict[int, list[int]] = {}
    for decision in ModerationDecision.objects.exclude(waited_since=None).filter(undone_at=None):
        until = timezone.localdate(decision.at)
        if until >= START:
            expected.setdefault(days(decision.waited_since, until), [0, 0])[0] += 1
    for report in Report.objects.filter(status=Status.WAITING):
        steps = report.changes.filter(undoes=None, undone_by=None, to_status=Status.WAITING)
        since = max(step.at for step in steps)
        expected.setdefault(days(since, TODAY), [0, 0])[1] += 1
    waits = counted(START, TODAY).waits
    assert {key: list(value) for key, value in waits.by_days.items()} == expected
    assert waits.waiting == Report.objects.filter(status=Status.WAITING).count() > 3
    assert waits.longest_days == max(key for key, (_decided, still) in expected.items() if still)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_without_waiting_reports_the_quantile_is_the_plain_one(share):
    chance = random.Random(3)  # noqa: S311  (fixed numbers, not a secret)
    waits = sorted(chance.randrange(9) for _ in range(201))
    found = Waits({day: (waits.count(day), 0) for day in set(waits)})
    assert found.within(share) == waits[int(share * 201)]
    assert found.within(0.5) == median(waits)


def test_a_report_that_still_waits_counts_as_at_least_so_long():
    # By hand: 4 of 10 within 0 days leaves 0.6; 3 waiting since 1 day leave 3 at risk; 1 of 3 on day 2 leaves 0.4.
    waits = Waits({0: (4, 0), 1: (0, 3), 2: (1, 0), 3: (0, 2)})
    assert waits.within(0.5) == 2
    assert waits.within(0.9) is None
    assert (waits.decided, waits.waiting, waits.longest_days) == (5, 5, 3)
    assert Waits({}).within(0.5) is None


def test_the_page_says_the_numbers_in_words(client, verifier):
    now = timezone.now()
    for _ in range(3):
        moderation.publish(waiting(now).pk, actor=verifier)
    moderation.withhold(waiting(now).pk, Report.WithheldReason.PROMOTION, actor=verifier)
    waiting(now - timedelta(days=60))
    page = client.get("/transparansi/").content.decode()
    assert "<strong>4</strong> keputusan, <strong>75,0%</strong> menayangkan" in page
    assert "<strong>25,0%</strong> tidak menayangkannya" in page
    assert "4 penantian yang sudah berakhir dan 1 yang masih berjalan" in page
    assert "Hari yang sama" in page
    assert 'href="/transparansi/"' in client.get("/").content.decode()


def test_before_the_first_decision_it_says_so(client, toy_city):
    page = client.get("/transparansi/").content.decode()
    assert "Belum ada keputusan" in page


def test_the_csv_twin_holds_the_same_numbers_and_all_months(client, many):
    rows = list(csv.DictReader(io.StringIO(client.get("/transparansi/keputusan.csv").content.decode())))
    by_kind = Counter()
    for row in rows:
        by_kind[row["jenis"]] += int(row["jumlah"]) + int(row["dibatalkan"] or 0)
    expected = Counter(ModerationDecision.objects.values_list("kind", flat=True))
    assert by_kind == expected | Counter({"appeal": Appeal.objects.count()})
    assert min(row["bulan"] for row in rows) < "2024-07"


def test_it_costs_the_same_for_many_decisions_and_nothing_when_just_asked(client, many, django_assert_num_queries):
    with django_assert_num_queries(3):
        counted(START, TODAY)
    cache.clear()
    client.get("/transparansi/")
    with django_assert_num_queries(3):  # the city, whether there is demo data, the cache
        client.get("/transparansi/")


SECRETS = (
    "kata-rahasia",
    "alamat-rahasia",
    "Nama Rahasia",
    "rahasia@example.org",
    "catatan-rahasia",
    "keberatan-rahasia",
)


@pytest.mark.parametrize("address", ["/transparansi/", "/transparansi/keputusan.csv"])
def test_nothing_of_a_report_nor_who_decided_gets_out(client, verifier, address):
    report = waiting(
        timezone.now(), text="kata-rahasia di sini", address="alamat-rahasia", reporter_name="Nama Rahasia",
        reporter_contact="rahasia@example.org",
    )  # fmt: skip
    moderation.redact(report.pk, [(0, 5)], actor=verifier)
    moderation.withhold(report.pk, Report.WithheldReason.HATE, actor=verifier, note="catatan-rahasia")
    moderation.appeal(report.pk, "keberatan-rahasia")
    page = client.get(address).content.decode()
    assert not [each for each in (*SECRETS, report.code, verifier.username) if each in page]
