"""Kaplan-Meier estimation on grouped counts with right censoring; numpy only.

Arrays in, small frozen dataclasses out. Knows neither Django nor what is being timed: the unit
of time is the caller's. `None` in a result always means "the data do not reach that far".
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# S(t) is a product of fractions: 1/2 may come out as 0.5000000000000001 and must still count as reached.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence limits. `None`: not reached, or not defined by the data."""

    value: float | None
    low: float | None
    high: float | None


UNKNOWN = Estimate(None, None, None)


@dataclass(frozen=True, eq=False)
class Curve:
    """The estimated probability S(t) that the event has not happened by `times[i]`, arrays aligned.

    `low` and `high` are pointwise limits; NaN where S(t) = 0, where the formula has no value.
    """

    times: Floats
    at_risk: Counts
    events: Counts
    censored: Counts
    survival: Floats
    low: Floats
    high: Floats

    @property
    def n(self) -> int:
        """How many subjects were followed."""
        return int(self.at_risk[0]) if self.at_risk.size else 0

    @property
    def n_events(self) -> int:
        """For how many of them the event was seen."""
        return int(self.events.sum())

    def quantile(self, share: float) -> Estimate:
        """The time by which `share` (0..1, exclusive) of the subjects have had the event.

        inf{t : S(t) <= 1 - share} (Klein & Moeschberger, Survival Analysis, 2nd ed. 2003, eq. 4.5.1).
        Limits by inverting the pointwise interval (Brookmeyer & Crowley, Biometrics 38, 1982; with
        the log-log interval: Klein & Moeschberger, section 4.5).
        """
        if not 0 < share < 1:
            raise ValueError(f"A share lies between 0 and 1, not {share}.")
        left = 1 - share
        return Estimate(
            self._first_at_most(self.survival, left),
            self._first_at_most(self.low, left),
            self._first_at_most(self.high, left),
        )

    def median(self) -> Estimate:
        """The time by which half of the subjects have had the event."""
        return self.quantile(0.5)

    def at(self, time: float) -> Estimate:
        """S(time) with its limits; UNKNOWN beyond the last observation unless the curve has reached 0."""
        if not self.times.size:
            return UNKNOWN
        index = int(np.searchsorted(self.times, time, side="right")) - 1
        if index < 0:
            return Estimate(1.0, 1.0, 1.0)
        if time > self.times[-1] and self.survival[-1] > TOLERANCE:
            return UNKNOWN
        return Estimate(float(self.survival[index]), _known(self.low[index]), _known(self.high[index]))

    def number_at_risk(self, time: float) -> int:
        """How many subjects are still followed, without the event, just before `time`."""
        index = int(np.searchsorted(self.times, time, side="left"))
        return int(self.at_risk[index]) if index < self.times.size else 0

    def _first_at_most(self, limit: Floats, level: float) -> float | None:
        reached = np.flatnonzero(limit <= level + TOLERANCE)
        return float(self.times[reached[0]]) if reached.size else None


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _grouped(durations: ArrayLike, events: ArrayLike, censored: ArrayLike) -> tuple[Floats, Counts, Counts]:
    """Sorted distinct durations with the counts of equal ones added up, empty rows dropped."""
    times = np.asarray(durations, dtype=np.float64)
    happened = np.asarray(events, dtype=np.int64)
    lost = np.asarray(censored, dtype=np.int64)
    if not (times.ndim == 1 and times.shape == happened.shape == lost.shape):
        raise ValueError("Durations, events and censored must be one-dimensional and equally long.")
    if times.size and not (np.isfinite(times).all() and times.min() >= 0 and happened.min() >= 0 and lost.min() >= 0):
        raise ValueError("Durations must be finite; durations and counts must not be negative.")
    kept = (happened + lost) > 0
    distinct, group = np.unique(times[kept], return_inverse=True)
    totals = np.zeros((2, distinct.size), dtype=np.int64)
    np.add.at(totals[0], group, happened[kept])
    np.add.at(totals[1], group, lost[kept])
    return distinct, totals[0], totals[1]


def kaplan_meier(durations: ArrayLike, events: ArrayLike, censored: ArrayLike, confidence: float = 0.95) -> Curve:
    """The product-limit estimate from grouped counts.

    `events[i]` subjects had the event, and `censored[i]` were last seen without it, after
    `durations[i]`; subjects censored at t count as at risk at t. Raises ValueError for arrays
    of different lengths, negative or non-finite values.

    S(t) = prod (1 - d/n) (Kaplan & Meier, JASA 53, 1958). Variance of log S by Greenwood:
    V = sum d / (n (n - d)) (1926). Limits on the log(-log) scale: S^exp(±z sqrt(V) / log S)
    (Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data, 2nd ed. 2002, section 1.4).
    """
    times, happened, lost = _grouped(durations, events, censored)
    leaving = happened + lost
    at_risk = leaving[::-1].cumsum()[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - happened / at_risk)
        variance = np.cumsum(happened / (at_risk * (at_risk - happened)))
        log_survival = np.log(survival)
        width = NormalDist().inv_cdf((1 + confidence) / 2) * np.sqrt(variance) / log_survival
        low = np.exp(log_survival * np.exp(-width))
        high = np.exp(log_survival * np.exp(width))
    before_first = happened.cumsum() == 0
    low[before_first] = high[before_first] = 1.0
    low[survival == 0] = high[survival == 0] = np.nan
    return Curve(times, at_risk, happened, lost, survival, low, high)
