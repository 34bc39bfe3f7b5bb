"""Restricted means and their difference against Stata, R, lifelines and plain loops."""

from itertools import pairwise
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time

from analytics.restricted_mean import common_horizon, restricted_mean, restricted_mean_difference
from analytics.survival import UNKNOWN, Estimate, kaplan_meier
from tests.analytics.subjects import (
    FREIREICH_CENSORED,
    FREIREICH_EVENTS,
    FREIREICH_PLACEBO,
    Subject,
    curve_of,
    event_times,
    followed,
    n_at_risk,
    n_happening,
    seen,
    subjects,
    survival,
)


def test_the_output_of_stata_and_r_for_seven_subjects_comes_out_as_printed():
    """Stata, stci, rmean: 37.85714, SE 10.73888, 95 % from 16.8093 to 58.905; R prints 37.9 (10.7) up to 100."""
    mean = restricted_mean(curve_of([10, 15, 23, 30, 35, 52], [100]), 100)

    assert mean.horizon == 100
    assert mean.estimate.value == pytest.approx(37.85714, abs=5e-6)
    assert mean.standard_error == pytest.approx(10.73888, abs=5e-6)
    assert (mean.estimate.low, mean.estimate.high) == (pytest.approx(16.80932, abs=1e-5), pytest.approx(58.90497))


def test_the_output_of_r_for_ten_subjects_with_ties_comes_out_as_printed():
    """R, print(survfit(Surv(time, status) ~ 1), rmean = "common"): 7.94 (1.12) up to 11.5."""
    mean = restricted_mean(curve_of([1.5, 4.5, 5.5, 8.5, 8.5, 11.5], [3.5, 4.5, 6.5, 8.5]), 11.5)

    assert (round(mean.estimate.value, 2), round(mean.standard_error, 2)) == (7.94, 1.12)


def test_no_tail_is_assumed_beyond_the_last_observation():
    curve = curve_of([1, 2], [6])

    assert restricted_mean(curve, 6).estimate.value == pytest.approx(1 + 2 / 3 + 4 / 3)
    assert restricted_mean(curve, 6.5).estimate == UNKNOWN
    assert restricted_mean(curve_of([1, 2], []), 100).estimate.value == 1.5


def test_without_an_event_by_the_horizon_there_are_no_limits():
    mean = restricted_mean(curve_of([9], [10, 12]), 8)

    assert (mean.estimate, mean.standard_error) == (Estimate(8.0, None, None), None)
    assert restricted_mean(kaplan_meier([], [], []), 8).estimate == UNKNOWN


def test_limits_stay_between_0_and_the_horizon():
    estimate = restricted_mean(curve_of([1, 9, 9], [10]), 10).estimate

    assert estimate.low < estimate.value < estimate.high == 10


@pytest.mark.parametrize("horizon", [0, -1, inf, float("nan")])
def test_an_impossible_horizon_is_refused(horizon):
    with pytest.raises(ValueError, match="horizon"):
        restricted_mean(curve_of([1], []), horizon)


def test_a_risk_set_that_emptied_early_ends_the_horizon():
    curve = kaplan_meier([2, 50], [1, 10], [0, 30], entry=[0, 40])

    assert restricted_mean(curve, 2).estimate.value == 2
    assert restricted_mean(curve, 3).estimate == UNKNOWN


def plain_error(everyone: list[Subject], horizon: float) -> float:
    """The standard error with every area added up step by step."""
    total = 0.0
    for time in (t for t in event_times(everyone, horizon) if t < horizon):
        edges = sorted({time, horizon, *(t for t in event_times(everyone, horizon) if t > time)})
        area = sum(survival(everyone, a) * (b - a) for a, b in pairwise(edges))
        n, d = n_at_risk(seen(everyone), time), n_happening(everyone, time)
        total += area**2 * d / (n * (n - d)) if area else 0.0
    return sqrt(total)


@settings(max_examples=150, deadline=None)
@given(subjects(late=True), st.sampled_from([0.5, 3, 7, 12]))
def test_the_standard_error_agrees_with_plain_loops(everyone, horizon):
    mean = restricted_mean(followed(everyone), horizon)

    if mean.estimate.value is not None:
        assert mean.standard_error == pytest.approx(plain_error(everyone, horizon) or None, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(subjects(), st.sampled_from([0.5, 3, 7, 12]))
@pytest.mark.filterwarnings("ignore")
def test_agrees_with_lifelines(everyone, horizon):
    mean = restricted_mean(followed(everyone), horizon)
    if mean.estimate.value is None:
        return
    fitter = KaplanMeierFitter().fit(
        [subject.time for subject in everyone], [subject.kind is not None for subject in everyone]
    )
    expected = restricted_mean_survival_time(fitter, t=horizon)

    assert mean.estimate.value == pytest.approx(expected, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_without_censoring_it_is_the_plain_mean_with_its_standard_error(times):
    mean = restricted_mean(curve_of(times, []), 12)

    assert mean.estimate.value == pytest.approx(np.mean(times), abs=1e-9)
    assert mean.standard_error == pytest.approx(np.std(times) / sqrt(len(times)) or None, abs=1e-9)


def test_the_difference_has_the_variance_of_both():
    treated, placebo = curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED), curve_of(FREIREICH_PLACEBO, [])
    one, other = restricted_mean(treated, 23), restricted_mean(placebo, 23)

    difference = restricted_mean_difference(treated, placebo, 23)

    half = 1.959964 * sqrt(one.standard_error**2 + other.standard_error**2)
    assert difference.value == pytest.approx(one.estimate.value - other.estimate.value)
    assert difference.low == pytest.approx(difference.value - half, abs=1e-5)
    assert difference.high == pytest.approx(difference.value + half, abs=1e-5)
    turned = restricted_mean_difference(placebo, treated, 23)
    assert (turned.value, turned.low, turned.high) == (-difference.value, -difference.high, -difference.low)


def test_the_difference_claims_nothing_that_a_group_does_not_show():
    short, long, quiet = curve_of([1, 2], [6]), curve_of([1, 2], [9]), curve_of([], [9])

    assert restricted_mean_difference(short, long, 8) == UNKNOWN
    assert restricted_mean_difference(long, quiet, 8) == Estimate(pytest.approx(1 + 2 / 3 + 2 - 8), None, None)


def test_the_common_horizon_is_as_far_as_every_curve_is_known():
    censored, finished, longer = curve_of([1, 2], [6]), curve_of([3, 4], []), curve_of([5], [9])

    assert common_horizon(censored, longer) == 6
    assert common_horizon(finished, longer) == 9
    assert common_horizon(finished, curve_of([2], [])) == 4
    assert common_horizon(censored, kaplan_meier([], [], [])) is None
