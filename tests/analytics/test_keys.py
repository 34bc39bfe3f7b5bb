"""Keys of grouped counts are what they were: None stays None, a date a date."""

from datetime import date

import pandas as pd
import pytest

from analytics.keys import grouped


@pytest.mark.parametrize("keys", [["a", None, "a"], [date(2025, 3, 1), None], [None, None], []])
def test_each_row_finds_its_key_again(keys):
    places, found = grouped(pd.Series(keys, dtype="object"))

    assert [found[place] for place in places] == keys
    assert len(found) == len(set(keys))
