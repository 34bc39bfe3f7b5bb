"""Working days: Monday to Friday without holidays. Pure; the holiday table is passed in.

The SQL functions `geo_reports_working_days` and `geo_reports_add_working_days` say the same; a test
compares them.
"""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether offices work on `day`."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """The date `days` working days after `start`; the day of arrival is not counted.

    Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError("days must not be negative")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, until: date, holidays: Collection[date]) -> int:
    """How many working days lie after `start`, up to and including `until`; 0 when `until` is not later."""
    later = (start + timedelta(days=number) for number in range(1, (until - start).days + 1))
    return sum(is_working_day(day, holidays) for day in later)
