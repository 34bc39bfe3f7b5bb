"""Medians of groups, a dot and a line each: DataFrame in, figure out."""

from dataclasses import dataclass
from math import isnan, log10
from typing import Any, Final

import pandas as pd

from analytics.figures.style import FRAME_PX, INTERVAL_COLOUR, OPEN_COLOUR, PLAIN, Drawing, Style, axis, layout
from analytics.scales import ROOM, Scale, scale

# Keeps names clear of dots near zero.
DISTANCE: Final[dict[str, Any]] = {"ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)"}
ROW_PX: Final = 34


@dataclass(frozen=True)
class Look:
    """How dots are drawn: the title of their axis, in its order or the shortest first, and whether it may be by powers.

    `log_title` is that of a scale by powers, which is taken where one is far from most; empty: never.
    """

    axis_title: str
    log_title: str = ""
    is_sorted: bool = True
    style: Style = PLAIN


def _scale(frame: pd.DataFrame, look: Look) -> Scale:
    """A little more than the largest known value, so that open intervals have somewhere to point."""
    parts = zip(*(frame[name] for name in ("median", "low", "high")), strict=True)
    found = scale((_known(value), _known(low), _known(high)) for value, low, high in parts)
    end = found.end * ROOM or 1.0
    return Scale(found.start if look.log_title else 0.0, end)


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _axis(on: Scale, look: Look) -> dict[str, Any]:
    if not on.is_log:
        return axis(look.axis_title, range=[0, on.end * 1.03], rangemode="tozero", nticks=6, zeroline=True)
    return axis(
        look.log_title,
        type="log",
        range=[log10(on.start) - 0.04, log10(on.end) + 0.02],
        tickvals=on.ticks,
        ticktext=[f"{tick:g}".replace(".", ",") for tick in on.ticks],
    )


def medians(frame: pd.DataFrame, look: Look) -> Drawing:
    """A dot for each group's median and a line for its interval.

    `frame` has label, hover, median, low, high (days; NaN: not reached). An interval without upper end runs to
    the edge and ends in an arrow; a group without median has no dot.
    """
    on = _scale(frame, look)
    rows = frame[::-1]
    if look.is_sorted:
        rows = frame.sort_values(["median", "low", "label"], ascending=False, na_position="first")
    edge = on.end
    start, stop = rows["low"].fillna(0).clip(lower=on.start), rows["high"].fillna(edge)
    bar = pd.DataFrame({"x": rows["median"].fillna(start).clip(lower=on.start)})
    is_open = rows["high"].isna()
    places = list(range(len(rows)))
    figure = Drawing(
        layout(
            height=FRAME_PX + ROW_PX * len(rows),
            margin={"l": 8, "r": 16, "t": 8, "b": 48},
            xaxis=_axis(on, look),
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
            "color": look.style.colour,
            "opacity": [1.0 if known else 0.0 for known in has_median],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (stop - bar["x"]).clip(lower=0).round(3).tolist(),
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
