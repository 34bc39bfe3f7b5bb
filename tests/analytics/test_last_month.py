"""The last full month beside a year before: which month that is, and what may be called a change."""

from datetime import date

import pandas as pd
import pytest

from analytics.comparing import relative_change
from analytics.last_month import Counts, Number, last_full, numbers
from analytics.tiles import tiles

OCTOBER, YEAR_BEFORE = date(2026, 10, 1), date(2025, 10, 1)
TODAY = date(2026, 11, 30)
CLOCK_COLUMNS = ["clock", "key", "time", "events", "censored", "waiting"]
TIME_COLUMNS = ["key", "in_time", "judged", "undecided", "without_target"]


def counts(came: int = 100, before: int = 50, clocks=(), in_time=()) -> Counts:
    flow = pd.DataFrame(
        {"month": [YEAR_BEFORE, OCTOBER], "came": [before, came], "left": [before, came], "backlog": [before, came]}
    )
    return Counts(flow, pd.DataFrame(clocks, columns=CLOCK_COLUMNS), pd.DataFrame(in_time, columns=TIME_COLUMNS))


def named(found: list[Number], name: str) -> Number:
    return next(number for number in found if number.name == name)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, OCTOBER),
        (date(2026, 10, 2), None, None),
        (date(2026, 10, 1), None, OCTOBER),
        (None, date(2026, 10, 31), OCTOBER),
        (None, date(2026, 10, 30), date(2026, 9, 1)),
        (None, date(2027, 5, 5), OCTOBER),
    ],
)
def test_the_last_full_month_lies_within_the_filter(since, until, expected):
    assert last_full(TODAY, since, until) == expected


def test_twice_as_many_of_many_is_more_than_chance_and_of_few_is_not():
    assert named(numbers(counts(200, 100), OCTOBER), "came").is_more_than_chance is True
    assert named(numbers(counts(12, 10), OCTOBER), "came").is_more_than_chance is False


@pytest.mark.parametrize("before", [0, 2, 9])
def test_there_is_no_change_in_per_cent_of_hardly_anything(before):
    came, left, backlog, *_others = tiles(numbers(counts(4, before), OCTOBER))

    assert {tile.verdict for tile in (came, left, backlog)} == {"terlalu sedikit untuk dibandingkan"}


def test_a_year_before_that_is_filtered_away_is_not_zero():
    found = numbers(counts(200, 0), OCTOBER, since=OCTOBER)
    came, left, _backlog, in_time, response, _completion = tiles(found)

    assert (came.compared, came.backing) == ("Okt 2025: tersaring", "hitungan lengkap")
    assert (left.value, left.backing) == ("200", "hanya dari laporan yang dipilih")
    assert {tile.verdict for tile in (came, left, in_time, response)} == {"tidak dibandingkan"}
    assert came.trend == (None,) * 12 + (200,)


def test_what_is_left_of_chosen_reports_is_not_compared_even_where_the_year_before_is_there():
    came, left, backlog, *_others = tiles(numbers(counts(200, 100), OCTOBER, since=date(2025, 1, 1)))

    assert came.verdict.startswith("+100%")
    assert (left.compared, left.verdict, backlog.verdict) == ("Okt 2025: 100", *["tidak dibandingkan"] * 2)


def test_a_relative_change_has_the_limits_of_the_exact_ratio():
    # 100 and 50: Wilson 0.588 to 0.737 of 150, so 1.43 to 2.80 times as many.
    change = relative_change(100, 50)

    assert change.value == pytest.approx(1.0)
    assert (change.low, change.high) == (pytest.approx(0.427, abs=0.001), pytest.approx(1.804, abs=0.005))


def test_what_stays_is_said_without_a_judgement():
    number = named(numbers(counts(200, 100), OCTOBER), "backlog")

    assert number.change.value == 1
    assert number.is_more_than_chance is None


def test_medians_are_compared_by_their_curves():
    rows = [
        (clock, month, hours + day, 1, 0, 0)
        for clock in ("response", "completion")
        for month, day in ((OCTOBER, 0), (YEAR_BEFORE, 240))
        for hours in range(24, 64)
    ]
    number = named(numbers(counts(clocks=rows), OCTOBER), "response")

    assert number.change.value == pytest.approx(-10)
    assert number.is_more_than_chance is True
    assert number.n == 40
    assert len(number.trend) == 13


def test_a_month_that_is_hardly_judged_yet_waits_for_its_turn():
    rows = [(OCTOBER, 20, 20, 30, 0), (date(2026, 9, 1), 30, 40, 2, 0), (date(2025, 9, 1), 20, 40, 0, 0)]
    number = named(numbers(counts(in_time=rows), OCTOBER), "in_time")

    assert number.month == date(2026, 9, 1)
    assert number.now.value == 0.75
    assert number.change.value == pytest.approx(0.25)


def test_without_reports_there_are_no_numbers():
    empty = pd.DataFrame({"month": [], "came": [], "left": [], "backlog": []})

    assert numbers(Counts(empty, empty, empty), OCTOBER) == []


def test_tiles_say_the_change_in_words_and_too_few_where_there_are():
    came, _left, backlog, in_time, response, _completion = tiles(numbers(counts(200, 100), OCTOBER))

    assert (came.value, came.compared) == ("200", "Okt 2025: 100")
    assert came.verdict == "+100% (95%: +57 sampai +154): lebih dari kebetulan"
    assert backlog.verdict == "+100%"
    assert (in_time.value, in_time.verdict) == ("terlalu sedikit", "belum dapat dibandingkan")
    assert response.value == "terlalu sedikit"
