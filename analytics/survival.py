"""Kaplan-Meier estimation on grouped counts with right censoring and delayed entry; numpy only.

Arrays in, small frozen dataclasses out. Knows neither Django nor what is being timed: the unit
of time is the caller's. `None` in a result always means "the data do not reach that far".
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.risk_sets import Counts, Floats, RiskSets, risk_sets

# S(t) is a product of fractions: 1/2 may come out as 0.5000000000000001 and must still count as reached.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence limits. `None`: not reached, or not defined by the data."""

    value: float | None
    low: float | None
    high: float | None

    def scaled(self, factor: float) -> "Estimate":
        """The same in another unit; what is unknown stays so. `factor` is positive."""
        parts = (self.value, self.low, self.high)
        return Estimate(*(None if part is None else part * factor for part in parts))


UNKNOWN = Estimate(None, None, None)


@dataclass(frozen=True, eq=False)
class Curve:
    """The estimated probability S(t) that the event has not happened by `times[i]`, arrays aligned.

    `low` and `high` are pointwise limits, `variance` is that of log S; NaN, NaN and infinity where
    S(t) = 0, where the formula has no value. `entered[i]` subjects are followed only after `times[i]`.
    Under delayed entry the curve holds given that the event has not happened by `since`.

    `emptied_at`: from this time on nobody was followed for a while although others entered later.
    What comes after, and a curve at 0 there, says nothing about them: every reading is unknown.
    """

    times: Floats
    at_risk: Counts
    events: Counts
    censored: Counts
    survival: Floats
    low: Floats
    high: Floats
    variance: Floats
    entered: Counts
    since: float
    emptied_at: float | None
    unseen: int

    @cached_property
    def n(self) -> int:
        """How many subjects were followed."""
        return int(self.events.sum() + self.censored.sum())

    @cached_property
    def n_events(self) -> int:
        """For how many of them the event was seen."""
        return int(self.events.sum())

    @property
    def known_until(self) -> float:
        """The last time for which the curve says something; infinite where it has reached 0."""
        if not self.times.size:
            return 0.0
        if self.emptied_at is not None:
            return self.emptied_at
        return inf if self.survival[-1] <= TOLERANCE else float(self.times[-1])

    def quantile(self, share: float) -> Estimate:
        """The time by which `share` (0..1, exclusive) of the subjects have had the event.

        inf{t : S(t) <= 1 - share} (Klein & Moeschberger, Survival Analysis, 2nd ed. 2003, section 4.5).
        Limits by inverting the pointwise interval (Brookmeyer & Crowley, Biometrics 38, 1982; with
        the log-log interval: Klein & Moeschberger, the same section). Raises ValueError for another share.
        """
        if not 0 < share < 1:
            raise ValueError(f"A share lies between 0 and 1, not {share}.")
        left = 1 - share
        return Estimate(
            self.first_at_most(self.survival, left),
            self.first_at_most(self.low, left),
            self.first_at_most(self.high, left),
        )

    def median(self) -> Estimate:
        """The time by which half of the subjects have had the event."""
        return self.quantile(0.5)

    def at(self, time: float) -> Estimate:
        """S(time) with its limits; UNKNOWN beyond the last observation unless the curve has reached 0."""
        row = self.row_at(time)
        if row is None:
            return UNKNOWN
        if row < 0:
            return Estimate(1.0, 1.0, 1.0)
        return Estimate(float(self.survival[row]), known(self.low[row]), known(self.high[row]))

    def readings(self, times: ArrayLike) -> tuple[Floats, Floats, Floats]:
        """S with its lower and upper limits at many times, as `at`; NaN where nothing is known."""
        return self.read(times, 1.0, self.survival, self.low, self.high)

    def read(self, times: ArrayLike, start: float, *columns: Floats) -> tuple[Floats, Floats, Floats]:
        """Three columns that are aligned with the curve, at `times`: `start` before the first, NaN as in `readings`."""
        asked = np.asarray(times, dtype=np.float64)
        rows = np.searchsorted(self.times, asked, side="right")
        is_known = (self.times.size > 0) & (asked <= self.known_until) & (rows <= self.readable_rows)
        value, low, high = (np.where(is_known, np.append(start, column)[rows], np.nan) for column in columns)
        return value, low, high

    def row_at(self, time: float) -> int | None:
        """The row that holds at `time`: -1 before the first, None where nothing is known."""
        if not self.times.size or time > self.known_until:
            return None
        row = int(np.searchsorted(self.times, time, side="right")) - 1
        return row if row < self.readable_rows else None

    @property
    def readable_rows(self) -> int:
        """How many leading rows may be read: all, unless the risk set has emptied early."""
        if self.emptied_at is None:
            return self.times.size
        row = int(np.searchsorted(self.times, self.emptied_at))
        return row if self.survival[row] == 0 else row + 1

    def number_at_risk(self, time: float) -> int:
        """How many subjects are still followed, without the event, just before `time`."""
        return int(self.numbers_at_risk([time])[0])

    def numbers_at_risk(self, times: ArrayLike) -> Counts:
        """`number_at_risk` for many times at once."""
        rows = np.searchsorted(self.times, np.asarray(times, dtype=np.float64), side="left")
        return np.append(self.at_risk, 0)[rows]

    def events_at(self, times: Floats) -> Counts:
        """How many have the event at each of `times`."""
        rows = np.searchsorted(self.times, times)
        found = np.append(self.times, np.nan)[rows] == times
        return np.where(found, np.append(self.events, 0)[rows], 0)

    def first_at_most(self, values: Floats, level: float) -> float | None:
        """The first time at which `values`, aligned with `times`, has come down to `level`."""
        reached = np.flatnonzero(values[: self.readable_rows] <= level + TOLERANCE)
        return float(self.times[reached[0]]) if reached.size else None


