"""From grouped counts to the numbers that are shown: medians with intervals, shares, suppression.

Pure: DataFrames of `queries.py` in, frozen dataclasses out. Durations come in hours, leave in days.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analytics.keys import grouped
from analytics.restricted_mean import RestrictedMean, restricted_mean
from analytics.shares import wilson
from analytics.survival import UNKNOWN, Curve, Estimate, kaplan_meier, kaplan_meier_by_group

HOURS_PER_DAY = 24
# Below this many events a median says more about chance than about an agency.
MIN_EVENTS = 10
# Half of all would be followed until the median if nothing ran any more.
FOLLOWED = 0.1
# Longer times are counted in whole days.
FINE_DAYS = 14
# Days at which curves are written down.
TOLD_DAYS = (1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60)


@dataclass(frozen=True, eq=False)
class Clock:
    """One clock of one group; `waiting` counts those whose clock still runs.

    `mean_days` is the plain mean over finished ones only: too short while slow ones are open.
    The curve's unit of time is a day's `per_day`-th part: an hour, or a working day.
    """

    curve: Curve
    waiting: int
    mean_days: float | None
    per_day: int = HOURS_PER_DAY

    @property
    def n(self) -> int:
        """How many are followed."""
        return self.curve.n

    @cached_property
    def events(self) -> int:
        """How many of them have finished."""
        return self.curve.n_events

    @property
    def is_few(self) -> bool:
        """Whether there are too few events to publish a duration."""
        return self.events < MIN_EVENTS

    @cached_property
    def median_days(self) -> Estimate:
        """The days within which half have finished; unknown where there are too few."""
        return self.quantile_days(0.5)

    @cached_property
    def p90_days(self) -> Estimate:
        """The days within which nine of ten have finished; unknown where there are too few."""
        return self.quantile_days(0.9)

    @cached_property
    def followed_at_median(self) -> int | None:
        """How many were still followed when half had finished; None where that is not reached."""
        median = self.median_days.value
        return None if median is None else self.curve.number_at_risk(round(median * self.per_day))

    @property
    def is_early(self) -> bool:
        """Whether so few were followed until the median that the others may well move it."""
        enough = max(MIN_EVENTS, self.n * FOLLOWED)
        return self.followed_at_median is not None and self.followed_at_median < enough

    def followed(self, days: int) -> tuple[Estimate, int]:
        """The share that has finished within `days`, and how many are still followed then."""
        return self.share_within(days), self.curve.number_at_risk(days * self.per_day)

    def quantile_days(self, share: float) -> Estimate:
        """The days within which `share` (0..1) have finished; unknown where there are too few."""
        if self.is_few:
            return UNKNOWN
        return self.curve.quantile(share).scaled(1 / self.per_day)

    def restricted_mean_days(self, horizon_days: int) -> RestrictedMean:
        """The mean in days where all that lasts longer counts as `horizon_days`, or as long as is known, if shorter.

        Unknown, with a horizon of 0, where there are too few events.
        """
        whole_days = int(min(self.curve.known_until / self.per_day, horizon_days))
        if self.is_few or not whole_days:
            return RestrictedMean(0, UNKNOWN, None)
        found = restricted_mean(self.curve, whole_days * self.per_day)
        return RestrictedMean(whole_days, found.estimate.scaled(1 / self.per_day), None)

    def share_within(self, days: float) -> Estimate:
        """The share (0..1) that has finished within `days`; unknown where there are too few."""
        if self.is_few:
            return UNKNOWN
        left = self.curve.at(days * self.per_day)
        return Estimate(_rest(left.value), _rest(left.high), _rest(left.low))


def _rest(share: float | None) -> float | None:
    return None if share is None else 1 - share


Clocks = dict[tuple[str, Any], Clock]
NOTHING = Clock(kaplan_meier([], [], []), 0, None)


def measured(counts: pd.DataFrame, per_day: int = HOURS_PER_DAY) -> Clocks:
    """The clocks of `queries.clock_counts` by (clock, key); the key is None where the rows have none.

    Those of `queries.window_counts` are followed from their entry on.

    `per_day`: how many of the frame's units of time make a day.
    """
    if counts.empty:
        return {}
    clocks, names = pd.factorize(counts["clock"])
    places, keys = grouped(counts["key"])
    pairs, groups = np.unique(clocks * len(keys) + places, return_inverse=True)
    time, events, censored, waiting = (counts[name].to_numpy() for name in ("time", "events", "censored", "waiting"))
    entry = counts["entry"].to_numpy() if "entry" in counts else None
    curves = kaplan_meier_by_group(groups, time, events, censored, entry=entry)
    summed = (np.bincount(groups, each).tolist() for each in (waiting, time * events, events))
    return {
        (str(names[pair // len(keys)]), keys[pair % len(keys)]): Clock(
            curve, int(running), spent / finished / per_day if finished else None, per_day
        )
        for pair, curve, running, spent, finished in zip(pairs.tolist(), curves, *summed, strict=True)
    }


def waiting_longer(counts: pd.DataFrame, clock: str, days: float) -> int:
    """How many have waited at least `days` and still do."""
    rows = counts[(counts["clock"] == clock) & (counts["time"] >= days * HOURS_PER_DAY)]
    return int(rows["waiting"].sum())


def curve_points(clock: Clock, days: int, per_day: int = 4) -> pd.DataFrame:
    """The share finished, with limits, on a grid of `per_day` points up to `days`, one a day beyond two weeks.

    Columns day, share, low, high; ends where the observations end. A grid keeps the page small: the
    curve itself may step at every hour, and beyond two weeks steps at whole days.
    """
    fine = min(days, FINE_DAYS)
    grid = np.append(np.arange(fine * per_day) / per_day, np.arange(fine, days + 1))
    if clock.is_few:
        return pd.DataFrame(columns=["day", "share", "low", "high"], dtype="float64")
    left, low, high = clock.curve.readings(grid * clock.per_day)
    known = ~np.isnan(left)
    columns = {"day": grid, "share": 1 - left, "low": 1 - high, "high": 1 - low}
    return pd.DataFrame({name: column[known] for name, column in columns.items()})


@dataclass(frozen=True)
class Share:
    """How many of `n` it is true of; as a share (0..1) once there are enough."""

    count: int
    n: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few to publish a share."""
        return self.n < MIN_EVENTS

    @property
    def estimate(self) -> Estimate:
        """The share with its interval; unknown where there are too few."""
        return UNKNOWN if self.is_few else wilson(self.count, self.n)

    @property
    def percent(self) -> Estimate:
        """The same in per cent."""
        return self.estimate.scaled(100)


@dataclass(frozen=True)
class OnTime:
    """The share completed in time, how many completed ones have no day to be judged by, how many are not yet due."""

    share: Share
    without_target: int
    undecided: int = 0


NO_ON_TIME = OnTime(Share(0, 0), 0)


def on_time(counts: pd.DataFrame) -> dict[str | None, OnTime]:
    """By key, from `queries.on_time_counts`; the key is None where the rows have none."""
    rows = zip(
        counts["key"],
        counts["in_time"].tolist(),
        counts["judged"].tolist(),
        counts["without_target"].tolist(),
        counts["undecided"].tolist(),
        strict=True,
    )
    return {key: OnTime(Share(in_time, judged), *others) for key, in_time, judged, *others in rows}
