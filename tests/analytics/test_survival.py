"""Survival estimates against published numbers, hand computation and lifelines."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from analytics.survival import UNKNOWN, Estimate, kaplan_meier
from tests.analytics.subjects import FREIREICH_CENSORED, FREIREICH_EVENTS, FREIREICH_PLACEBO, curve_of


def test_the_published_6mp_example_comes_out_as_printed():
    """Kleinbaum & Klein, Survival Analysis, 3rd ed., table 2.1: S(t) and median 23 weeks; mean not needed."""
    curve = curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED)

    published = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert {week: round(curve.at(week).value, 4) for week in published} == published
    assert [curve.number_at_risk(week) for week in published] == [21, 17, 15, 12, 11, 7, 6]
    assert curve.median().value == 23
    assert (curve.n, curve.n_events) == (21, 9)


def test_the_published_6mp_interval_is_open_above():
    """R, survfit(conf.type = "log-log"): median 23, 95 % from 13 weeks to not reached."""
    assert curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED).median() == Estimate(23, 13, None)


def test_the_published_placebo_group_has_a_closed_interval():
    """R, survfit(conf.type = "log-log"): median 8 weeks, 95 % from 4 to 11."""
    assert curve_of(FREIREICH_PLACEBO, []).median() == Estimate(8, 4, 11)


def test_grouping_and_order_of_the_rows_do_not_matter():
    grouped = kaplan_meier([5, 2, 5, 9, 7], [1, 2, 1, 0, 0], [0, 0, 1, 3, 0])
    single = curve_of([2, 2, 5, 5], [5, 9, 9, 9])

    assert grouped.times.tolist() == [2, 5, 9]
    assert grouped.at_risk.tolist() == [8, 6, 3]
    assert np.allclose(grouped.survival, single.survival)


def test_half_of_the_subjects_is_reached_exactly_at_one_half():
    assert curve_of([1, 2], [3, 3]).median().value == 2
    assert curve_of([1, 2, 3, 4, 5, 6], [7] * 6).quantile(0.5).value == 6


def test_nothing_observed_is_unknown():
    curve = kaplan_meier([], [], [])

    assert (curve.n, curve.n_events, curve.number_at_risk(0)) == (0, 0, 0)
    assert curve.median() == UNKNOWN
    assert curve.at(3) == UNKNOWN


def test_only_censored_never_reaches_the_median():
    curve = kaplan_meier([3, 8], [0, 0], [4, 2])

    assert (curve.n, curve.n_events) == (6, 0)
    assert curve.median() == UNKNOWN
    assert curve.at(5) == Estimate(1.0, 1.0, 1.0)
    assert curve.number_at_risk(4) == 2


def test_a_single_event_has_a_median_without_limits():
    curve = kaplan_meier([4], [1], [0])

    assert curve.median() == Estimate(4, None, None)
    assert curve.at(4) == Estimate(0.0, None, None)
    assert curve.at(100).value == 0.0


def test_a_single_censored_row_has_none():
    assert kaplan_meier([4], [0], [1]).median() == UNKNOWN


def test_beyond_the_last_observation_nothing_is_claimed():
    curve = curve_of([1, 2], [6])

    assert curve.at(0) == Estimate(1.0, 1.0, 1.0)
    assert curve.at(6).value == pytest.approx(1 / 3)
    assert curve.at(6.5) == UNKNOWN


@pytest.mark.parametrize(
    ("durations", "events", "censored"),
    [
        ([1, 2], [1], [0]),
        ([-1], [1], [0]),
        ([1], [-1], [2]),
        ([1], [0.5], [2]),
        ([float("nan")], [1], [0]),
        ([[1]], [[1]], [[0]]),
    ],
)
def test_impossible_input_is_refused(durations, events, censored):
    with pytest.raises(ValueError, match="must"):
        kaplan_meier(durations, events, censored)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5])
def test_a_share_outside_the_open_interval_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        kaplan_meier([1], [1], [0]).quantile(share)


rows = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=40)


def lifelines_frame(observed: list[tuple[int, int, int]], alpha: float = 0.05) -> pd.DataFrame:
    """S(t) with log-log limits from lifelines, at the observed times only."""
    data = pd.DataFrame(observed, columns=["time", "events", "censored"])
    long = pd.concat(
        [
            pd.DataFrame({"time": data["time"], "event": 1, "weight": data["events"]}),
            pd.DataFrame({"time": data["time"], "event": 0, "weight": data["censored"]}),
        ]
    ).query("weight > 0")
    fitter = KaplanMeierFitter(alpha=alpha).fit(long["time"], long["event"], weights=long["weight"])
    frame = pd.concat([fitter.survival_function_, fitter.confidence_interval_], axis=1).loc[sorted(set(long["time"]))]
    return frame.set_axis(["survival", "low", "high"], axis=1)


def first_at_most(column: pd.Series, level: float) -> float | None:
    reached = column[column <= level + 1e-9]
    return None if reached.empty else float(reached.index[0])


@settings(max_examples=120, deadline=None)
@given(rows, st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]), st.sampled_from([0.8, 0.95]))
@pytest.mark.filterwarnings("ignore")
def test_agrees_with_lifelines(observed, share, confidence):
    if not any(events + censored for _, events, censored in observed):
        assert kaplan_meier(*zip(*observed, strict=True)).n == 0
        return
    curve = kaplan_meier(*zip(*observed, strict=True), confidence=confidence)
    expected = lifelines_frame(observed, alpha=1 - confidence)

    assert curve.times.tolist() == expected.index.tolist()
    np.testing.assert_allclose(curve.survival, expected["survival"], atol=1e-9, rtol=0)
    # Where nobody is left lifelines prints limits of 1; there the formula has no value.
    defined = curve.survival > 1e-12
    np.testing.assert_allclose(curve.low[defined], expected["low"][defined], atol=1e-9, rtol=0)
    np.testing.assert_allclose(curve.high[defined], expected["high"][defined], atol=1e-9, rtol=0)
    assert np.isnan(curve.low[~defined]).all()

    known = expected.where(expected["survival"] > 1e-12)
    assert curve.quantile(share) == Estimate(
        first_at_most(expected["survival"], 1 - share),
        first_at_most(known["low"], 1 - share),
        first_at_most(known["high"], 1 - share),
    )


@settings(max_examples=50, deadline=None)
@given(rows)
def test_limits_enclose_the_estimate_and_counts_add_up(observed):
    curve = kaplan_meier(*zip(*observed, strict=True))

    assert curve.n == sum(events + censored for _, events, censored in observed)
    assert curve.n_events == sum(events for _, events, _ in observed)
    defined = ~np.isnan(curve.low)
    assert (curve.low[defined] <= curve.survival[defined] + 1e-12).all()
    assert (curve.survival[defined] <= curve.high[defined] + 1e-12).all()
    assert (np.diff(curve.survival) <= 1e-12).all()


@settings(max_examples=100, deadline=None)
@given(rows, st.data())
def test_seeing_an_event_as_censored_never_lowers_the_curve(observed, data):
    times, events, censored = (np.array(column) for column in zip(*observed, strict=True))
    hidden = np.array([data.draw(st.integers(0, int(count))) for count in events])

    seen, hiding = kaplan_meier(times, events, censored), kaplan_meier(times, events - hidden, censored + hidden)

    assert (hiding.survival >= seen.survival - 1e-12).all()


def test_the_number_at_risk_is_told_for_many_times_at_once():
    curve = curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED)

    assert curve.numbers_at_risk([0, 10, 20, 30, 36]).tolist() == [21, 15, 8, 4, 0]


def test_ten_million_subjects_take_the_memory_of_their_distinct_durations():
    random = np.random.default_rng(1)
    times = np.arange(20_000) / 4
    counts = random.multinomial(10_000_000, np.exp(-times / 800) / np.exp(-times / 800).sum())
    events = random.binomial(counts, 0.7)

    tracemalloc.start()
    curve = kaplan_meier(times, events, counts - events)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert curve.n == 10_000_000
    assert curve.median().high - curve.median().low < 5
    assert peak < 10_000_000


@given(rows)
def test_many_readings_are_single_readings(found_rows):
    curve = kaplan_meier(*zip(*found_rows, strict=True))
    times = np.arange(0, 100) / 2
    for time, *found in zip(times, *curve.readings(times), strict=True):
        single = curve.at(time)
        for value, expected in zip(found, (single.value, single.low, single.high), strict=True):
            assert np.isnan(value) if expected is None else value == expected
