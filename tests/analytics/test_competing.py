"""Cumulative incidence of competing events against a published table, Stata, hand computation, lifelines and loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter

from analytics.competing import Incidences, aalen_johansen
from analytics.survival import UNKNOWN, Estimate
from tests.analytics.subjects import (
    Subject,
    event_times,
    followed,
    n_at_risk,
    n_happening,
    seen,
    share,
    subjects,
    survival,
)

KINDS = ("fixed", "rejected", "merged")


def incidences(everyone: list[Subject], kinds: tuple[str, ...] = KINDS, confidence: float = 0.95) -> Incidences:
    """The estimate from single subjects."""
    return aalen_johansen(
        [subject.time for subject in everyone],
        {kind: [int(subject.kind == kind) for subject in everyone] for kind in kinds},
        [int(subject.kind is None) for subject in everyone],
        confidence,
        entry=[subject.entry for subject in everyone],
    )


def of(times: list[float], kinds: list[int], names: tuple[str, ...] = KINDS) -> list[Subject]:
    """Subjects in the usual coding of other programs: 0 is censored, 1 the first kind."""
    return [Subject(0, time, names[kind - 1] if kind else None) for time, kind in zip(times, kinds, strict=True)]


def test_the_published_breast_cancer_table_comes_out_as_printed():
    """Satagopan et al., Brit. J. Cancer 91 (2004) 1229, table 2: 305 patients, the first nine written out; per cent.

    Its last column adds up what was rounded before (0.3, 0.6, 0.9, 1.2), so the steps are compared.
    """
    found = aalen_johansen(
        [7, 10, 14, 16, 18, 23, 24, 26, 27, 28],
        {"cancer": [0, 1, 0, 1, 0, 1, 0, 0, 1, 0], "other": [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]},
        [1, 0, 1, 0, 0, 0, 1, 0, 0, 296],
    )
    months = [10, 16, 18, 23, 26, 27]

    assert [found.overall.number_at_risk(month) for month in months] == [304, 302, 301, 300, 298, 297]
    assert [round(100 * found.overall.at(month).value, 1) for month in months] == [99.7, 99.3, 99.0, 98.7, 98.3, 98.0]
    shares = [found.at("cancer", month).value for month in (0, 10, 16, 23, 27)]
    assert [round(100 * step, 1) for step in np.diff(shares)] == [0.3, 0.3, 0.3, 0.3]


def test_shares_and_standard_errors_with_ties_are_those_of_stata():
    """Stata, stcompet, as kept in statsmodels, test_incidence; cmprsk in R uses another formula for the error."""
    times = [1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4]
    found = incidences(of(times, [1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    expected = {
        "fixed": ([1 / 9, 0.17037037, 0.17037037], [0.07407407, 0.08976251, 0.08976251]),
        "rejected": ([0, 0, 0.20740741], [0, 0, 0.10610391]),
        "merged": ([0, 0, 0, 0.17777778, 0.26666667], [0, 0, 0, 0.11196147, 0.12787781]),
    }

    for kind, (shares, errors) in expected.items():
        incidence = found.kinds[kind]
        np.testing.assert_allclose(incidence.share[: len(shares)], shares, atol=5e-9)
        np.testing.assert_allclose(np.sqrt(incidence.variance[: len(errors)]), errors, atol=5e-9)


def test_the_variance_of_the_survival_package_computed_by_hand_comes_out():
    """R, survival/tests/testci.R, byhand(): the second subject has kind 1, the fourth, sixth and eighth kind 2."""
    found = incidences(of([1, 2, 2, 3, 3, 3, 5, 6], [0, 1, 0, 2, 0, 2, 0, 2]))

    assert found.overall.at_risk.tolist() == [8, 7, 5, 2, 1]
    np.testing.assert_allclose(found.kinds["fixed"].share, [0, 1 / 7, 1 / 7, 1 / 7, 1 / 7])
    np.testing.assert_allclose(found.kinds["rejected"].share, [0, 0, 12 / 35, 12 / 35, 6 / 7])
    np.testing.assert_allclose(found.kinds["fixed"].variance, [0, *[6 / 343] * 4], atol=1e-12)
    assert found.kinds["rejected"].variance[-1] == pytest.approx(6 / 343)


def test_what_was_rejected_is_not_still_to_be_fixed():
    """Ten reports: five fixed on day 1, four rejected on day 2, one fixed on day 3."""
    found = aalen_johansen([1, 2, 3], {"fixed": [5, 0, 1], "rejected": [0, 4, 0]}, [0, 0, 0])

    assert found.at("fixed", 3).value == pytest.approx(0.6)
    assert found.at("rejected", 3).value == pytest.approx(0.4)
    assert found.overall.at(3).value == 0


def test_reading_before_the_first_and_beyond_the_last_observation():
    found = aalen_johansen([2, 5], {"fixed": [1, 0], "rejected": [0, 0]}, [0, 3])

    assert found.at("fixed", 1) == Estimate(0.0, 0.0, 0.0)
    assert found.at("rejected", 3) == Estimate(0.0, 0.0, 0.0)
    assert found.at("fixed", 6) == UNKNOWN
    with pytest.raises(KeyError):
        found.at("lost", 1)


def test_everybody_of_one_kind_leaves_a_share_of_1_without_limits():
    assert incidences(of([2, 3], [1, 1])).at("fixed", 3) == Estimate(1.0, None, None)


def test_nobody_is_unknown_and_no_kind_is_refused():
    assert incidences([]).at("fixed", 0) == UNKNOWN
    with pytest.raises(ValueError, match="kind"):
        aalen_johansen([1], {}, [1])


def test_late_entries_into_an_emptied_risk_set_make_the_rest_unknown():
    found = incidences([Subject(0, 2, "fixed"), Subject(5, 9, "rejected"), Subject(5, 9, None)])

    assert found.at("fixed", 1) == Estimate(0.0, 0.0, 0.0)
    assert found.at("fixed", 2) == found.at("rejected", 9) == UNKNOWN


def plain_variance(everyone: list[Subject], kind: str, time: float) -> float:
    """The delta method's sum as it is printed, one event time after the other."""
    total, now = 0.0, share(everyone, kind, time)
    for t in event_times(everyone, time):
        n, d, own = n_at_risk(seen(everyone), t), n_happening(everyone, t), n_happening(everyone, t, kind)
        before, since = survival(everyone, t, before=True), now - share(everyone, kind, t)
        total += since**2 * d / (n * (n - d)) if n > d else 0.0
        total += before**2 * own * (n - own) / n**3 - 2 * since * before * own / n**2
    return total


