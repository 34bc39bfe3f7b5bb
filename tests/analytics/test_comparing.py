"""Log-rank test and difference of medians against published numbers, Stata, lifelines, plain loops and simulation."""

from itertools import product
from math import inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from lifelines.statistics import logrank_test

from analytics.comparing import LogRank, difference, log_rank, quantile_difference
from analytics.shares import wilson
from analytics.survival import UNKNOWN, Curve, Estimate, kaplan_meier
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
)

TREATED = curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED)
PLACEBO = curve_of(FREIREICH_PLACEBO, [])


def test_the_published_6mp_log_rank_comes_out_as_printed():
    """Kleinbaum & Klein, Survival Analysis, 3rd ed., chapter 2: O 9, E 19.25, 16.79; R, survdiff: 4.17e-05."""
    test = log_rank(TREATED, PLACEBO)

    assert (test.observed, round(test.expected, 2), round(test.statistic, 2)) == (9, 19.25, 16.79)
    assert test.p_value == pytest.approx(4.17e-5, abs=5e-8)


def test_the_published_aml_log_rank_comes_out_as_printed():
    """Data: Miller, Survival Analysis (1981); numbers: R, survival/tests/difftest.R: O 7, E 10.69, p 0.0653."""
    maintained = curve_of([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161])
    other = curve_of([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16])

    test = log_rank(maintained, other)

    assert (test.observed, round(test.expected, 2), round(test.statistic, 1)) == (7, 10.69, 3.4)
    assert round(test.p_value, 4) == 0.0653


@pytest.mark.parametrize(
    ("times", "events", "entry", "statistic", "p_value"),
    [
        ([5, 3, 4, 2, 5, 4, 6, 7, 5, 9], [1, 1, 0, 1, 1, 0, 1, 1, 0, 0], [0] * 10, 6.694424, 0.00967149),
        (
            [5, 3, 4, 2, 5, 4, 6, 7, 5, 9],
            [1, 1, 0, 1, 1, 0, 1, 1, 0, 0],
            [1, 2, 2, 1, 3, 3, 5, 4, 2, 5],
            3,
            0.083264516,
        ),
        ([2, 1, 5, 8, 7, 8, 8, 9, 4, 9], [1, 1, 1, 1, 1, 0, 1, 0, 0, 0], [0] * 10, 6.9543024, 0.008361789),
        (
            [2, 1, 5, 8, 7, 8, 8, 9, 4, 9],
            [1, 1, 1, 1, 1, 0, 1, 0, 0, 0],
            [1, 1, 2, 2, 3, 3, 2, 1, 2, 0],
            6.75082959,
            0.00937041,
        ),
    ],
)
def test_log_rank_with_late_entries_is_that_of_stata(times, events, entry, statistic, p_value):
    """Stata, stset with entry() and sts test, logrank, as kept in statsmodels, test_survdiff_entry_2 and _3."""
    everyone = [Subject(e, t, "fixed" if d else None) for e, t, d in zip(entry, times, events, strict=True)]

    test = log_rank(followed(everyone[:5]), followed(everyone[5:]))

    assert test.statistic == pytest.approx(statistic, abs=5e-7)
    assert test.p_value == pytest.approx(p_value, abs=5e-8)


def test_without_events_or_without_a_second_group_nothing_is_tested():
    nobody = kaplan_meier([], [], [])

    assert log_rank(TREATED, nobody) == LogRank(9, 9.0, None, None)
    assert log_rank(curve_of([], [3]), curve_of([], [4])) == LogRank(0, 0.0, None, None)
    assert log_rank(curve_of([3], []), curve_of([], [1])).statistic is None


