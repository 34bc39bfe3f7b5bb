"""Texts from an address become typed values, or one sentence."""

import pytest

from maps.params import BadParameter, Level, Measure, parse_level, parse_measure


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
