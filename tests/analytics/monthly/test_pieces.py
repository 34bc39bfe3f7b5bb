"""Months, numerals, scales and order: the small parts of the monthly report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.monthly import periods
from analytics.monthly.measuring import groups
from analytics.monthly.panel import Panel, ticks
from analytics.monthly.words import Numerals
from tests.analytics.monthly.made_up import AGENCIES, grouped

INDONESIAN = Numerals(",", ".")


def test_a_month_is_read_as_it_is_written():
    assert periods.read("2026-10") == date(2026, 10, 1)
    assert periods.written(date(2026, 1, 31)) == "2026-01"


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "0000-01", "2026-1", "2026-10-01", "٢٠٢٦-١٠", " 2026-10"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  (date's own or ours)
        periods.read(text)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-500, 500))
def test_months_are_counted_there_and_back(day, months):
    month = periods.first_day(day)
    assert periods.shifted(periods.shifted(month, months), -months) == month
    assert periods.last_day(month).month == month.month
    assert periods.shifted(month, 1) == date.fromordinal(periods.last_day(month).toordinal() + 1)


def test_thirteen_months_begin_with_the_same_month_a_year_before():
    found = periods.until(date(2026, 1, 1), 13)
    assert (found[0], found[1], found[-1]) == (date(2025, 1, 1), date(2025, 2, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(1234567, 0, "1.234.567"), (1234.56, 1, "1.234,6"), (-0.04, 1, "0,0"), (-0.4, 1, "−0,4"), (0, 0, "0")],
)
def test_numbers_are_written_as_indonesian_readers_expect(value, places, said):
    assert INDONESIAN.said(value, places) == said


@given(st.floats(1e-3, 1e7), st.integers(2, 6))
def test_scales_begin_at_zero_and_reach_the_largest_value_in_few_even_steps(largest, most):
    marks = ticks(largest, most)
    assert marks[0] == 0
    assert marks[-2] < largest * (1 + 1e-6)
    assert marks[-1] >= largest * (1 - 1e-6)
    assert len(marks) - 1 <= most
    assert marks[-1] == pytest.approx(marks[1] * (len(marks) - 1))


@given(st.integers(1, 10_000))
def test_counts_are_not_cut_into_fractions(largest):
    assert all(mark == int(mark) for mark in ticks(largest, 3, finest=1))


def test_nothing_is_drawn_outside_its_panel():
    panel = Panel(10, 20, 100, 50, 4, 2)
    assert panel.at(0, 0) == (10, 20)
    assert panel.at(2, 1) == (60, 45)
    assert panel.at(9, 9) == (110, 70)


def test_groups_come_with_most_reports_first_and_those_without_a_key_last():
    found = groups(grouped(AGENCIES, 20))
    assert [(group.name, group.n) for group in found] == [
        ("Dinas Kebersihan", 40),
        ("Dinas Jalan", 20),
        ("Tanpa SKPD", 60),
    ]
