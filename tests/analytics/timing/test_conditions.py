"""Which days of a range can be read from sums by month."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analytics.timing.conditions import Months

days = st.dates(date(2024, 1, 1), date(2025, 12, 31))


def test_a_range_in_the_middle_of_a_month_has_no_whole_one():
    assert Months.within(date(2025, 3, 5), date(2025, 3, 20)).is_empty


def test_whole_months_have_no_edges():
    assert Months.within(date(2025, 3, 1), date(2025, 4, 30)) == Months(date(2025, 3, 1), date(2025, 4, 30), ())


def test_without_an_end_everything_after_the_edge_is_whole():
    edge = (date(2025, 3, 5), date(2025, 3, 31))
    assert Months.within(date(2025, 3, 5), None) == Months(date(2025, 4, 1), None, (edge,))


@given(days, st.integers(0, 400))
def test_months_and_edges_are_the_range_and_nothing_twice(since, length):
    until = since + timedelta(days=length)
    months = Months.within(since, until)
    ranges = [*months.edges, *([] if months.is_empty else [(months.since, months.until)])]
    found = [first + timedelta(days=n) for first, last in ranges for n in range((last - first).days + 1)]
    assert sorted(found) == [since + timedelta(days=n) for n in range(length + 1)]
    assert months.is_empty or (months.since.day == 1 and (months.until + timedelta(days=1)).day == 1)
