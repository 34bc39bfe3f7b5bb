"""Where days stand on a line, and how they are written."""

import pytest

from analytics.numerals import said_days
from analytics.scales import Limits, Scale, scale


def around(*values: float) -> list[Limits]:
    return [(value, value * 0.9, value * 1.1) for value in values]


def test_alike_stand_from_zero():
    found = scale(around(3, 4, 5))

    assert not found.is_log
    assert (found.place(0), found.place(found.end)) == (0, 1)
    assert found.place(2.75) == pytest.approx(0.5)


def test_one_far_from_most_makes_equal_steps_of_equal_factors():
    found = scale(around(3, 4, 5, 80))

    assert (found.is_log, found.start) == (True, 1)
    assert found.place(4) - found.place(2) == pytest.approx(found.place(40) - found.place(20))
    assert found.ticks == [1, 3, 10, 30]


def test_what_is_below_a_scale_of_powers_stands_at_its_edge():
    found = scale([*around(0.2, 0.3, 40), (0.0, 0.0, 0.1)])

    assert found.is_log
    assert found.place(0) == 0


def test_an_open_interval_has_room_to_point_on_and_nothing_known_is_no_scale():
    assert scale([(None, 6, None)]) == Scale(0, pytest.approx(6.48))
    assert scale([(None, None, None)]) == Scale(0, 0)
    assert Scale(0, 0).place(3) == 0


@pytest.mark.parametrize(
    ("days", "written"), [(3.24, "3,2"), (9.94, "9,9"), (9.96, "10"), (52.4, "52"), (5.0, "5,0"), (0.04, "0,0")]
)
def test_days_are_written_no_more_precisely_than_they_are_known(days, written):
    assert said_days(days) == written


@pytest.mark.parametrize(
    ("value", "low", "high", "written"),
    [
        (16.0, 15.0, 18.2, "16"),
        (12.9, 12.6, 13.1, "12,9"),
        (5.0, 4.0, 5.0, "5"),
        (5.0, 4.5, 5.5, "5,0"),
        (12.0, 11.0, None, "12"),
    ],
    ids=["large", "limits that would look the same", "working days", "small", "open"],
)
def test_days_are_written_as_precisely_as_their_limits(value, low, high, written):
    assert said_days(value, value, low, high) == written
