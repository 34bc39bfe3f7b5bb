"""The drawing of hand-overs: widths are numbers, names do not lie on each other, little things stay visible."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from analytics.agency.streams import BAND_PX, SHOWN, THINNEST_PX, streams

NAMES = {"pu": "PU", **{f"a{number}": f"Dinas Nomor {number}" for number in range(12)}}


def handovers(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "target", "n"])


def edge(path: str) -> tuple[float, float]:
    """Top and bottom where the stream begins: the first point and the last."""
    return float(re.match(r"M\d+ ([\d.-]+)C", path)[1]), float(re.search(r" ([\d.-]+)Z", path)[1])


def thickness(path: str) -> float:
    top, bottom = edge(path)
    return bottom - top


def test_without_hand_overs_there_is_nothing_to_draw():
    assert streams(handovers(), "pu", NAMES) is None


def test_streams_are_as_wide_as_their_numbers():
    drawn = streams(handovers(("a1", "pu", 30), ("a2", "pu", 10), ("pu", "a1", 20)), "pu", NAMES)

    assert (drawn.came, drawn.went) == (40, 20)
    assert thickness(drawn.incoming[0].path) == pytest.approx(BAND_PX * 30 / 40, abs=0.2)
    assert thickness(drawn.outgoing[0].path) == pytest.approx(BAND_PX * 20 / 40, abs=0.2)


def test_one_among_thousands_can_still_be_seen():
    drawn = streams(handovers(("a1", "pu", 9999), ("a2", "pu", 1)), "pu", NAMES)

    assert thickness(drawn.incoming[1].path) == pytest.approx(THINNEST_PX, abs=0.2)


def test_many_neighbours_are_summed_and_none_is_lost():
    rows = [(f"a{number}", "pu", 12 - number) for number in range(12)]
    drawn = streams(handovers(*rows), "pu", NAMES)

    assert len(drawn.incoming) == SHOWN
    assert " ".join(line.text for line in drawn.incoming[-1].name) == "7 SKPD lain"
    assert sum(stream.n for stream in drawn.incoming) == sum(n for _source, _target, n in rows) == drawn.came


def test_names_stand_below_each_other_inside_the_drawing():
    drawn = streams(handovers(*[(f"a{number}", "pu", 1) for number in range(6)]), "pu", NAMES)
    heights = [place for stream in drawn.incoming for place in (*(line.y for line in stream.name), stream.n_y)]

    assert all(later - earlier >= 16 for earlier, later in pairwise(heights))
    assert heights[0] > 0
    assert heights[-1] < drawn.height


def test_thick_streams_stand_apart_inside_the_drawing():
    drawn = streams(handovers(("a1", "pu", 45), ("a2", "pu", 50), ("a3", "pu", 1)), "pu", NAMES)
    edges = [edge(stream.path) for stream in drawn.incoming]

    assert all(below[0] > above[1] for above, below in pairwise(edges))
    assert edges[0][0] >= 0
    assert edges[-1][1] <= drawn.height
