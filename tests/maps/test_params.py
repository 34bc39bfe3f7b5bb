"""Texts from an address become typed values, or one sentence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.params import BadParameter, BBox, Level, Measure, parse_bbox, parse_level, parse_measure, parse_zoom


def test_a_window_is_west_south_east_north():
    window = parse_bbox("106.6,-6.4,106.8,-6.2")
    assert window == BBox(106.6, -6.4, 106.8, -6.2)
    assert math.isclose(window.width, 0.2)
    assert math.isclose(window.height, 0.2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "106",
        "106.6,-6.4,106.8",
        "106.6,-6.4,106.8,-6.2,1",
        "106.6,-6.4,106.8,",
        "nan,-6.4,106.8,-6.2",
        "106.6,-inf,106.8,-6.2",
        "106.6,-6.4,1e999,-6.2",
        "106.8,-6.4,106.6,-6.2",
        "106.6,-6.2,106.8,-6.4",
        "-6.4,106.6,-6.2,106.8",
        "181,-6.4,182,-6.2",
        "1_0,0,20,1",
        "106.6;-6.4;106.8;-6.2",
        "0x10,0,20,1",
        "' OR 1=1 --,0,1,1",
        "0" * 5000 + ",0,1,1",
    ],
)
def test_a_window_that_makes_no_sense_is_refused_with_a_sentence(text):
    with pytest.raises(BadParameter, match=r"^bbox.*\.$"):
        parse_bbox(text)


@given(st.text(max_size=80))
def test_any_text_is_a_window_or_a_refusal(text):
    try:
        window = parse_bbox(text)
    except BadParameter:
        return
    assert -180 <= window.west <= window.east <= 180
    assert -90 <= window.south <= window.north <= 90


@pytest.mark.parametrize(("text", "zoom"), [("0", 0), ("12", 12), ("22", 22), ("07", 7)])
def test_zoom_is_a_whole_number(text, zoom):
    assert parse_zoom(text) == zoom


@pytest.mark.parametrize("text", ["", "23", "-1", "1.5", "a", "\u0661", "\u00b2", "1e1", " 3", "9" * 5000])
def test_zoom_out_of_range_is_refused_with_a_sentence(text):
    with pytest.raises(BadParameter, match="zoom"):
        parse_zoom(text)


def test_level_and_measure_have_defaults():
    assert parse_level("") is Level.KECAMATAN
    assert parse_level("kelurahan") is Level.KELURAHAN
    assert parse_measure("") is Measure.OPEN
    assert parse_measure("per_capita") is Measure.PER_CAPITA


@pytest.mark.parametrize("text", ["rt", "KECAMATAN", "open; drop table", "\0"])
def test_an_unknown_level_or_measure_names_the_choices(text):
    with pytest.raises(BadParameter, match="kecamatan, kelurahan"):
        parse_level(text)
    with pytest.raises(BadParameter, match="open, all, per_capita"):
        parse_measure(text)
