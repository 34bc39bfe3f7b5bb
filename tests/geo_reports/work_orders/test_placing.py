"""The map of a work order: true distances, every number once, nothing over anything else."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_reports.work_orders.order import Window
from geo_reports.work_orders.placing import (
    LOW,
    LOWEST,
    TALL,
    TO,
    WIDTH,
    Box,
    Frame,
    in_words,
    place_names,
    place_numbers,
    scale_bar_m,
    window_around,
)

metres = st.floats(0, 20_000)
spots = st.lists(st.tuples(metres, metres), min_size=1, max_size=100)


@given(spots)
def test_distances_on_the_paper_are_those_on_the_ground_in_one_scale(ground):
    frame = Frame(window_around(ground))
    paper = [frame.on_paper(spot) for spot in ground]
    for here, there, a, b in zip(ground, ground[1:], paper, paper[1:], strict=False):
        assert math.dist(a, b) == pytest.approx(math.dist(here, there) * frame.points_per_m, abs=1e-6)


@given(spots)
def test_the_window_shows_every_report_and_fits_the_page(ground):
    frame = Frame(window_around(ground))
    for x, y in map(frame.on_paper, ground):
        assert 0 < x < WIDTH
        assert 0 < y < frame.height
    assert LOWEST - 1e-6 <= frame.height <= (TALL if len(ground) > 15 else LOW) + 1e-6


def test_a_single_report_is_shown_with_its_surroundings():
    window = window_around([(5_000.0, 5_000.0)])
    assert window.width_m == 4_000
    assert (window.west + window.east) / 2 == 5_000


@given(spots)
def test_every_number_stands_once_inside_the_frame_and_over_no_other(ground):
    frame = Frame(window_around(ground))
    places = [(number, frame.on_paper(spot)) for number, spot in enumerate(ground, start=1)]
    labels = place_numbers(places, WIDTH, frame.height)
    assert sorted(number for label in labels for number in label.numbers) == list(range(1, len(ground) + 1))
    for position, label in enumerate(labels):
        assert label.box == label.box.inside(WIDTH, frame.height)
        assert not any(label.box.overlaps(other.box) for other in labels[position + 1 :])


def test_a_lonely_number_stands_on_its_place():
    (label,) = place_numbers([(1, (200.0, 100.0))], WIDTH, LOW)
    assert (label.box.x, label.box.y) == (200, 100)


def test_close_neighbours_are_moved_apart():
    first, second = place_numbers([(1, (200.0, 100.0)), (2, (210.0, 100.0))], WIDTH, LOW)
    assert not first.box.overlaps(second.box)
    assert math.dist((second.box.x, second.box.y), (210, 100)) < 30


def test_numbers_of_one_place_share_a_box():
    (label,) = place_numbers([(n, (200.0 + n, 100.0)) for n in (3, 4, 5, 9)], WIDTH, LOW)
    assert label.lines == (f"3{TO}5, 9",)
    assert len(label.places) == 4


@pytest.mark.parametrize(
    ("numbers", "words"), [([1], ["1"]), ([5, 3, 4], [f"3{TO}5"]), ([1, 3, 4], ["1", f"3{TO}4"]), ([], [])]
)
def test_neighbouring_numbers_are_said_together(numbers, words):
    assert in_words(numbers) == words


@pytest.mark.parametrize(("width_m", "bar_m"), [(4_000, 1_000), (7_900, 1_000), (8_000, 2_000), (20_000, 5_000)])
def test_the_scale_bar_is_a_round_number_of_metres(width_m, bar_m):
    assert scale_bar_m(Window(0, 0, width_m, 1)) == bar_m


def test_names_that_would_cover_a_number_move_or_stay_away():
    number = Box(100, 100, 20, 14)
    moved, hopeless = place_names([(40, (100, 100)), (40, (100, 100))], 8, [number, Box(100, 60, 500, 50)], (200, 116))
    assert moved is None or not moved.overlaps(number)
    assert hopeless is None
