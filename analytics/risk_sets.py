"""Who is followed when: grouped counts in, life tables with a column per distinct time out; numpy only.

What every estimator of this room divides by. Knows neither Django nor what is being timed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.numbering import numbered

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RiskSets:
    """The life tables of one group or several, one below the other; columns are the distinct, rising `times` of all.

    Of group g `at_risk[g, i]` subjects are followed just before `times[i]`, `leaving[k, g, i]` of them leave at
    `times[i]` in the k-th way, and `entered[g, i]` late ones are followed from there on. Everything
    that is estimated holds given that the event has not happened by `since[g]`: 0, or where nobody is
    followed from the beginning, the earliest entry. `unseen[g]` subjects left the moment they came.
    """

    times: Floats
    at_risk: Counts
    leaving: Counts
    entered: Counts
    since: Floats
    unseen: Counts

    @property
    def is_change(self) -> NDArray[np.bool_]:
        """Whether somebody of a group leaves or enters at a time; what is between belongs to other groups."""
        is_change: NDArray[np.bool_] = self.leaving.sum(axis=0) + self.entered > 0
        return is_change


def risk_sets(
    durations: ArrayLike,
    leaving: Sequence[ArrayLike],
    entry: ArrayLike | None = None,
    groups: NDArray[np.intp] | None = None,
) -> RiskSets:
    """The risk sets of grouped counts, also under left truncation (delayed entry).

    `leaving[k][i]` subjects left in the k-th way (an event of some kind, or censored) after
    `durations[i]`; they are followed after `entry[i]`, in the same unit, and from the beginning
    where that is 0 or not given. They belong to `groups[i]`, numbered from 0; to one where not given.

    A subject is at risk at t when entry < t <= duration (Klein & Moeschberger, Survival Analysis,
    2nd ed. 2003, section 4.6): who leaves at t is at risk at t, who enters at t is not.
    Who enters at 0 was not selected by waiting and is at risk at 0 too. So a subject with a late
    entry equal to its duration is in no risk set; it is left out and counted in `unseen`.

    Raises ValueError for arrays of different lengths, times that are negative or not finite,
    counts that are negative or not whole, and an entry after the duration.
    """
    left, came, counts = _checked(durations, leaving, entry)
    group = np.zeros(left.size, dtype=np.intp) if groups is None else groups
    number = int(group.max(initial=0)) + 1
    is_late = came > 0
    is_seen = ~is_late | (came < left)
    kept = is_seen & (counts.sum(axis=0) > 0)
    late = kept & is_late
    times, columns = numbered(np.concatenate([left[kept], came[late]]))
    shape = (number, times.size)
    leaving_at, entering_at = np.split(columns, [np.count_nonzero(kept)])
    cells = group[kept] * times.size + leaving_at
    gone = np.stack([_summed(cells, count[kept], shape) for count in counts])
    cells = group[late] * times.size + entering_at
    entered = _summed(cells, counts[:, late].sum(axis=0), shape)
    total = gone.sum(axis=0)
    followed = (total - entered).sum(axis=1)
    at_risk = followed[:, None] + (entered.cumsum(axis=1) - entered) - (total.cumsum(axis=1) - total)
    earliest = np.full(number, np.inf)
    np.minimum.at(earliest, group[late], came[late])
    since = np.where((followed == 0) & np.isfinite(earliest), earliest, 0.0)
    unseen = _summed(group[~is_seen], counts[:, ~is_seen].sum(axis=0), (number,))
    return RiskSets(times, at_risk, gone, entered, since, unseen)


def _summed(cells: NDArray[np.intp], counts: Counts, shape: tuple[int, ...]) -> Counts:
    """How many of `counts` fall on each cell of a table."""
    return np.bincount(cells, counts, math.prod(shape)).astype(np.int64).reshape(shape)


def _is_countable(counts: NDArray[Any]) -> bool:
    """Whether they are whole and not negative: of integers, as most are, the sign is all there is to ask."""
    if np.issubdtype(counts.dtype, np.integer):
        return bool((counts >= 0).all())
    return bool((np.isfinite(counts) & (counts >= 0) & (counts % 1 == 0)).all())


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
    if not all(_is_countable(count) for count in counts):
        raise ValueError("Counts must be whole numbers that are not negative.")
    return left, came, np.stack(counts).astype(np.int64)