def known(value: np.float64) -> float | None:
    """A float, or None for NaN."""
    return None if np.isnan(value) else float(value)


def normal_quantile(confidence: float) -> float:
    """The z with `confidence` of the standard normal between -z and z; 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def kaplan_meier(
    durations: ArrayLike,
    events: ArrayLike,
    censored: ArrayLike,
    confidence: float = 0.95,
    *,
    entry: ArrayLike | None = None,
) -> Curve:
    """The product-limit estimate from grouped counts.

    `events[i]` subjects had the event, and `censored[i]` were last seen without it, after
    `durations[i]`; subjects censored at t count as at risk at t. They are followed after `entry[i]`
    only (left truncation), where given: see `risk_sets` for ties and for what raises ValueError.

    S(t) = prod (1 - d/n) (Kaplan & Meier, JASA 53, 1958; under left truncation Tsai, Jewell & Wang,
    Biometrika 74, 1987). Variance of log S by Greenwood: V = sum d / (n (n - d)) (1926). Limits on
    the log(-log) scale: S^exp(±z sqrt(V) / log S) (Kalbfleisch & Prentice, The Statistical Analysis
    of Failure Time Data, 2nd ed. 2002, section 1.4).
    """
    [curve] = product_limit(risk_sets(durations, [events, censored], entry), confidence)
    return curve


def kaplan_meier_by_group(
    groups: NDArray[np.intp],
    durations: ArrayLike,
    events: ArrayLike,
    censored: ArrayLike,
    confidence: float = 0.95,
    *,
    entry: ArrayLike | None = None,
) -> list[Curve]:
    """`kaplan_meier` of each group, in order; `groups[i]` is the number of a group, from 0.

    All are computed in one go: a page shows dozens, and each alone costs more in calls than in arithmetic.
    """
    return product_limit(risk_sets(durations, [events, censored], entry, groups), confidence)


def product_limit(sets: RiskSets, confidence: float) -> list[Curve]:
    """The curves of `kaplan_meier` from risk sets whose last way of leaving is censoring, all others events."""
    happened, lost = sets.leaving[:-1].sum(axis=0), sets.leaving[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - happened / np.maximum(sets.at_risk, 1), axis=1)
        variance = np.cumsum(greenwood(sets.at_risk, happened), axis=1)
    emptied = _emptied_at(sets, survival)
    # From here on only the times at which something changes, those of one group behind those of the other.
    is_change = sets.is_change
    at_risk, happened, lost, entered = (table[is_change] for table in (sets.at_risk, happened, lost, sets.entered))
    survival, variance = survival[is_change], variance[is_change]
    low, high = _limits(survival, variance, confidence)
    times = sets.times[np.nonzero(is_change)[1]]
    ends = np.cumsum(is_change.sum(axis=1)).tolist()
    parts = [slice(start, end) for start, end in pairwise([0, *ends])]
    return [
        Curve(
            times[part],
            at_risk[part],
            happened[part],
            lost[part],
            survival[part],
            low[part],
            high[part],
            variance[part],
            entered[part],
            float(sets.since[group]),
            emptied[group],
            int(sets.unseen[group]),
        )
        for group, part in enumerate(parts)
    ]


def _limits(survival: Floats, variance: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Of S: 1 before the first event, NaN where S is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        log_survival = np.log(survival)
        width = normal_quantile(confidence) * np.sqrt(variance) / log_survival
        low = np.exp(log_survival * np.exp(-width))
        high = np.exp(log_survival * np.exp(width))
    before_first = variance == 0
    low[before_first] = high[before_first] = 1.0
    low[survival == 0] = high[survival == 0] = np.nan
    return low, high


def greenwood(at_risk: Counts, events: Counts) -> Floats:
    """The terms d / (n (n - d)): 0 without an event, infinite where nobody is left."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(events > 0, events / (at_risk * (at_risk - events)), 0.0)


def _emptied_at(sets: RiskSets, survival: Floats) -> list[float | None]:
    """By group the first time at which the risk set empties, or S falls to 0, while others leave later."""
    gone = sets.leaving.sum(axis=0)
    others_later = gone[:, ::-1].cumsum(axis=1)[:, ::-1] > gone
    empty = (survival == 0) | (sets.at_risk - gone + sets.entered == 0)
    found = (gone > 0) & others_later & empty
    return [float(sets.times[row.argmax()]) if row.any() else None for row in found]
