"""Who is followed when: grouped counts in, one row per distinct time out; numpy only.

What every estimator of this room divides by. Knows neither Django nor what is being timed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RiskSets:
    """The rows of a life table, arrays aligned with the distinct, rising `times`.

    `at_risk[i]` subjects are followed just before `times[i]`, `leaving[k, i]` of them leave at
    `times[i]` in the k-th way, and `entered[i]` late ones are followed from there on. Everything
    that is estimated holds given that the event has not happened by `since`: 0, or where nobody is
    followed from the beginning, the earliest entry. `unseen` subjects left the moment they came.
    """

    times: Floats
    at_risk: Counts
    leaving: Counts
    entered: Counts
    since: float
    unseen: int


def risk_sets(durations: ArrayLike, leaving: Sequence[ArrayLike], entry: ArrayLike | None = None) -> RiskSets:
    """The risk sets of grouped counts, also under left truncation (delayed entry).

    `leaving[k][i]` subjects left in the k-th way (an event of some kind, or censored) after
    `durations[i]`; they are followed after `entry[i]`, in the same unit, and from the beginning
    where that is 0 or not given.

    A subject is at risk at t when entry < t <= duration (Klein & Moeschberger, Survival Analysis,
    2nd ed. 2003, section 4.6): who leaves at t is at risk at t, who enters at t is not.
    Who enters at 0 was not selected by waiting and is at risk at 0 too. So a subject with a late
    entry equal to its duration is in no risk set; it is left out and counted in `unseen`.

    Raises ValueError for arrays of different lengths, times that are negative or not finite,
    counts that are negative or not whole, and an entry after the duration.
    """
    left, came, counts = _checked(durations, leaving, entry)
    is_late = came > 0
    is_seen = ~is_late | (came < left)
    kept = is_seen & (counts.sum(axis=0) > 0)
    late = kept & is_late
    times = np.unique(np.concatenate([left[kept], came[late]]))
    gone = np.stack([_summed(times, left[kept], count[kept]) for count in counts])
    entered = _summed(times, came[late], counts[:, late].sum(axis=0))
    total = gone.sum(axis=0)
    followed = int(total.sum() - entered.sum())
    at_risk = followed + (entered.cumsum() - entered) - (total.cumsum() - total)
    since = float(came[late].min()) if late.any() and not followed else 0.0
    return RiskSets(times, at_risk, gone, entered, since, int(counts[:, ~is_seen].sum()))


def _summed(times: Floats, at: Floats, counts: Counts) -> Counts:
    """How many of `counts` fall on each of `times`."""
    return np.bincount(np.searchsorted(times, at), counts, times.size).astype(np.int64)


def _checked(
    durations: ArrayLike, leaving: Sequence[ArrayLike], entry: ArrayLike | None
) -> tuple[Floats, Floats, Counts]:
    left = np.asarray(durations, dtype=np.float64)
    came = np.zeros_like(left) if entry is None else np.asarray(entry, dtype=np.float64)
    counts = [np.asarray(count) for count in leaving]
    if left.ndim != 1 or any(array.shape != left.shape for array in (came, *counts)):
        raise ValueError("Durations, entries and counts must be one-dimensional and equally long.")
    if not (np.isfinite(left).all() and np.isfinite(came).all() and (came >= 0).all() and (left >= came).all()):
        raise ValueError("Times must be finite and not negative, and no entry may come after its duration.")
    if any((~np.isfinite(count) | (count < 0) | (count % 1 != 0)).any() for count in counts):
        raise ValueError("Counts must be whole numbers that are not negative.")
    return left, came, np.stack(counts).astype(np.int64)
