"""Working days are numbered as `worktime` counts them."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_reports.models import Holiday
from geo_reports.worktime import working_days_between

# Monday, Saturday, Wednesday.
HOLIDAYS = [date(2025, 3, 31), date(2025, 4, 5), date(2025, 12, 24)]


@pytest.mark.django_db
@settings(max_examples=50)
@given(st.dates(date(2024, 12, 1), date(2026, 2, 1)), st.dates(date(2024, 12, 1), date(2026, 2, 1)))
def test_the_difference_of_two_numbers_is_the_days_between(first, second):
    since, until = min(first, second), max(first, second)
    Holiday.objects.bulk_create([Holiday(date=day, name="Libur") for day in HOLIDAYS], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT analytics_working_days(%s) - analytics_working_days(%s)", [until, since])
        assert cursor.fetchone() == (working_days_between(since, until, HOLIDAYS),)
