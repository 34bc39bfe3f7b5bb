"""Medians of groups, a dot and a line each: DataFrame in, figure out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan, log10
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


@dataclass(frozen=True)
class Row:
    """A group; what is not reached is None."""

    label: str
    hover: str
    median: float | None
    low: float | None
    high: float | None

    @property
    def rank(self) -> tuple[float, float, str]:
        """Sorts what is not reached behind all that is."""
        return (inf if self.median is None else self.median, inf if self.low is None else self.low, self.label)


def _rows(frame: pd.DataFrame, look: Look) -> list[Row]:
    """From the bottom of the figure to its top."""
    days = ([_known(value) for value in frame[name]] for name in ("median", "low", "high"))
    rows = [Row(*parts) for parts in zip(frame["label"], frame["hover"], *days, strict=True)]
    return sorted(rows, key=lambda row: row.rank, reverse=True) if look.is_sorted else rows[::-1]


def _scale(rows: Sequence[Row], look: Look) -> Scale:
    """A little more than the largest known value, so that open intervals have somewhere to point."""
    found = scale((row.median, row.low, row.high) for row in rows)
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
    rows = _rows(frame, look)
    on = _scale(rows, look)
    edge = on.end
    starts = [max(row.low or 0.0, on.start) for row in rows]
    dots = [start if row.median is None else max(row.median, on.start) for row, start in zip(rows, starts, strict=True)]
    ends = [edge if row.high is None else row.high for row in rows]
    places = list(range(len(rows)))
    figure = Drawing(
        layout(
            height=FRAME_PX + ROW_PX * len(rows),
            margin={"l": 8, "r": 16, "t": 8, "b": 48},
            xaxis=_axis(on, look),
            yaxis=axis(
                tickvals=places,
                ticktext=[row.label for row in rows],
                range=[-0.6, len(rows) - 0.4],
                zeroline=False,
                **DISTANCE,
            ),
        )
    )
    figure.add_scatter(
        x=[round(dot, 3) for dot in dots],
        y=places,
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 12,
            "color": look.style.colour,
            "opacity": [0.0 if row.median is None else 1.0 for row in rows],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [round(max(end - dot, 0.0), 3) for end, dot in zip(ends, dots, strict=True)],
            "arrayminus": [round(dot - start, 3) for dot, start in zip(dots, starts, strict=True)],
            "thickness": 7,
            "width": 0,
            "color": INTERVAL_COLOUR,
        },
        text=[row.hover for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[edge] * sum(row.high is None for row in rows),
        y=[place for place, row in zip(places, rows, strict=True) if row.high is None],
        mode="markers",
        marker={"symbol": "triangle-right", "size": 13, "color": OPEN_COLOUR},
        hoverinfo="skip",
    )
    return figure