@settings(max_examples=120, deadline=None)
@given(subjects(kinds=(*KINDS, None), late=True))
def test_agrees_with_plain_loops_also_with_ties_and_late_entries(everyone):
    found = incidences(everyone)

    for kind in KINDS:
        for row, time in enumerate(found.overall.times):
            assert found.kinds[kind].share[row] == pytest.approx(share(everyone, kind, time), abs=1e-9)
            assert found.kinds[kind].variance[row] == pytest.approx(plain_variance(everyone, kind, time), abs=1e-9)


@settings(max_examples=120, deadline=None)
@given(subjects(kinds=(*KINDS, None), late=True))
def test_the_shares_of_all_kinds_and_of_none_add_up_to_1(everyone):
    found = incidences(everyone)

    total = found.overall.survival + sum(incidence.share for incidence in found.kinds.values())
    np.testing.assert_allclose(total, 1.0, atol=1e-12)


@settings(max_examples=100, deadline=None)
@given(subjects(late=True))
def test_one_kind_alone_is_the_complement_of_kaplan_meier_with_its_variance(everyone):
    found, curve = incidences(everyone, ("fixed",)), followed(everyone)
    defined = curve.survival > 0

    np.testing.assert_allclose(found.kinds["fixed"].share, 1 - curve.survival, atol=1e-12)
    greenwood = curve.survival[defined] ** 2 * curve.variance[defined]
    np.testing.assert_allclose(found.kinds["fixed"].variance[defined], greenwood, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(subjects(kinds=(*KINDS, None)))
def test_limits_enclose_the_share(everyone):
    for incidence in incidences(everyone).kinds.values():
        defined = ~np.isnan(incidence.low)
        assert (incidence.low[defined] <= incidence.share[defined] + 1e-12).all()
        assert (incidence.share[defined] <= incidence.high[defined] + 1e-12).all()


# lifelines shakes tied times at random, loses events at 0 and counts who enters at t as at risk at t:
# it is compared on distinct times, entries between them. The ties are what the plain loops are for.
untied = st.lists(st.sampled_from([*KINDS, None]), min_size=2, max_size=40).flatmap(
    lambda kinds: st.tuples(
        st.just(kinds),
        st.lists(st.integers(1, 400), min_size=len(kinds), max_size=len(kinds), unique=True),
        st.lists(st.integers(0, 60), min_size=len(kinds), max_size=len(kinds)),
    )
)


@settings(max_examples=200, deadline=None)
@given(untied, st.sampled_from([0.8, 0.95]), st.booleans())
@pytest.mark.filterwarnings("ignore")
def test_agrees_with_lifelines_on_times_without_ties(drawn, confidence, is_late):
    kinds, times, entries = drawn
    came = [
        max(min(entry, time) - 0.5, 0) if is_late and place else 0
        for place, (entry, time) in enumerate(zip(entries, times, strict=True))
    ]
    everyone = [Subject(*row) for row in zip(came, times, kinds, strict=True)]
    found = incidences(everyone, confidence=confidence)
    if found.overall.emptied_at is not None or "fixed" not in kinds:
        return
    fitter = AalenJohansenFitter(alpha=1 - confidence).fit(
        np.array(times, dtype=float), [0 if kind is None else KINDS.index(kind) + 1 for kind in kinds], 1, entry=came
    )
    rows = found.overall.times
    limits = fitter.confidence_interval_.loc[rows]
    incidence = found.kinds["fixed"]
    # Where nobody is left lifelines multiplies 0 by infinity and prints no limits.
    defined = (incidence.share > 0) & (incidence.share < 1 - 1e-9) & (found.overall.survival > 0)

    np.testing.assert_allclose(incidence.share, fitter.cumulative_density_.loc[rows].iloc[:, 0], atol=1e-9, rtol=0)
    for ours, theirs in ((incidence.low, limits.min(axis=1)), (incidence.high, limits.max(axis=1))):
        np.testing.assert_allclose(ours[defined], theirs.to_numpy()[defined], atol=1e-9, rtol=0)
