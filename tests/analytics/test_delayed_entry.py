"""Left truncation: who came late is followed only from there; against R, lifelines and plain loops."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from analytics.survival import UNKNOWN, Curve, Estimate, kaplan_meier, kaplan_meier_by_group
from tests.analytics.subjects import Subject, curve_of, followed, n_at_risk, seen, subjects, survival


def of(entry: list[float], time: list[float], event: list[int]) -> list[Subject]:
    return [Subject(e, t, "fixed" if is_event else None) for e, t, is_event in zip(entry, time, event, strict=True)]


def test_the_published_counting_process_example_comes_out_as_printed():
    """Therneau & Grambsch, Modeling Survival Data (2000), appendix E, set 2; numbers: R, survival, survtest.R."""
    curve = followed(
        of([1, 2, 5, 2, 1, 7, 3, 4, 8, 8], [2, 3, 6, 7, 8, 9, 9, 9, 14, 17], [1, 1, 1, 1, 1, 1, 1, 0, 0, 0])
    )

    assert curve.times.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 17]
    assert curve.at_risk.tolist() == [0, 2, 3, 3, 4, 5, 4, 4, 5, 2, 1]
    assert curve.events.tolist() == [0, 1, 1, 0, 0, 1, 1, 1, 2, 0, 0]
    np.testing.assert_allclose(curve.survival[curve.events > 0], [1 / 2, 1 / 3, 4 / 15, 1 / 5, 3 / 20, 9 / 100])
    assert curve.median().value == 2
    assert (curve.n, curve.n_events, curve.since) == (10, 7, 1)


def test_standard_errors_under_delayed_entry_are_those_of_r():
    """R, survfit(coxph(Surv(entry, times, status) ~ 1)), as kept in statsmodels, test_survfunc_entry_1."""
    curve = followed(
        of(
            [0, 1, 1, 2, 2, 2, 3, 4, 4, 4, 4, 0],
            [1, 3, 3, 5, 5, 7, 7, 8, 8, 9, 10, 10],
            [1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1],
        )
    )
    rows = curve.events > 0

    assert curve.at_risk[rows].tolist() == [2, 6, 9, 7, 5, 3, 2]
    np.testing.assert_allclose(curve.survival[rows], [0.5, 0.4167, 0.3241, 0.2778, 0.2222, 0.1481, 0.0741], atol=5e-5)
    errors = curve.survival[rows] * np.sqrt(curve.variance[rows])
    np.testing.assert_allclose(errors, [0.3536, 0.3043, 0.2436, 0.2132, 0.1776, 0.1330, 0.0846], atol=5e-5)


def test_who_enters_at_t_is_not_at_risk_at_t():
    curve = followed(of([0, 0, 5], [5, 9, 9], [1, 0, 0]))

    assert curve.number_at_risk(5) == 2
    assert curve.number_at_risk(5.1) == 2
    assert curve.at(5).value == 0.5


def test_who_enters_at_0_is_followed_from_the_beginning():
    with_entry = followed(of([0, 0, 0], [0, 2, 2], [1, 1, 0]))
    without = curve_of([0, 2], [2])

    assert with_entry.survival.tolist() == without.survival.tolist()
    assert (with_entry.since, with_entry.n) == (0, 3)


def test_who_enters_late_and_leaves_at_once_is_counted_but_in_no_risk_set():
    curve = followed(of([0, 4, 4], [6, 4, 6], [1, 1, 0]))

    assert (curve.n, curve.n_events, curve.unseen) == (2, 1, 1)
    assert curve.at(6).value == 0.5


def test_an_entry_after_the_duration_is_refused():
    with pytest.raises(ValueError, match="entry"):
        kaplan_meier([3], [1], [0], entry=[4])


def test_a_curve_that_falls_to_0_while_others_come_later_is_unknown_from_there():
    """One fresh report, settled within 2 hours, must not give 300 old ones a median of 2 hours."""
    curve = kaplan_meier([2, 50], [1, 0], [0, 300], entry=[0, 40])

    assert curve.survival.tolist() == [0, 0, 0]
    assert (curve.emptied_at, curve.known_until) == (2, 2)
    assert curve.at(1) == Estimate(1.0, 1.0, 1.0)
    assert [curve.at(time) for time in (2, 3, 45)] == [UNKNOWN] * 3
    assert curve.median() == UNKNOWN
    assert curve.number_at_risk(45) == 300


def test_beyond_a_gap_in_which_nobody_was_followed_nothing_is_claimed():
    curve = followed(of([0, 0, 0, 0, 30, 30], [4, 4, 5, 9, 40, 40], [1, 0, 0, 0, 1, 0]))

    assert curve.emptied_at == 9
    assert curve.at(9).value == 0.75
    assert curve.at(9.5) == curve.at(40) == UNKNOWN
    assert (curve.median().value, curve.median().high) == (None, None)
    assert curve.quantile(0.25).value == 4


def test_without_anybody_from_the_beginning_the_curve_starts_at_the_first_entry():
    curve = followed(of([10, 20, 20], [30, 30, 40], [1, 1, 1]))

    assert curve.since == 10
    assert curve.emptied_at is None
    assert curve.median().value == 30


def test_only_entries_that_leave_at_once_are_nobody():
    curve = followed(of([3, 4], [3, 4], [1, 0]))

    assert (curve.n, curve.unseen, curve.times.size) == (0, 2, 0)
    assert curve.at(1) == UNKNOWN


@settings(max_examples=200, deadline=None)
@given(subjects(late=True))
def test_agrees_with_plain_loops(everyone):
    curve = followed(everyone)

    assert curve.n == len(seen(everyone))
    assert curve.unseen == len(everyone) - curve.n
    for row, time in enumerate(curve.times):
        assert curve.at_risk[row] == n_at_risk(seen(everyone), time)
        assert curve.survival[row] == pytest.approx(survival(everyone, time), abs=1e-9)
    for time in np.arange(0, 13, 0.5):
        assert curve.number_at_risk(time) == n_at_risk(seen(everyone), time)


@settings(max_examples=200, deadline=None)
@given(subjects(late=True))
@pytest.mark.filterwarnings("ignore")
def test_agrees_with_lifelines_wherever_lifelines_does_not_refuse(everyone):
    curve = followed(everyone)
    if not curve.n or curve.emptied_at is not None:
        return
    kept = seen(everyone)
    fitter = KaplanMeierFitter().fit(
        [subject.time for subject in kept],
        [subject.kind is not None for subject in kept],
        entry=[subject.entry for subject in kept],
    )
    limits = fitter.confidence_interval_.loc[curve.times]
    defined = curve.survival > 1e-12

    np.testing.assert_allclose(curve.survival, fitter.survival_function_.loc[curve.times].iloc[:, 0], atol=1e-9, rtol=0)
    np.testing.assert_allclose(curve.low[defined], limits.iloc[:, 0][defined], atol=1e-9, rtol=0)
    np.testing.assert_allclose(curve.high[defined], limits.iloc[:, 1][defined], atol=1e-9, rtol=0)


@settings(max_examples=100, deadline=None)
@given(subjects(late=True))
def test_grouped_rows_give_what_single_rows_give(everyone):
    groups: dict[tuple[float, float], list[int]] = {}
    for subject in everyone:
        groups.setdefault((subject.entry, subject.time), [0, 0])[subject.kind is None] += 1
    grouped = kaplan_meier(
        [time for _, time in groups],
        [events for events, _ in groups.values()],
        [censored for _, censored in groups.values()],
        entry=[entry for entry, _ in groups],
    )
    single = followed(everyone)

    assert grouped.times.tolist() == single.times.tolist()
    assert grouped.at_risk.tolist() == single.at_risk.tolist()
    assert grouped.survival.tolist() == single.survival.tolist()
    assert grouped.median() == single.median()


@settings(max_examples=100, deadline=None)
@given(subjects())
def test_an_entry_of_0_for_everybody_changes_nothing(everyone):
    times = [subject.time for subject in everyone]
    events = [int(subject.kind is not None) for subject in everyone]
    censored = [1 - event for event in events]

    plain, entered = kaplan_meier(times, events, censored), followed(everyone)

    assert plain.survival.tolist() == entered.survival.tolist()
    assert plain.at_risk.tolist() == entered.at_risk.tolist()
    assert plain.emptied_at is None


@settings(max_examples=100, deadline=None)
@given(st.lists(subjects(late=True).filter(bool), min_size=1, max_size=4))
def test_groups_side_by_side_give_what_each_gives_alone(alone):
    rows = [(place, subject) for place, members in enumerate(alone) for subject in members]
    rows.sort(key=lambda row: (row[1].time, row[0]))
    events = np.array([int(subject.kind is not None) for _place, subject in rows])

    found = kaplan_meier_by_group(
        np.array([place for place, _subject in rows]),
        [subject.time for _place, subject in rows],
        events,
        1 - events,
        entry=[subject.entry for _place, subject in rows],
    )

    for curve, members in zip(found, alone, strict=True):
        single = followed(members)
        for field in fields(Curve):
            np.testing.assert_array_equal(getattr(curve, field.name), getattr(single, field.name))
