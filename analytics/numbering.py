"""Which different times there are, and the place of each among them; numpy only."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST: Final = 1_000_000  # up to here a table with a place for each whole time is small beside what is counted


def numbered(times: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """As `np.unique` with its inverse, for times from 0; only those that are not whole are sorted."""
    if times.size and times.max() < MOST and (times == (whole := times.astype(np.intp))).all():
        present = np.bincount(whole) > 0
        return np.flatnonzero(present).astype(np.float64), (np.cumsum(present) - 1)[whole]
    found, inverse = np.unique(times, return_inverse=True)
    return found, inverse
