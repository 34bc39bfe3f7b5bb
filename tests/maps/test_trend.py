"""More or fewer reports than in the same period a year before."""

from datetime import date

import pytest
from django.urls import reverse

from geo_reports.filters import ReportFilters
from maps.measures import change_percent
from maps.periods import a_year_before, within_a_year
from tests.factories import ReportFactory


def test_the_period_is_the_filters_or_the_last_365_days():
    today = date(2025, 3, 12)
    assert within_a_year(ReportFilters(), today) == ReportFilters(dari=date(2024, 3, 13), sampai=today)
    both = ReportFilters(dari=date(2025, 1, 1), sampai=date(2025, 1, 31))
    assert within_a_year(both, today) == both
    assert within_a_year(ReportFilters(dari=date(2025, 3, 1)), today).sampai == today
    assert within_a_year(ReportFilters(sampai=date(2024, 12, 31)), today).dari == date(2024, 1, 2)


def test_a_year_before_is_the_same_days():
    leap = ReportFilters(dari=date(2024, 2, 1), sampai=date(2024, 2, 29))
    assert a_year_before(leap) == ReportFilters(dari=date(2023, 2, 1), sampai=date(2023, 2, 28))
    with pytest.raises(ValueError, match="two ends"):
        a_year_before(ReportFilters(dari=date(2024, 2, 1)))


def test_too_few_to_compare_with_is_no_trend():
    assert change_percent(15, 10) == 50
    assert change_percent(0, 8) == -100
    assert change_percent(100, 4) is None


def test_the_map_shows_it_by_area(client, toy_city):
    for year, n in ((2024, 5), (2025, 8)):
        ReportFactory.create_batch(n, submitted_at=f"{year}-03-12T05:00:00Z")
    ReportFactory(submitted_at="2024-04-01T05:00:00Z")
    query = {"ukuran": "trend", "dari": "2025-03-01", "sampai": "2025-03-31"}
    east, west = client.get(reverse("maps:measures"), query).json()["areas"]
    assert (east["value"], east["missing"], east["total"]) == (60.0, "", 8)
    assert (west["value"], west["missing"]) == (None, "few")
