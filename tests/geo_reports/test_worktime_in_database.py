"""Working days in the database: what `worktime` says, and what people counted by hand on the calendar."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from geo_reports.models import Holiday
from geo_reports.worktime import add_working_days, working_days_between

pytestmark = pytest.mark.django_db

# Counted on the calendars of the joint decrees. Lebaran 2025: holidays and collective leave from
# Friday 28 March to Monday 7 April. Lebaran 2026: Wednesday 18 to Tuesday 24 March.
BY_HAND = {
    "the last Wednesday before Lebaran 2025": (date(2025, 3, 26), 1, date(2025, 3, 27)),
    "over Nyepi and Lebaran 2025": (date(2025, 3, 27), 1, date(2025, 4, 8)),
    "five days from the middle of Lebaran 2025": (date(2025, 4, 2), 5, date(2025, 4, 14)),
    "over Lebaran 2025 and Good Friday": (date(2025, 3, 27), 9, date(2025, 4, 21)),
    "three days over Lebaran 2024": (date(2024, 4, 5), 3, date(2024, 4, 18)),
    "three days over Lebaran 2026": (date(2026, 3, 16), 3, date(2026, 3, 26)),
    "from Christmas 2025 into the new year": (date(2025, 12, 24), 3, date(2025, 12, 31)),
    "over the year's end": (date(2025, 12, 31), 1, date(2026, 1, 2)),
    "fourteen days over Christmas and New Year": (date(2025, 12, 22), 14, date(2026, 1, 14)),
    "from a Saturday": (date(2025, 5, 17), 1, date(2025, 5, 19)),
}


def asked(statement: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("case", BY_HAND)
def test_days_counted_by_hand(reference_data, case):
    start, days, end = BY_HAND[case]
    holidays = set(Holiday.objects.values_list("date", flat=True))
    assert add_working_days(start, days, holidays) == end
    assert asked("SELECT geo_reports_add_working_days(%s, %s)", start, days) == end
    assert asked("SELECT geo_reports_working_days(%s, %s)", start, end) == days


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 90),
    st.sets(st.integers(-10, 200), max_size=40),
)
@hypothesis_settings(max_examples=60)
def test_the_database_counts_like_python(start, days, offsets):
    holidays = {start + timedelta(days=offset) for offset in offsets}
    Holiday.objects.all().delete()
    Holiday.objects.bulk_create(Holiday(date=day, name="libur", kind=Holiday.Kind.NATIONAL) for day in holidays)
    end = add_working_days(start, days, holidays)
    assert asked("SELECT geo_reports_add_working_days(%s, %s)", start, days) == end
    some_day = start + timedelta(days=days * 2 - 30)
    expected = working_days_between(start, some_day, holidays)
    assert asked("SELECT geo_reports_working_days(%s, %s)", start, some_day) == expected


def test_a_holiday_made_of_a_whole_month_is_waited_out():
    month = [date(2025, 6, 1) + timedelta(days=number) for number in range(30)]
    Holiday.objects.bulk_create(Holiday(date=day, name="libur", kind=Holiday.Kind.NATIONAL) for day in month)
    assert asked("SELECT geo_reports_add_working_days(%s, 1)", date(2025, 5, 30)) == date(2025, 7, 1)
