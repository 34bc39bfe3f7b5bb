"""Working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_reports.worktime import add_working_days, is_working_day

FRIDAY = date(2025, 3, 28)
LEBARAN = {date(2025, 3, 31), date(2025, 4, 1), date(2025, 4, 2), date(2025, 4, 3), date(2025, 4, 4), date(2025, 4, 7)}
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_the_weekend_does_not_count():
    assert add_working_days(date(2025, 3, 14), 1, ()) == date(2025, 3, 17)


def test_lebaran_and_its_collective_leave_do_not_count():
    assert add_working_days(FRIDAY, 1, LEBARAN) == date(2025, 4, 8)


def test_no_days_is_the_day_itself_even_on_a_sunday():
    assert add_working_days(date(2025, 3, 16), 0, ()) == date(2025, 3, 16)


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(FRIDAY, -1, ())


@given(days, st.integers(1, 80), st.sets(st.integers(0, 120), max_size=20))
def test_the_result_is_a_working_day_with_exactly_that_many_between(start, count, offsets):
    holidays = {start + timedelta(days=offset) for offset in offsets}
    end = add_working_days(start, count, holidays)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert is_working_day(end, holidays)
    assert sum(is_working_day(day, holidays) for day in between) == count
