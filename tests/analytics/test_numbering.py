"""Times are numbered as numpy numbers them by sorting, whether they are whole or not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.numbering import MOST, numbered

HOURS = st.integers(0, 50).map(float)
ANY = st.one_of(HOURS, st.floats(0, 50), st.just(float(MOST)))


@given(st.one_of(st.lists(HOURS), st.lists(ANY)))
def test_as_numpy_does(values):
    found = numbered(np.array(values, dtype=np.float64))

    assert [part.tolist() for part in found] == [part.tolist() for part in np.unique(values, return_inverse=True)]
