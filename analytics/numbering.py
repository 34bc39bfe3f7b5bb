"""Which different values there are, and the place of each among them; numpy only."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST: Final = 1_000_000


def numbered(values: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The different ones of small numbers from 0, rising, and the place of each value among them. Nothing is sorted."""
    present = np.bincount(values) > 0
    places = np.cumsum(present) - 1
    return np.flatnonzero(present), places[values]


def numbered_times(times: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The same of any times from 0; only those that are not whole are sorted."""
    if times.size and times.max() < MOST and (times == (whole := times.astype(np.intp))).all():
        different, places = numbered(whole)
        return different.astype(np.float64), places
    found, inverse = np.unique(times, return_inverse=True)
    return found, inverse
