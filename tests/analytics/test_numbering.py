"""Values are numbered as numpy numbers them by sorting, whether they are whole or not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.numbering import MOST, numbered, numbered_times

HOURS = st.integers(0, 50).map(float)
ANY = st.one_of(HOURS, st.floats(0, 50), st.just(float(MOST)))


@given(st.lists(st.integers(0, 50), min_size=1))
def test_small_numbers(values):
    found = numbered(np.array(values))

    assert [part.tolist() for part in found] == [part.tolist() for part in np.unique(values, return_inverse=True)]


@given(st.one_of(st.lists(HOURS), st.lists(ANY)))
def test_times(values):
    found = numbered_times(np.array(values, dtype=np.float64))

    assert [part.tolist() for part in found] == [part.tolist() for part in np.unique(values, return_inverse=True)]
