"""Months of the calendar: written as 2026-10, counted forwards and backwards. Pure."""

import re
from datetime import date, timedelta
from typing import Final

MONTHS: Final = 12


def read(text: str) -> date:
    """The first day of a month written as YYYY-MM. Raises ValueError for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if not found:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), 1)


def written(month: date) -> str:
    """The month as YYYY-MM."""
    return f"{month:%Y-%m}"


def first_day(day: date) -> date:
    """The first day of the month in which `day` lies."""
    return day.replace(day=1)


def shifted(month: date, months: int) -> date:
    """The first day of the month that many months later, or earlier when negative. Raises ValueError before year 1."""
    count = month.year * MONTHS + month.month - 1 + months
    return date(count // MONTHS, count % MONTHS + 1, 1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return shifted(month, 1) - timedelta(days=1)


def until(month: date, count: int) -> tuple[date, ...]:
    """So many consecutive months, `month` the last of them."""
    return tuple(shifted(month, step - count + 1) for step in range(count))
