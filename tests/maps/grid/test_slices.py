"""Which parts a filter falls into: disjoint, complete, and counted in advance where that is possible."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geo_reports.filters import ReportFilters
from geo_reports.workflow import OPEN
from maps.grid.slices import CITY, DAY_LEVELS, FINEST, Known, parts
from maps.grid.spans import Days, each_day, split

KNOWN = Known(date(2025, 6, 18), date(2024, 2, 5), date(2025, 6, 18), date(2024, 3, 9), date(2025, 8, 20))


def slices(filters: ReportFilters, level: int = 14) -> list[tuple[str, ...] | None]:
    return [part.slices for part in parts(filters, level, KNOWN)]


def test_no_filter_and_areas_and_statuses_are_one_slice():
    assert slices(ReportFilters()) == [("all",)]
    (part,) = parts(ReportFilters(kecamatan=("99.01",), status=("open",)), 14, KNOWN)
    assert part.slices == ("all",)
    assert set(part.statuses or ()) == {str(status) for status in OPEN}


def test_a_category_or_an_skpd_is_a_slice_each():
    assert slices(ReportFilters(kategori=("pothole", "garbage"))) == [("category=pothole", "category=garbage")]
    assert slices(ReportFilters(skpd=("roads",))) == [("agency=roads",)]


def test_a_range_of_days_is_whole_months_and_single_days():
    found = parts(ReportFilters(dari=date(2025, 1, 30), sampai=date(2025, 4, 2)), DAY_LEVELS[0], KNOWN)
    assert [part.slices for part in found] == [
        ("month=2025-02", "month=2025-03"),
        ("day=2025-01-30", "day=2025-01-31"),
        ("day=2025-04-01", "day=2025-04-02"),
    ]
    assert found[0].day == Days(date(2025, 2, 1), date(2025, 3, 31))


def test_days_that_a_month_lacks_are_taken_away_where_they_are_fewer():
    found = parts(ReportFilters(dari=date(2025, 1, 3), sampai=date(2025, 3, 30)), DAY_LEVELS[0], KNOWN)
    assert [(part.sign, part.slices) for part in found] == [
        (1, ("month=2025-01", "month=2025-02", "month=2025-03")),
        (-1, ("day=2025-01-01", "day=2025-01-02")),
        (-1, ("day=2025-03-31",)),
    ]


def test_an_open_range_ends_where_the_reports_end():
    (since,) = parts(ReportFilters(dari=date(2025, 5, 1)), 14, KNOWN)
    assert since.slices == ("month=2025-05", "month=2025-06")
    (until,) = parts(ReportFilters(sampai=date(2024, 3, 31)), 14, KNOWN)
    assert until.slices == ("month=2024-02", "month=2024-03")
    assert parts(ReportFilters(dari=date(2025, 5, 1)), 14, Known(KNOWN.today)) == []


def test_overdue_is_a_range_of_due_dates_beside_the_other_statuses():
    plain, late = parts(
        ReportFilters(status=("done", "overdue")), 14, Known(date(2025, 6, 1), first_due=date(2025, 4, 2))
    )
    assert (plain.slices, plain.statuses) == (("all",), ("done",))
    assert (late.slices, late.without) == (("due_month=2025-04", "due_month=2025-05"), ("done",))


def test_most_of_the_months_are_everything_without_the_others():
    found = parts(ReportFilters(status=("overdue",)), DAY_LEVELS[0], KNOWN)
    assert [(part.sign, part.slices) for part in found] == [
        (1, ("due",)),
        (-1, ("due_month=2025-07", "due_month=2025-08")),
        (-1, tuple(f"due_day=2025-06-{day}" for day in range(18, 31))),
    ]
    since = parts(ReportFilters(kategori=("garbage",), dari=date(2024, 4, 1)), CITY, KNOWN)
    assert [(part.sign, part.slices) for part in since] == [
        (1, ("category=garbage",)),
        (-1, ("category=garbage&month=2024-02", "category=garbage&month=2024-03")),
    ]


def test_asked_by_month_everything_is_its_months():
    always = ReportFilters(dari=date(2024, 2, 1), sampai=date(2025, 6, 30))
    (part,) = parts(always, CITY, KNOWN, by_month=True)
    assert part.slices is not None
    assert (len(part.slices), part.slices[0], part.slices[-1]) == (17, "month=2024-02", "month=2025-06")
    assert [part.slices for part in parts(always, CITY, KNOWN)] == [("all",)]


def test_two_restrictions_are_counted_from_spots_except_for_the_citys_totals():
    both = ReportFilters(kategori=("garbage",), dari=date(2025, 3, 1), sampai=date(2025, 3, 31))
    assert slices(both) == [None]
    assert slices(both, CITY) == [("category=garbage&month=2025-03",)]
    assert slices(ReportFilters(kategori=("garbage",), skpd=("clean",)), CITY) == [None]
    assert slices(ReportFilters(q="lubang"), CITY) == [None]
    assert slices(ReportFilters(), FINEST + 1) == [None]


def test_days_are_read_from_the_next_finer_level_that_has_them():
    one = ReportFilters(dari=date(2025, 3, 3), sampai=date(2025, 3, 3))
    assert [(part.slices, part.level) for level in (CITY, 11, 13, 15, 17) for part in parts(one, level, KNOWN)] == [
        (("day=2025-03-03",), CITY),
        (("day=2025-03-03",), 13),
        (("day=2025-03-03",), 13),
        (("day=2025-03-03",), 16),
        (None, 17),
    ]


days = st.dates(date(2024, 1, 1), date(2025, 12, 31))


@given(days, days, st.sampled_from([CITY, 11, 16, 19, 22]))
def test_the_parts_of_a_range_add_up_to_each_of_its_days_once(one, other, level):
    first, last = sorted((one, other))
    counted = Counter()
    for part in parts(ReportFilters(dari=first, sampai=last), level, KNOWN):
        for day in each_day(part.day.first, part.day.last):
            counted[day] += part.sign
    where_reports_are = [day for day in counted if KNOWN.first <= day <= KNOWN.last]
    assert {day for day in where_reports_are if counted[day]} == {
        day for day in each_day(first, last) if KNOWN.first <= day <= KNOWN.last
    }
    assert {counted[day] for day in where_reports_are} <= {0, 1}


@given(days, days)
def test_no_range_has_more_single_days_than_half_a_month_at_each_end(one, other):
    spans = split(*sorted((one, other)))
    assert sum(len(each_day(span.first, span.last)) for span in spans if not span.months) <= 2 * 15


@given(days, days)
def test_no_range_reads_more_months_than_half_of_those_that_are_known(one, other):
    spans = split(*sorted((one, other)), Days(KNOWN.first, KNOWN.last))
    known = {(month.year, month.month) for month in each_day(KNOWN.first, KNOWN.last)}
    read = {(month.year, month.month) for span in spans for month in span.months}
    assert len(read & known) <= (len(known) + 1) / 2
