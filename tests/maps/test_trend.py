"""Which days are compared with which, and when nothing may be said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_reports.filters import ReportFilters
from maps.trend import Change, Days, is_covered, periods

TODAY = date(2026, 11, 25)


def test_without_days_the_last_year_is_compared_with_the_one_before():
    found = periods(ReportFilters(), TODAY)
    assert found.now == Days(date(2025, 11, 26), TODAY)
    assert found.before == Days(date(2024, 11, 26), date(2025, 11, 25))
    assert not found.is_chosen


def test_chosen_days_are_compared_with_the_same_days_a_year_before():
    found = periods(ReportFilters(dari=date(2026, 1, 1), sampai=date(2026, 3, 31)), TODAY)
    assert found.now == Days(date(2026, 1, 1), date(2026, 3, 31))
    assert found.before == Days(date(2025, 1, 1), date(2025, 3, 31))
    assert found.is_chosen


def test_an_open_end_is_today_and_an_open_beginning_a_year_earlier():
    assert periods(ReportFilters(dari=date(2026, 11, 1)), TODAY).now == Days(date(2026, 11, 1), TODAY)
    assert periods(ReportFilters(sampai=date(2026, 6, 30)), TODAY).now == Days(date(2025, 7, 1), date(2026, 6, 30))


def test_the_29th_of_february_is_compared_with_the_28th():
    found = periods(ReportFilters(dari=date(2024, 2, 29), sampai=date(2024, 2, 29)), TODAY)
    assert found.before == Days(date(2023, 2, 28), date(2023, 2, 28))


@given(st.dates(date(2001, 1, 1), date(2030, 12, 31)))
def test_the_two_usual_periods_are_equally_long_and_meet(today):
    found = periods(ReportFilters(), today)
    assert found.now.last - found.now.first == found.before.last - found.before.first
    assert (found.now.first - found.before.last).days == 1


@pytest.mark.parametrize(
    ("now", "before", "percent", "missing"),
    [(12, 10, 20, ""), (5, 10, -50, ""), (10, 10, 0, ""), (4, 10, None, "few"), (10, 4, None, "few")],
)
def test_the_change_is_told_in_percent_unless_there_are_few(now, before, percent, missing):
    change = Change(now, before)
    assert (change.percent, change.missing) == (percent, missing)


def test_before_collecting_began_there_is_nothing_to_compare_with():
    earlier = Days(date(2024, 11, 26), date(2025, 11, 25))
    assert is_covered(earlier, date(2024, 12, 20))
    assert not is_covered(earlier, date(2025, 3, 1))
    assert not is_covered(earlier, None)
    assert Change(100, 50, is_covered=False).missing == "start"
