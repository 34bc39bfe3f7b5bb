"""Figures as data: what is drawn where, that colours last, and that nothing is lost on the way to the page."""

import json
from itertools import pairwise

import pandas as pd
import pytest

from analytics.figures.curves import curves
from analytics.figures.medians import Look, medians
from analytics.figures.style import DARK, HUES, PLAIN, STAGES, VOLUME, month_axis, styles, written
from tests.analytics.drawing import as_json

ROWS = pd.DataFrame(
    [
        {"slug": "a", "label": "A", "hover": "A: 5", "median": 5.0, "low": 4.0, "high": 7.0},
        {"slug": "b", "label": "B", "hover": "B: 2", "median": 2.0, "low": 1.0, "high": None},
        {"slug": "c", "label": "C", "hover": "C: ?", "median": None, "low": 6.0, "high": None},
    ]
).astype({"median": "float64", "low": "float64", "high": "float64"})
STYLES = styles(["a", "b", "c"])


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("hue", [*HUES, *STAGES, PLAIN.colour, VOLUME.colour])
@pytest.mark.parametrize("paper", ["#ffffff", "#111916"])
def test_every_hue_stands_out_on_light_and_dark_paper(hue, paper):
    lighter, darker = sorted((luminance(hue), luminance(paper)), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 3


@pytest.mark.parametrize(("light", "lit"), DARK.items())
def test_a_dark_page_draws_some_lasting_hues_lighter_and_is_told_by_the_figure(light, lit):
    drawn = as_json(medians(ROWS, Look("hari")))

    assert light in {*HUES, *STAGES}
    assert luminance(lit) > luminance(light)
    assert drawn["layout"]["meta"]["dark"][light] == lit


def test_an_agency_keeps_its_style_whoever_else_is_shown():
    everybody = [f"agency-{number}" for number in range(30)]
    found = styles(everybody)

    assert found == styles(everybody)
    assert len({(style.colour, style.dash) for style in found.values()}) == 30


def test_medians_stand_shortest_on_top_and_unreached_at_the_bottom():
    drawn = as_json(medians(ROWS, Look("hari")))

    assert drawn["layout"]["yaxis"]["ticktext"] == ["C", "A", "B"]
    assert drawn["layout"]["xaxis"]["range"][0] == 0
    assert drawn["layout"]["xaxis"]["title"]["text"] == "hari"


def test_groups_in_an_order_of_their_own_keep_it():
    drawn = as_json(medians(ROWS, Look("hari", is_sorted=False)))

    assert drawn["layout"]["yaxis"]["ticktext"] == ["C", "B", "A"]


def test_one_far_from_most_makes_the_scale_one_of_powers_and_nothing_is_lost():
    far = ROWS.assign(median=[5.0, 2.0, 80.0], low=[0.0, 1.0, 60.0], high=[7.0, 3.0, None])
    drawn = as_json(medians(far, Look("hari", "hari, skala logaritmik")))
    axis = drawn["layout"]["xaxis"]

    assert (axis["type"], axis["title"]["text"]) == ("log", "hari, skala logaritmik")
    assert (axis["tickvals"], axis["ticktext"]) == ([1, 3, 10, 30], ["1", "3", "10", "30"])
    assert drawn["data"][0]["x"] == [80, 5, 2]
    assert "type" not in as_json(medians(far, Look("persen")))["layout"]["xaxis"]


def test_a_dot_has_one_colour_and_the_length_of_its_interval():
    dots = as_json(medians(ROWS, Look("hari")))["data"][0]

    assert dots["x"][1:] == [5, 2]
    assert dots["marker"]["color"] == PLAIN.colour
    assert (dots["error_x"]["arrayminus"][1], dots["error_x"]["array"][1]) == (1, 2)
    assert dots["text"] == ["C: ?", "A: 5", "B: 2"]


def test_what_is_not_reached_has_no_dot_and_points_on():
    dots, arrows = as_json(medians(ROWS, Look("hari")))["data"]

    assert dots["marker"]["opacity"] == [0, 1, 1]
    assert arrows["y"] == [0, 2]
    assert all(x > 7 for x in arrows["x"])


def test_the_figure_of_nothing_is_still_a_figure():
    assert as_json(medians(ROWS.head(0), Look("hari")))["data"][0]["x"] == []
    empty = pd.DataFrame(columns=["slug", "label", "day", "share", "low", "high"])
    assert as_json(curves(empty, STYLES, "hari", "bagian", "%{y}"))["data"] == []


def curve(slug: str, end: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "slug": slug,
            "label": slug.upper(),
            "day": [0.0, 1.0, 2.0],
            "share": [0, end / 2, end],
            "low": 0.0,
            "high": 1.0,
        }
    )


def test_curves_carry_a_band_a_line_and_a_name_each():
    drawn = as_json(curves(pd.concat([curve("a", 0.9), curve("b", 0.5)]), STYLES, "hari", "bagian", "%{y}"))

    lines = [trace for trace in drawn["data"] if trace.get("hovertemplate")]
    assert [line["line"]["color"] for line in lines] == [STYLES["a"].colour, STYLES["b"].colour]
    assert [trace.get("fill") for trace in drawn["data"]] == ["none", "tonexty", None] * 2
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["A", "B"]
    assert drawn["layout"]["yaxis"]["tickformat"] == ".0%"
    assert drawn["layout"]["separators"] == ",."


def test_names_of_curves_that_end_together_do_not_lie_on_each_other():
    frame = pd.concat([curve(slug, 0.8) for slug in ("a", "b", "c")])
    notes = as_json(curves(frame, STYLES, "hari", "bagian", "%{y}"))["layout"]["annotations"]

    heights = sorted(note["ay"] for note in notes)
    assert min(later - earlier for earlier, later in pairwise(heights)) >= 16


def test_a_year_stands_once_below_its_first_month():
    axis = month_axis(["Nov 2025", "Des 2025", "Jan 2026", "Feb 2026"])

    assert axis["ticktext"] == ["Nov<br>2025", "Des", "Jan<br>2026", "Feb"]


def test_figures_are_plain_json_without_encoded_arrays():
    text = json.dumps(as_json(medians(ROWS, Look("hari"))), allow_nan=False)

    assert "bdata" not in text


def test_no_name_of_an_skpd_ends_the_script_that_carries_a_figure():
    name = "</script><b>&amp; 'Dinas'\N{LINE SEPARATOR}"
    text = written({"satu": medians(ROWS.assign(label=name), Look("hari"))})

    assert not set("<>/") & set(text)
    assert json.loads(text)["satu"]["layout"]["yaxis"]["ticktext"] == [name] * 3
