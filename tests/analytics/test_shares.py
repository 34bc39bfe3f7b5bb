"""Wilson's interval against the published comparison of methods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.shares import wilson
from analytics.survival import UNKNOWN


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_intervals_come_out_as_printed(hits, n, low, high):
    """Newcombe, Statist. Med. 17 (1998) 857, table I, method 3."""
    share = wilson(hits, n)

    assert share.value == hits / n
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_nobody_has_no_share():
    assert wilson(0, 0) == UNKNOWN


@pytest.mark.parametrize(("hits", "n"), [(-1, 4), (5, 4)])
def test_impossible_counts_are_refused(hits, n):
    with pytest.raises(ValueError, match="hits"):
        wilson(hits, n)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_limits_enclose_the_share_and_stay_between_0_and_1(hits, n):
    share = wilson(min(hits, n), n)

    assert 0 <= share.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.high <= 1
    turned = wilson(n - min(hits, n), n)
    assert turned.high == pytest.approx(1 - share.low, abs=1e-9)
