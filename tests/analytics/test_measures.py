"""From grouped counts to shown numbers: days, suppression, shares, who waits long."""

import pandas as pd
import pytest

from analytics import measures
from analytics.survival import UNKNOWN

COLUMNS = ["clock", "key", "time", "events", "censored", "waiting"]


def counts(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame([("response", *row) for row in rows], columns=COLUMNS)


def test_hours_become_days():
    clock = measures.measured(counts(("pu", 48, 8, 0, 0), ("pu", 96, 4, 3, 3)))["response", "pu"]

    assert (clock.n, clock.events, clock.waiting) == (15, 12, 3)
    assert clock.median_days.value == 2
    assert clock.mean_days == pytest.approx((48 * 8 + 96 * 4) / 12 / 24)


def test_under_ten_events_no_duration_is_published():
    nine = measures.measured(counts(("pu", 48, 9, 500, 500)))["response", "pu"]
    ten = measures.measured(counts(("pu", 48, 10, 0, 0)))["response", "pu"]

    assert (nine.is_few, nine.median_days, nine.share_within(14)) == (True, UNKNOWN, UNKNOWN)
    assert (ten.is_few, ten.median_days.value) == (False, 2)


def test_a_median_that_is_not_reached_is_unknown_but_bounded():
    clock = measures.measured(counts(("pu", 24, 10, 0, 0), ("pu", 240, 0, 40, 40)))["response", "pu"]

    assert clock.median_days.value is None
    assert clock.share_within(5).value == pytest.approx(0.2)
    low, high = clock.share_within(5).low, clock.share_within(5).high
    assert low < 0.2 < high


def test_rows_without_key_are_a_group_of_their_own():
    frame = counts((None, 24, 3, 0, 0), ("pu", 24, 1, 0, 0))

    found = measures.measured(frame)

    assert (found["response", None].n, found["response", "pu"].n) == (3, 1)
    assert measures.NOTHING.n == 0


def test_only_those_still_waiting_wait_long():
    frame = counts((None, 14 * 24 - 1, 0, 5, 5), (None, 14 * 24, 0, 7, 4), (None, 9000, 2, 1, 1))

    assert measures.waiting_longer(frame, "response", 14) == 5


def test_points_of_a_curve_end_where_the_observations_end():
    points = measures.curve_points(
        measures.measured(counts(("pu", 24, 10, 0, 0), ("pu", 72, 0, 5, 5)))["response", "pu"], 60
    )

    assert points["day"].max() == 3
    assert points["share"].iloc[0] == 0
    assert points["share"].iloc[-1] == pytest.approx(2 / 3)
