"""Where more happens than chance would put there: the Getis-Ord statistic Gi* with its corrections; numpy only.

Arrays in, small frozen dataclasses out. Knows neither Django nor what is counted. NaN means that the
data cannot say: everything is equal, or a cell has all others as neighbours.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

# z is close to normal only where a neighbourhood may expect a handful: the usual limit for counts.
MIN_EXPECTED: Final = 5.0
# Of the finds at each level, the share that may be false.
LEVEL, STRICT_LEVEL = 0.05, 0.01


class Density(StrEnum):
    """What is said of a cell, after the correction for many cells: at 1 %, at 5 %, or nothing unusual."""

    VERY_DENSE = "very_dense"
    DENSE = "dense"
    USUAL = "usual"
    SPARSE = "sparse"
    VERY_SPARSE = "very_sparse"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, eq=False)
class HotSpots:
    """Aligned with the cells: Gi* as a z-value, its two-sided p, and p after the correction.

    `around` is what is judged: the mean of events per area over a cell and those around it. `expected`
    is how many events such a neighbourhood holds on average.
    """

    z: Floats
    p: Floats
    adjusted: Floats
    around: Floats
    expected: float

    @property
    def is_few(self) -> bool:
        """Whether there are too few events for any verdict."""
        return self.expected < MIN_EXPECTED

    @property
    def densities(self) -> list[Density]:
        """The verdict on each cell; UNJUDGED everywhere where there are too few."""
        if self.is_few:
            return [Density.UNJUDGED] * self.z.size
        return [_density(z, p) for z, p in zip(self.z.tolist(), self.adjusted.tolist(), strict=True)]


def _density(z: float, adjusted: float) -> Density:
    if np.isnan(adjusted):
        return Density.UNJUDGED
    if adjusted > LEVEL:
        return Density.USUAL
    if adjusted > STRICT_LEVEL:
        return Density.DENSE if z > 0 else Density.SPARSE
    return Density.VERY_DENSE if z > 0 else Density.VERY_SPARSE


def hot_spots(counts: ArrayLike, areas: ArrayLike, pairs: ArrayLike) -> HotSpots:
    """Judge each cell by the density of events in its neighbourhood.

    `counts[i]` events on `areas[i]` (any unit): what is compared are events per area, so that a cell
    that lies only partly in the studied region is not taken for a quiet one. `pairs`, shape (m, 2),
    names each two contiguous cells once.
    Raises ValueError for arrays of different lengths, counts below 0, areas that are not above 0.
    """
    found, sizes = np.asarray(counts, dtype=np.float64), np.asarray(areas, dtype=np.float64)
    near = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if found.ndim != 1 or found.shape != sizes.shape:
        raise ValueError("Counts and areas must be one-dimensional and equally long.")
    if (found < 0).any() or not (sizes > 0).all():
        raise ValueError("There are no counts below 0 and no cells without area.")
    values = found / sizes
    z = getis_ord(values, near)
    p = two_sided(z)
    around = 1 + 2 * near.shape[0] / found.size if found.size else 0.0
    expected = float(found.mean() * around) if found.size else 0.0
    weights, sums = _neighbourhoods(values, near)
    return HotSpots(z, p, benjamini_hochberg(p), sums / weights, expected)


def _neighbourhoods(values: Floats, pairs: Indices) -> tuple[Floats, Floats]:
    """Of each cell with those around it: how many they are, and the sum of their values."""
    n = values.size
    first, second = pairs.T
    weights = np.asarray(1 + np.bincount(first, minlength=n) + np.bincount(second, minlength=n), dtype=np.float64)
    return weights, values + np.bincount(first, values[second], n) + np.bincount(second, values[first], n)


def getis_ord(values: Floats, pairs: Indices) -> Floats:
    """Gi* of each cell as a z-value, with weight 1 for the cell itself and every contiguous one, else 0.

    Gi* = (sum_j w_ij x_j - mean W_i) / (s sqrt((n W_i - W_i^2) / (n - 1))), where W_i = sum_j w_ij,
    mean = sum x / n and s^2 = sum x^2 / n - mean^2 (Getis & Ord, Geographical Analysis 24, 1992; this
    standardised form, for 0/1 weights: Ord & Getis, Geographical Analysis 27, 1995, equation 14).
    """
    n = values.size
    if n <= 1 or np.ptp(values) == 0:
        return np.full(n, np.nan)
    weights, sums = _neighbourhoods(values, pairs)
    scale = values.std() * np.sqrt((n * weights - weights**2) / (n - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(scale > 0, (sums - values.mean() * weights) / scale, np.nan)


def two_sided(z: Floats) -> Floats:
    """How often chance alone gives a z at least as far from 0, in either direction."""
    return np.array([erfc(abs(value) / sqrt(2)) for value in z.tolist()], dtype=np.float64)


def benjamini_hochberg(p: Floats) -> Floats:
    """p-values adjusted for having asked once per cell: below a, on average at most the share a of finds is false.

    min over j >= i of m p_(j) / j (Benjamini & Hochberg, J. R. Statist. Soc. B 57, 1995), over the m
    values that are known. For statistics of overlapping neighbourhoods: Caldas de Castro & Singer,
    Geographical Analysis 38, 2006.
    """
    adjusted = np.full(p.size, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known])]
    raised = p[order] * known.size / np.arange(1, known.size + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted
