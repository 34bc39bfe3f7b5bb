"""Comparing two groups or periods by their curves: log-rank test, differences with limits; numpy only.

Works on the curves of `survival`, so on grouped counts, with censoring and delayed entry alike.
"""

from dataclasses import dataclass
from math import erfc, hypot, inf, sqrt

import numpy as np

from analytics.shares import wilson
from analytics.survival import UNKNOWN, Curve, Estimate, normal_quantile


@dataclass(frozen=True)
class LogRank:
    """A log-rank test: `statistic` is chi-square with 1 degree of freedom where nothing differs.

    `observed` and `expected` events of the first group: more observed than expected means that it
    has the event sooner. Statistic and p value are None where no event could have told them apart.
    """

    observed: int
    expected: float
    statistic: float | None
    p_value: float | None


def log_rank(first: Curve, second: Curve) -> LogRank:
    """Whether two groups have the event at the same rate all along.

    chi2 = (O - E)^2 / V over the pooled event times, E = sum d n1/n, V = sum n1 n2 d (n - d) /
    (n^2 (n - 1)) (Mantel, Cancer Chemother. Rep. 50, 1966; Klein & Moeschberger, 2nd ed. 2003,
    section 7.3, also for left-truncated data). P(chi2 > x) = erfc(sqrt(x / 2)).
    """
    times = np.union1d(first.times[first.events > 0], second.times[second.events > 0])
    n_first, n_second = first.numbers_at_risk(times), second.numbers_at_risk(times)
    n = (n_first + n_second).astype(np.float64)
    events = first.events_at(times) + second.events_at(times)
    expected = float((events * n_first / n).sum())
    spread = n_first / n * (n_second / n) * events * (n - events) / np.maximum(n - 1, 1)
    variance = float(spread.sum())
    if variance == 0:
        return LogRank(first.n_events, expected, None, None)
    statistic = (first.n_events - expected) ** 2 / variance
    return LogRank(first.n_events, expected, statistic, erfc(sqrt(statistic / 2)))


def difference(first: Estimate, second: Estimate) -> Estimate:
    """`first` minus `second`, two independent shares with limits of the same confidence.

    For shares by a time (`Curve.at`, `Incidences.at`) or plain ones (`wilson`), whose limits are not
    symmetric: d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 + (p2 - l2)^2) (Newcombe,
    Statist. Med. 17, 1998, 873, method 10; for any such limits Zou & Donner, Statist. Med. 27, 2008).
    The value is None where one is, a limit is None where one that it needs is. Not for medians: their
    limits need the curves, see `quantile_difference`.
    """
    if first.value is None or second.value is None:
        return UNKNOWN
    value = first.value - second.value
    below = _apart(first.value, first.low, second.value, second.high)
    above = _apart(first.value, first.high, second.value, second.low)
    return Estimate(value, None if below is None else value - below, None if above is None else value + above)


def _apart(one: float, its_limit: float | None, other: float, other_limit: float | None) -> float | None:
    return None if its_limit is None or other_limit is None else hypot(one - its_limit, other - other_limit)


def relative_change(first: int, second: int, confidence: float = 0.95) -> Estimate:
    """By which share (0.1: a tenth more) `first` is more than `second`, counts of equally long times.

    Given their sum, the first of two Poisson counts is binomial (Przyborowski & Wilenski, Biometrika 31,
    1940): the limits p of its share, by `wilson`, become p / (1 - p) - 1. They hold for things that happen
    one by one; what comes in waves varies more. UNKNOWN where `second` is 0.
    """
    if second == 0:
        return UNKNOWN
    share = wilson(first, first + second, confidence)
    odds = [None if p is None or p >= 1 else p / (1 - p) - 1 for p in (share.value, share.low, share.high)]
    return Estimate(*odds)


def quantile_difference(first: Curve, second: Curve, share: float = 0.5, confidence: float = 0.95) -> Estimate:
    """The `share` quantile of `first` minus that of `second`; the medians by default; same unit.

    Limits by inverting the minimum dispersion test (Su & Wei, Biometrics 49, 1993): all x1 - x2
    with w1(x1)^2 + w2(x2)^2 <= z^2, where w is how many standard errors the curve lies above
    1 - share; here on the log(-log) scale, as the limits of a single quantile are. It needs no
    density, no random numbers and one pass over the curves, and holds with censoring. The value is
    None where a quantile is not reached, a limit is None where the data do not bound it.
    Raises ValueError for a share outside 0..1 (exclusive).
    """
    one, other = _Dispersion(first, share), _Dispersion(second, share)
    z = normal_quantile(confidence)
    low, high = _least_difference(one, other, z), _least_difference(other, one, z)
    difference = None if one.value is None or other.value is None else one.value - other.value
    return Estimate(difference, low, None if high is None else -high)


class _Dispersion:
    """A quantile of one curve, and the deviations w from it.

    `steps` are the readable rows' least w so far, infinite before the first event and where S = 0.
    """

    def __init__(self, curve: Curve, share: float) -> None:
        self.value = curve.quantile(share).value
        self.end = curve.known_until
        self.times = curve.times[: curve.readable_rows]
        with np.errstate(divide="ignore", invalid="ignore"):
            log_survival = np.log(curve.survival[: curve.readable_rows])
            error = np.sqrt(curve.variance[: curve.readable_rows]) / -log_survival
            deviations = (np.log(-np.log(1 - share)) - np.log(-log_survival)) / error
        self.steps = np.minimum.accumulate(np.where(np.isfinite(deviations), deviations, inf))


def _least_difference(first: _Dispersion, second: _Dispersion, z: float) -> float | None:
    """The least x1 - x2 in the region: every early x1 against the latest x2 that its w leaves room for."""
    is_new = first.steps < np.append(inf, first.steps)[:-1]
    rows = np.flatnonzero(is_new & (first.steps <= z))
    room = np.sqrt(z**2 - np.maximum(first.steps[rows], 0.0) ** 2)
    # The quantile itself leaves all the room. Not reached, it lies somewhere after the end of the curve.
    early = np.append(first.times[rows], first.end if first.value is None else first.value)
    latest = np.searchsorted(-second.steps, np.append(room, z))
    if not rows.size or (latest == second.steps.size).any():
        return None
    return float((early - second.times[latest]).min())
