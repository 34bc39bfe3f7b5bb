"""The share that comes back, with who was not followed for twelve months; and the places where most did."""

import pytest

from analytics.places import returning, spots
from analytics.shares import wilson
from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from tests.analytics.places.town import day, find

APART = 150  # metres, so that nobody is near anybody by accident


@pytest.fixture
def street(report):
    """Twenty settled at once along a street; twelve came back, one a day from day 20 on; one garbage heap besides."""
    for number in range(20):
        report(0, APART * number, fixed=10)
    for number in range(12):
        report(0, APART * number, sent=20 + number)
    report(APART, 0, fixed=10, category_id="garbage", agency_id="clean")
    report(0, 0, fixed=10, category_id="social")
    report(point=None, placement="chosen", fixed=10, kelurahan_id="99.02.1001")
    find()


def test_after_twelve_months_the_share_is_that_of_plain_counting(street):
    found = returning.recurrences(ReportFilters(kategori=("pothole",)), day(400))["city"][0]

    assert (found.followed, found.returned, found.without_point, found.blurred) == (20, 12, 1, 0)
    assert found.share.value == pytest.approx(100 * 12 / 20)
    assert found.share.low < 60 < found.share.high


def test_before_that_nobody_knows_the_share_of_a_year(street):
    found = returning.recurrences(ReportFilters(), day(100))["city"][0]

    assert found.returned == 12
    assert found.share.value is None
    assert not found.is_few


def test_who_was_followed_shorter_counts_for_as_long(street, report):
    for number in range(10):
        report(3_000, APART * number, fixed=300)
    find()
    found = returning.recurrences(ReportFilters(kategori=("pothole",)), day(400))["city"][0]

    # 30 at risk at each of the twelve returns: nobody was lost before day 100 of following.
    assert found.followed == 30
    assert found.share.value == pytest.approx(100 * 12 / 30)


def test_few_returns_make_no_share(street):
    found = {row.key: row for row in returning.recurrences(ReportFilters(), day(400))["category_id"]}

    assert found["garbage"].is_few
    assert found["garbage"].share.value is None
    assert (found["social"].followed, found["social"].blurred) == (0, 1)


@pytest.mark.parametrize(("followed", "returned"), [(29, 3), (30, 3), (30, 0)])
def test_few_returns_among_many_followed_are_a_finding(report, followed, returned):
    for number in range(followed):
        report(0, APART * number, fixed=10)
    for number in range(returned):
        report(0, APART * number, sent=20 + number)
    find()
    found = returning.recurrences(ReportFilters(), day(400))["city"][0]

    assert found.is_few == (followed == 29)
    if not found.is_few:
        assert found.share.value == pytest.approx(100 * returned / followed)
        assert found.share.low <= found.share.value < found.share.high < 30


def test_none_that_came_back_has_an_upper_limit_from_who_was_followed_to_the_end(report):
    for number in range(30):
        report(0, APART * number, fixed=10 if number < 20 else 300)
    find()
    share = returning.recurrences(ReportFilters(), day(400))["city"][0].share

    assert (share.value, share.low) == (0, 0)
    assert share.high == pytest.approx(100 * wilson(0, 20).high)


def test_every_level_adds_up_to_the_city(street):
    found = returning.recurrences(ReportFilters(), day(400))
    city = found["city"][0]

    for level in ("agency_id", "category_id", "kelurahan_id"):
        rows = found[level]
        assert sum(row.followed for row in rows) == city.followed == 21
        assert sum(row.returned for row in rows) == city.returned
        assert sum(row.blurred + row.without_point for row in rows) == 2
    assert {row.key for row in found["agency_id"]} == {"roads", "clean"}


def test_the_filter_chooses_the_settled_reports_not_their_returns(street):
    found = returning.recurrences(ReportFilters(sampai=day(0).date()), day(400))["city"][0]

    assert (found.followed, found.returned) == (21, 12)


def test_nothing_settled_is_nothing_to_follow(toy_city):
    assert returning.recurrences(ReportFilters(), day(0)) == {level: [] for level in returning.LEVELS}


def test_a_place_is_named_once_with_its_reports(report):
    first = report(0, fixed=10, sent=0)
    report(20, fixed=12, sent=1)
    for number in range(3):
        report(10, sent=20 + number)
    lonely = report(1_000, fixed=10)
    report(1_000, sent=20)
    find()
    found = spots.return_spots(ReportFilters())

    assert [(spot.returns, spot.first_at, spot.last_at) for spot in found] == [(3, day(20), day(22))]
    assert found[0].report.pk in {first.pk, first.pk + 1}
    assert lonely.pk != found[0].report.pk


def test_places_stand_with_most_returns_first(report):
    for east, times in ((0, 2), (APART, 4), (2 * APART, 3)):
        report(east, fixed=10)
        for number in range(times):
            report(east, sent=20 + number)
    find()

    assert [spot.returns for spot in spots.return_spots(ReportFilters())] == [4, 3, 2]


def test_a_place_whose_report_was_withheld_a_moment_ago_is_not_shown(report):
    settled = report(fixed=10)
    report(sent=20)
    report(sent=21)
    find()
    Report.objects.filter(pk=settled.pk).update(visibility="withheld")

    assert spots.return_spots(ReportFilters()) == []
