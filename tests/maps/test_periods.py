"""Which days are compared with which."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geo_reports.filters import ReportFilters
from maps.periods import a_year_before, within_a_year

TODAY = date(2026, 11, 25)


def compared(**days: date) -> tuple[date | None, ...]:
    """First and last day of the period, then of the earlier one."""
    now = within_a_year(ReportFilters(**days), TODAY)
    before = a_year_before(now)
    return now.dari, now.sampai, before.dari, before.sampai


def test_without_days_the_last_year_is_compared_with_the_one_before():
    assert compared() == (date(2025, 11, 26), TODAY, date(2024, 11, 26), date(2025, 11, 25))


def test_chosen_days_are_compared_with_the_same_days_a_year_before():
    found = compared(dari=date(2026, 1, 1), sampai=date(2026, 3, 31))
    assert found == (date(2026, 1, 1), date(2026, 3, 31), date(2025, 1, 1), date(2025, 3, 31))


def test_an_open_end_is_today_and_an_open_beginning_a_year_earlier():
    assert compared(dari=date(2026, 11, 1))[:2] == (date(2026, 11, 1), TODAY)
    assert compared(sampai=date(2026, 6, 30))[:2] == (date(2025, 7, 1), date(2026, 6, 30))


def test_the_29th_of_february_is_compared_with_the_28th():
    assert compared(dari=date(2024, 2, 29), sampai=date(2024, 2, 29))[2:] == (date(2023, 2, 28), date(2023, 2, 28))


@given(st.dates(date(2001, 1, 1), date(2030, 12, 31)))
def test_the_usual_period_has_365_days_and_the_earlier_one_at_most_a_leap_day_more(today):
    now = within_a_year(ReportFilters(), today)
    before = a_year_before(now)
    assert (now.sampai - now.dari).days == 364
    assert 363 <= (before.sampai - before.dari).days <= 365
