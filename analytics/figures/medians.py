"""Medians of groups, a dot and a line each: DataFrame in, figure out."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analytics.figures.style import FRAME_PX, INTERVAL_COLOUR, OPEN_COLOUR, Drawing, Style, axis, layout

# Keeps names clear of dots near zero.
DISTANCE: Final[dict[str, Any]] = {"ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)"}
ROW_PX: Final = 34


def _end_of_scale(frame: pd.DataFrame) -> float:
    """A little more than the largest known value, so that open intervals have somewhere to point."""
    largest = frame[["median", "low", "high"]].max().max()
    return float(largest) * 1.08 if largest > 0 else 1.0


def medians(frame: pd.DataFrame, colours: Mapping[str, Style], axis_title: str) -> Drawing:
    """A dot for each agency's median and a line for its interval, shortest on top, from zero.

    `frame` has slug, label, hover, median, low, high (days; NaN: not reached). An interval without
    upper end runs to the edge and ends in an arrow; an agency without median has no dot.
    """
    rows = frame.sort_values(["median", "low", "label"], ascending=False, na_position="first")
    edge = _end_of_scale(rows)
    start, stop = rows["low"].fillna(0), rows["high"].fillna(edge)
    bar = pd.DataFrame({"x": rows["median"].fillna(start), "slug": rows["slug"]})
    is_open = rows["high"].isna()
    places = list(range(len(rows)))
    figure = Drawing(
        layout(
            height=FRAME_PX + ROW_PX * len(rows),
            margin={"l": 8, "r": 16, "t": 8, "b": 48},
            xaxis=axis(axis_title, range=[0, edge * 1.03], rangemode="tozero", nticks=6, zeroline=True),
            yaxis=axis(
                tickvals=places,
                ticktext=rows["label"].tolist(),
                range=[-0.6, len(rows) - 0.4],
                zeroline=False,
                **DISTANCE,
            ),
        )
    )
    has_median = rows["median"].notna()
    figure.add_scatter(
        x=bar["x"].round(3).tolist(),
        y=places,
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 12,
            "color": [colours[slug].colour for slug in bar["slug"]],
            "opacity": [1.0 if known else 0.0 for known in has_median],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (stop - bar["x"]).round(3).tolist(),
            "arrayminus": (bar["x"] - start).round(3).tolist(),
            "thickness": 7,
            "width": 0,
            "color": INTERVAL_COLOUR,
        },
        text=rows["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[edge] * int(is_open.sum()),
        y=[place for place, opened in zip(places, is_open, strict=True) if opened],
        mode="markers",
        marker={"symbol": "triangle-right", "size": 13, "color": OPEN_COLOUR},
        hoverinfo="skip",
    )
    return figure
