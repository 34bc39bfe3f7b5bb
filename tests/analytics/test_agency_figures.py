"""The figures of the page of an SKPD as data."""

import json

import pandas as pd
import pytest

from analytics.figures.ends import ends
from analytics.figures.flow import ageing, flow
from analytics.figures.months import Dot, by_month
from analytics.figures.style import Style
from tests.analytics.drawing import as_json

STYLE = Style("#0072b2", "solid")
DOTS = [
    Dot(0, 2.0, 1.0, 3.0, is_early=False, hover="a"),
    Dot(1, 3.0, 2.0, None, is_early=True, hover="b"),
    Dot(2, None, 8.0, None, is_early=False, hover="c"),
]


def drawn_months():
    return as_json(by_month(DOTS, ["Jan 2025", "Feb 2025", "Mar 2025"], STYLE, "Hari"))


def test_months_stand_on_a_scale_from_zero_with_its_unit():
    layout = drawn_months()["layout"]

    assert (layout["yaxis"]["title"]["text"], layout["yaxis"]["range"][0]) == ("Hari", 0)
    assert layout["xaxis"]["ticktext"] == ["Jan<br>2025", "Feb", "Mar"]


def test_a_median_that_is_not_reached_has_no_dot_and_an_open_interval_an_arrow():
    dots, arrows = drawn_months()["data"]

    assert (dots["x"], arrows["x"]) == ([0, 1], [1])


def test_a_median_that_may_still_move_is_hollow():
    assert drawn_months()["data"][0]["marker"]["symbol"] == ["circle", "circle-open"]


def test_ends_lie_on_each_other_and_differ_without_colour():
    frame = pd.DataFrame(
        {
            "kind": ["fixed"] * 2 + ["moved"] * 2,
            "label": ["Selesai"] * 2 + ["Dialihkan"] * 2,
            "day": [0.0, 60.0] * 2,
            "share": [0.0, 0.6, 0.0, 0.1],
            "hover": ["", "60%", "", "10%"],
        }
    )
    drawn = as_json(ends(frame, "Masih terbuka", "hari", "bagian"))

    assert {trace["stackgroup"] for trace in drawn["data"]} == {"ends"}
    assert len({trace["fillpattern"]["shape"] for trace in drawn["data"]}) == 2
    notes = {note["text"]: note["y"] for note in drawn["layout"]["annotations"]}
    assert notes == pytest.approx({"Selesai": 0.3, "Dialihkan": 0.65, "Masih terbuka": 0.85})


def test_what_came_and_left_differ_without_colour_and_the_backlog_has_its_scale():
    frame = pd.DataFrame({"month": ["Jan 2025"], "came": [5], "left": [2], "backlog": [300]})
    came, left, backlog = as_json(flow(frame, STYLE, ("Masuk", "Keluar", "Sisa"), "laporan"))["data"]

    assert came["marker"]["pattern"]["shape"] != left["marker"]["pattern"]["shape"]
    assert (came["y"], left["y"], backlog["y"], backlog["yaxis"]) == ([5], [2], [300], "y2")


def test_ages_stand_with_their_numbers_and_all_is_plain_json():
    frame = pd.DataFrame({"label": ["< 3 hari", "≥ 3 hari"], "n": [1200, 3], "text": ["1.200", "3"]})
    drawn = as_json(ageing(frame, STYLE, "laporan"))

    assert drawn["data"][0]["text"] == ["1.200", "3"]
    assert "bdata" not in json.dumps(drawn, allow_nan=False)
