"""Keys of grouped counts are what they were: None stays None, a date a date."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.keys import grouped, numbered


@pytest.mark.parametrize("keys", [["a", None, "a"], [date(2025, 3, 1), None], [None, None], []])
def test_each_row_finds_its_key_again(keys):
    places, found = grouped(pd.Series(keys, dtype="object"))

    assert [found[place] for place in places] == keys
    assert len(found) == len(set(keys))


@given(st.lists(st.integers(0, 50), min_size=1))
def test_numbers_are_numbered_as_numpy_does_by_sorting(values):
    different, places = numbered(np.array(values))
    wanted, wanted_places = np.unique(values, return_inverse=True)
    assert different.tolist() == wanted.tolist()
    assert places.tolist() == wanted_places.tolist()
