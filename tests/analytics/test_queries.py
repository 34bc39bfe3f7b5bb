"""The clocks on toy rows with obvious answers, and against a recomputation report by report."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from analytics import clocks, measures, queries
from analytics.timing import folding
from analytics.timing.question import Key
from geo_reports.filters import ReportFilters
from geo_reports.models import Agency, Assignment, Category, Report
from geo_reports.workflow import WITHDRAWN, Status
from tests.analytics.scattering import lately, scattered

EVERYTHING = ReportFilters()
WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime.fromisoformat("2025-03-03T05:00:00+00:00")
NOW = NOON + timedelta(days=100)
NOW_HOURS = 2400.0


def grouped(by: Key, clock: str, filters: ReportFilters = EVERYTHING) -> list[tuple]:
    """(key, hours, events, censored, waiting) of one clock, sorted."""
    frame = queries.clock_counts(filters, by, NOW)
    rows = frame[frame["clock"] == clock].drop(columns="clock")
    summed = rows.groupby(["key", "time"], dropna=False, observed=True).sum().reset_index()
    found = [(None if pd.isna(key) else key, *rest) for key, *rest in summed.itertuples(index=False, name=None)]
    return sorted(found, key=str)


def counts(by: Key, filters: ReportFilters = EVERYTHING) -> dict[str | None, tuple[int, ...]]:
    """Key -> (n, open, unclocked, unverified)."""
    frame = queries.report_counts(filters, by, NOW)
    return {key: tuple(rest) for key, *rest in frame.itertuples(index=False, name=None)}


def test_an_answer_and_a_settlement_stop_their_own_clock(add):
    add({"agency": "pu", "responded": 5, "completed": 30}, status="done", closed=30)

    assert grouped("agency", "response") == [("pu", 5, 1, 0, 0)]
    assert grouped("agency", "completion") == [("pu", 30, 1, 0, 0)]


def test_an_open_report_is_censored_now_and_still_waiting(add):
    add({"agency": "pu"})

    assert grouped("agency", "response") == [("pu", NOW_HOURS, 0, 1, 1)]


def test_the_clock_starts_when_the_report_is_forwarded(add):
    add({"agency": "pu", "started": -50, "responded": 12}, forwarded=10)

    assert grouped("agency", "response") == [("pu", 2, 1, 0, 0)]


def test_a_report_that_waits_for_verification_is_not_at_risk(add):
    add({"agency": "pu"}, forwarded=None, status="waiting")

    assert grouped("agency", "response") == []
    assert counts("agency") == {"pu": (1, 1, 1, 1)}


def test_time_at_the_wrong_agency_is_not_charged_to_the_next(add):
    add({"agency": "lampu", "ended": 100}, {"agency": "pu", "started": 100, "responded": 103})

    assert grouped("agency", "response") == [("lampu", 100, 0, 1, 0), ("pu", 3, 1, 0, 0)]


def test_the_city_counts_the_whole_wait_across_a_hand_over_once(add):
    add({"agency": "lampu", "ended": 100}, {"agency": "pu", "started": 100, "responded": 103})

    assert grouped("city", "response") == [(None, 103, 1, 0, 0)]


def test_a_spell_that_ended_before_the_forwarding_never_counts(add):
    add({"agency": "lampu", "started": -20, "ended": -5}, {"agency": "pu", "started": -5, "responded": 4})

    assert grouped("agency", "response") == [("pu", 4, 1, 0, 0)]


def test_two_spells_of_one_agency_are_two_spells(add):
    add(
        {"agency": "pu", "ended": 10},
        {"agency": "lampu", "started": 10, "ended": 90},
        {"agency": "pu", "started": 90, "responded": 92},
    )

    assert grouped("agency", "response") == [("lampu", 80, 0, 1, 0), ("pu", 10, 0, 1, 0), ("pu", 2, 1, 0, 0)]


@pytest.mark.parametrize("status", ["merged", "archived"])
def test_a_withdrawn_report_is_censored_when_it_was_closed(add, status):
    add({"agency": "pu"}, status=status, closed=48)

    assert grouped("agency", "response") == [("pu", 48, 0, 1, 0)]
    assert grouped("city", "completion") == [(None, 48, 0, 1, 0)]


def test_withheld_reports_are_not_counted_at_all(add):
    add({"agency": "pu"}, status="withheld", visibility="withheld", closed=48)

    assert grouped("agency", "response") == []
    assert counts("agency") == {}


def test_an_answer_before_the_forwarding_takes_no_time(add):
    add({"agency": "pu", "started": -9, "responded": -3}, forwarded=0)

    assert grouped("agency", "response") == [("pu", 0, 1, 0, 0)]


def test_equal_durations_of_a_group_become_one_row(add):
    for _ in range(3):
        add({"agency": "pu", "responded": 7.2})
    add({"agency": "pu", "responded": 6.8})

    assert grouped("agency", "response") == [("pu", 7, 4, 0, 0)]


def test_a_report_without_agency_or_area_has_its_own_row(add):
    add(area="")
    add({"agency": "pu"}, area="2")

    assert counts("agency") == {None: (1, 1, 1, 0), "pu": (1, 1, 0, 0)}
    assert counts("kecamatan") == {None: (1, 1, 1, 0), "77.02": (1, 1, 0, 0)}
    assert counts("kelurahan") == {None: (1, 1, 1, 0), "77.02.1001": (1, 1, 0, 0)}
    assert grouped("kelurahan", "response") == [("77.02.1001", NOW_HOURS, 0, 1, 1)]


def test_an_agency_is_charged_for_what_it_handed_over_also_when_filtered(add):
    add({"agency": "lampu", "ended": 100}, {"agency": "pu", "started": 100, "responded": 103})
    only_lampu = ReportFilters(skpd=("lampu",))

    assert grouped("agency", "response", only_lampu) == [("lampu", 100, 0, 1, 0)]
    assert grouped("city", "response", only_lampu) == [(None, 100, 0, 1, 0)]
    assert counts("agency", only_lampu) == {}
    assert counts("agency", ReportFilters(skpd=("pu",))) == {"pu": (1, 1, 0, 0)}


def test_without_any_report_the_frames_are_empty_but_typed(office):
    frame = queries.clock_counts(EVERYTHING, "agency", NOW)

    assert frame.empty
    assert frame["events"].dtype == "int64"
    assert queries.report_counts(EVERYTHING, "city", NOW).empty


def test_agencies_that_lead_foremost_categories_come_first(office):
    Category.objects.filter(pk="jalan").update(order=1)
    Agency.objects.get(pk="pu").rules.create(category_id="jalan", reason="jalan kota")

    assert [agency.slug for agency in queries.agencies()] == ["pu", "lampu"]


@pytest.mark.parametrize("reports", [1, 40])
def test_each_question_is_one_query_whatever_the_number_of_reports(add, django_assert_num_queries, reports):
    for _ in range(reports):
        add({"agency": "pu"})
    filters = ReportFilters(kategori=("jalan",), skpd=("pu",), status=("open",), q="lubang")

    folding.fold_all()
    with django_assert_num_queries(1):
        assert queries.report_counts(filters, "agency", NOW)["n"].sum() == reports
    folding.fold_all()
    with django_assert_num_queries(1):
        assert queries.clock_counts(filters, "city", NOW)["censored"].sum() == 2 * reports


def recomputed_spells(clock: str) -> pd.DataFrame:
    """The definition again, row by row in Python: agency, hours, event."""
    rows = []
    for spell in Assignment.objects.select_related("report"):
        report = spell.report
        if report.forwarded_at is None or (spell.ended_at and spell.ended_at <= report.forwarded_at):
            continue
        begin = max(spell.started_at, report.forwarded_at)
        event = spell.responded_at if clock == "response" else spell.completed_at
        withdrawn = report.closed_at if report.status in WITHDRAWN else None
        stop = event or min(moment for moment in (spell.ended_at, withdrawn, NOW) if moment)
        seconds = max((stop - begin).total_seconds(), 0)
        days = (stop.astimezone(WIB).date() - begin.astimezone(WIB).date()).days
        hours = round(seconds / 3600) if stop != NOW else int(NOW.timestamp() // 3600 - begin.timestamp() // 3600)
        hours = hours if days <= 14 else days * 24
        rows.append((spell.agency_id, hours, event is not None))
    return pd.DataFrame(rows, columns=["agency", "time", "event"])


@pytest.mark.parametrize("clock", [clocks.RESPONSE, clocks.COMPLETION])
def test_medians_equal_a_recomputation_with_pandas_and_lifelines(add, clock):
    scattered(add, 250, seed=7)
    lately(add, 80, seed=8)
    found = queries.clock_counts(EVERYTHING, "agency", NOW)
    expected = recomputed_spells(clock)

    assert set(expected["agency"]) == {"pu", "lampu"}
    assert measures.measured(found)[clock, "pu"].median_days.value is not None
    for agency, rows in expected.groupby("agency"):
        measured = measures.measured(found)[clock, agency]
        fitter = KaplanMeierFitter().fit(rows["time"], rows["event"])
        assert measured.n == len(rows)
        assert measured.events == rows["event"].sum()
        median = measured.median_days.value
        assert (float("inf") if median is None else median * 24) == pytest.approx(fitter.median_survival_time_)
        for day in (0.5, 3, 14):
            answered = 1 - float(fitter.predict(day * 24))
            assert measured.share_within(day).value == pytest.approx(answered)
        assert measured.mean_days == pytest.approx(rows.loc[rows["event"], "time"].mean() / 24)


def test_counts_agree_with_the_list_for_many_filters(add):
    scattered(add, 120, seed=3)
    chance = random.Random(11)  # noqa: S311  (test data)
    for _ in range(25):
        filters = ReportFilters(
            kategori=chance.choice([(), ("jalan",)]),
            status=chance.choice([(), ("open",), ("closed",), (Status.DONE.value,)]),
            skpd=chance.choice([(), ("pu",), ("pu", "lampu")]),
            kecamatan=chance.choice([(), ("77.01",)]),
            q=chance.choice(["", "lubang", "tidak ada 100% _"]),
        )
        listed = Report.objects.public().matching(filters)
        for by in ("city", "agency", "kecamatan", "kelurahan"):
            frame = queries.report_counts(filters, by, NOW)
            assert frame["n"].sum() == listed.count()
            assert frame["open"].sum() == listed.open().count()
