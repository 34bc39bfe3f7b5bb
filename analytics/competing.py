"""Aalen-Johansen cumulative incidence where events of several kinds exclude each other; numpy only.

"Rejected", "merged" or "handed over" ends a wait that "fixed" can then no longer end. Counting
those as censored would claim that they are still to be fixed; here each kind gets its own share.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.risk_sets import Counts, Floats, risk_sets
from analytics.survival import (
    TOLERANCE,
    UNKNOWN,
    Curve,
    Estimate,
    greenwood,
    known,
    normal_quantile,
    product_limit,
)


@dataclass(frozen=True, eq=False)
class Incidence:
    """The share F(t) that has had one kind of event by t, aligned with the `times` of the whole.

    `variance` is that of F; `low` and `high` are pointwise limits, NaN where F(t) = 1, where the
    formula has no value.
    """

    events: Counts
    share: Floats
    variance: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Incidences:
    """The incidence of each kind, and `overall` the curve of those that have had none of them.

    At every time the shares of all kinds and `overall.survival` add up to 1.
    """

    overall: Curve
    kinds: dict[str, Incidence]

    def at(self, kind: str, time: float) -> Estimate:
        """The share that has had `kind` by `time`; UNKNOWN where `overall` says nothing."""
        incidence = self.kinds[kind]
        row = self.overall.row_at(time)
        if row is None:
            return UNKNOWN
        if row < 0:
            return Estimate(0.0, 0.0, 0.0)
        return Estimate(float(incidence.share[row]), known(incidence.low[row]), known(incidence.high[row]))

    def readings(self, kind: str, times: ArrayLike) -> tuple[Floats, Floats, Floats]:
        """The share of `kind` with its lower and upper limits at many times, as `at`; NaN where nothing is known."""
        incidence = self.kinds[kind]
        return self.overall.read(times, 0.0, incidence.share, incidence.low, incidence.high)


def aalen_johansen(
    durations: ArrayLike,
    events: Mapping[str, ArrayLike],
    censored: ArrayLike,
    confidence: float = 0.95,
    *,
    entry: ArrayLike | None = None,
) -> Incidences:
    """The cumulative incidence of each kind of event from grouped counts.

    `events[kind][i]` subjects had `kind`, and `censored[i]` none, after `durations[i]`; they are
    followed after `entry[i]` only, where given. Ties between kinds are counted as they are, without
    jitter. Raises ValueError for no kind at all, and as `risk_sets` does.

    F_k(t) = sum S(t-) d_k / n over event times up to t (Aalen & Johansen, Scand. J. Statist. 5, 1978).
    Variance by the delta method (Marubini & Valsecchi, Analysing Survival Data, 1995, p. 341; the
    multinomial Greenwood variance, as Stata's stcompet and SAS ERROR=DELTA): the sum up to t of
    (F(t) - F_i)^2 d / (n (n - d)) + S(t-)^2 d_k (n - d_k) / n^3 - 2 (F(t) - F_i) S(t-) d_k / n^2.
    Limits on the log(-log) scale: F^exp(±z se / (F log F)) (Choudhury, Statist. Med. 21, 2002).
    """
    if not events:
        raise ValueError("At least one kind of event must be named.")
    sets = risk_sets(durations, [*events.values(), censored], entry)
    [overall] = product_limit(sets, confidence)
    kinds = zip(events, sets.leaving[:-1, 0], strict=True)
    return Incidences(overall, {kind: _incidence(counts, overall, confidence) for kind, counts in kinds})


def _incidence(events: Counts, overall: Curve, confidence: float) -> Incidence:
    n = np.maximum(overall.at_risk, 1)
    before = np.append(1.0, overall.survival)[:-1]
    share = np.cumsum(before * events / n)
    variance = _variance(events, overall, before, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_share = np.log(np.where(share < 1 - TOLERANCE, share, np.nan))
        width = normal_quantile(confidence) * np.sqrt(variance) / (share * log_share)
        low = np.exp(log_share * np.exp(-width))
        high = np.exp(log_share * np.exp(width))
    low[share == 0] = high[share == 0] = 0.0
    return Incidence(events, share, variance, low, high)


def _variance(events: Counts, overall: Curve, before: Floats, share: Floats) -> Floats:
    """The sum over event times, expanded in powers of F(t) so that running totals suffice."""
    n = np.maximum(overall.at_risk, 1).astype(np.float64)
    squared = greenwood(overall.at_risk, overall.events)
    # Where nobody is left S stays 0, F stays as it is, and (F(t) - F_i)^2 removes the infinite term.
    squared[~np.isfinite(squared)] = 0.0
    crossed = before * events / n**2
    own = before**2 * events * (n - events) / n**3
    constant = np.cumsum(squared * share**2 + own + 2 * crossed * share)
    linear = np.cumsum(squared * share + crossed)
    variance = share**2 * np.cumsum(squared) - 2 * share * linear + constant
    return np.maximum(variance, 0.0)