@settings(max_examples=150, deadline=None)
@given(subjects(), subjects())
@pytest.mark.filterwarnings("ignore")
def test_log_rank_agrees_with_lifelines(one, other):
    test = log_rank(followed(one), followed(other))
    if test.statistic is None:
        return
    columns = [
        column for group in (one, other) for column in ([s.time for s in group], [s.kind is not None for s in group])
    ]
    expected = logrank_test(columns[0], columns[2], columns[1], columns[3])

    assert test.statistic == pytest.approx(expected.test_statistic, abs=1e-9)
    assert test.p_value == pytest.approx(expected.p_value, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(subjects(late=True), subjects(late=True))
def test_log_rank_with_late_entries_agrees_with_plain_loops_and_is_symmetric(one, other):
    expected = variance = 0.0
    for time in event_times(one + other, 99):
        n, d = n_at_risk(seen(one + other), time), n_happening(one + other, time)
        part = n_at_risk(seen(one), time) / n
        expected += d * part
        variance += part * (1 - part) * d * (n - d) / (n - 1) if n > 1 else 0.0
    observed = sum(subject.kind is not None for subject in seen(one))

    test, turned = log_rank(followed(one), followed(other)), log_rank(followed(other), followed(one))

    assert (test.observed, test.expected) == (observed, pytest.approx(expected, abs=1e-9))
    if variance:
        assert test.statistic == pytest.approx((observed - expected) ** 2 / variance, abs=1e-9)
        assert turned.statistic == pytest.approx(test.statistic, abs=1e-9)
        assert turned.expected + test.expected == pytest.approx(observed + turned.observed, abs=1e-9)
    else:
        assert test.statistic is turned.statistic is None


@pytest.mark.parametrize(
    ("first", "second", "low", "high"), [((56, 70), (48, 80), 0.0524, 0.3339), ((5, 56), (0, 29), -0.0381, 0.1926)]
)
def test_the_published_differences_of_shares_come_out_as_printed(first, second, low, high):
    """Newcombe, Statist. Med. 17 (1998) 873, table II, method 10."""
    found = difference(wilson(*first), wilson(*second))

    assert found.value == first[0] / first[1] - second[0] / second[1]
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_shares_by_a_day_are_compared_as_far_as_they_are_known():
    by_week_10 = difference(PLACEBO.at(10), TREATED.at(10))

    assert by_week_10.value == pytest.approx(8 / 21 - 0.7529, abs=1e-4)
    assert by_week_10.low < by_week_10.value < by_week_10.high < 0
    assert difference(TREATED.at(10), TREATED.at(99)) == UNKNOWN
    assert difference(Estimate(1.0, None, None), Estimate(0.5, 0.4, 0.6)) == Estimate(0.5, None, None)


def test_the_median_that_is_not_bounded_leaves_the_difference_open():
    """The treated median of 23 weeks has no upper limit, so neither has the gain."""
    found = quantile_difference(TREATED, PLACEBO)

    assert (found.value, found.high) == (15, None)
    assert 0 < found.low < 15
    assert quantile_difference(PLACEBO, TREATED) == Estimate(-15, None, -found.low)


def test_a_median_that_is_not_reached_gives_no_difference_but_may_give_a_bound():
    slow = kaplan_meier([10, 20, 60], [5, 5, 0], [0, 0, 40])
    fast = kaplan_meier([1, 2, 3, 4, 5], [8, 8, 8, 8, 8], [0] * 5)

    found = quantile_difference(slow, fast)

    assert (found.value, found.high) == (None, None)
    assert quantile_difference(slow, slow) == UNKNOWN
    assert quantile_difference(fast, kaplan_meier([], [], [])) == UNKNOWN
    assert quantile_difference(slow, fast, share=0.05).value == 9


def test_against_a_group_of_thousands_the_limits_are_those_of_the_other_group():
    """With the placebo median as good as known, what is left is the log-log interval of the 6-MP quartile."""
    sure = kaplan_meier([7, 8, 9], [400_000, 200_000, 400_000], [0, 0, 0])
    quartile = TREATED.quantile(0.25)

    found = quantile_difference(TREATED, sure, share=0.25)

    assert found == Estimate(quartile.value - 7, quartile.low - 7, quartile.high - 7)


def deviations(curve: Curve) -> list[float]:
    """w of every row for the median, the least so far: infinite before the first event and where S = 0."""
    found = [inf]
    for s, variance in zip(curve.survival, curve.variance, strict=True):
        w = (log(log(2)) - log(-log(s))) * -log(s) / sqrt(variance) if 0 < s < 1 else inf
        found.append(min(found[-1], w))
    return found[1:]


def least_difference(first: Curve, second: Curve) -> float:
    """The least difference that the test does not reject, trying every pair of steps; -inf where an end is open.

    A step of the second curve ends where its next one begins. The median itself has deviation 0.
    """
    z = 1.959963984540054
    starts = [*zip(first.times, deviations(first), strict=True), (first.median().value, 0.0)]
    ends = [*second.times, inf]
    steps = [(-inf, ends[0]), *((-w, end) for w, end in zip(deviations(second), ends[1:], strict=True))]
    return min(
        float(start - end)
        for (start, one), (other, end) in product(starts, steps)
        if max(one, 0) <= z and max(one, 0) ** 2 + max(other, 0) ** 2 < z**2
    )


@settings(max_examples=200, deadline=None)
@given(subjects(), subjects())
def test_the_lower_limit_is_the_least_difference_that_is_not_rejected(one, other):
    first, second = followed(one), followed(other)
    found = quantile_difference(first, second)

    if found.low is not None and found.value is not None:
        assert found.low == pytest.approx(least_difference(first, second), abs=1e-9)
    elif found.value is not None:
        assert first.median().low is None or least_difference(first, second) == -inf


@settings(max_examples=150, deadline=None)
@given(subjects(late=True), subjects(late=True))
def test_limits_enclose_the_difference_and_turn_with_the_groups(one, other):
    first, second = followed(one), followed(other)
    found, turned = quantile_difference(first, second), quantile_difference(second, first)

    if found.value is not None:
        assert found.low is None or found.low <= found.value
        assert found.high is None or found.value <= found.high
        assert turned.value == -found.value
    assert turned.low == (None if found.high is None else -found.high)


def test_the_interval_covers_the_true_difference_as_often_as_it_says():
    """400 pairs of 80 exponential waits, about a third censored; true medians 10 ln 2 and 20 ln 2."""
    random = np.random.default_rng(20)
    truth = 10 * np.log(2)
    covered = 0
    for _ in range(400):
        curves = []
        for scale in (20, 10):
            wait, end = random.exponential(scale, 80), random.exponential(2 * scale, 80)
            curves.append(kaplan_meier(np.minimum(wait, end), wait <= end, wait > end))
        found = quantile_difference(*curves)
        covered += (found.low is None or found.low <= truth) and (found.high is None or truth <= found.high)

    assert 0.93 <= covered / 400 <= 0.99
