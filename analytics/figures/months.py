"""Waiting times month by month: dots in, figure out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from analytics.figures.style import FRAME_PX, INTERVAL_COLOUR, OPEN_COLOUR, Drawing, Style, axis, layout, month_axis

PLOT_PX: Final = 200


@dataclass(frozen=True)
class Dot:
    """The median of the month at a `place`, in days; None: not reached. `is_early`: it may well change."""

    place: int
    value: float | None
    low: float | None
    high: float | None
    is_early: bool
    hover: str


def by_month(dots: Sequence[Dot], months: Sequence[str], style: Style, y_title: str) -> Drawing:
    """Dots with their intervals; a hollow one is not certain yet.

    What is not reached has no dot; an interval without upper end runs to the edge and ends in an arrow.
    """
    rows = [(dot, dot.value) for dot in dots if dot.value is not None]
    largest = max((part or 0.0 for dot, value in rows for part in (value, dot.low, dot.high)), default=0.0)
    edge = largest * 1.12 if largest > 0 else 1.0
    figure = Drawing(
        layout(
            height=PLOT_PX + FRAME_PX,
            margin={"l": 8, "r": 16, "t": 8, "b": 40},
            xaxis=month_axis(months),
            yaxis=axis(y_title, range=[0, edge * 1.03], nticks=5),
        )
    )
    intervals: dict[str, Any] = {
        "type": "data",
        "symmetric": False,
        "array": [round((edge if dot.high is None else dot.high) - value, 3) for dot, value in rows],
        "arrayminus": [round(value - (dot.low or 0.0), 3) for dot, value in rows],
        "thickness": 5,
        "width": 0,
        "color": INTERVAL_COLOUR,
    }
    figure.add_scatter(
        x=[dot.place for dot, _value in rows],
        y=[round(value, 3) for _dot, value in rows],
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 9,
            "color": style.colour,
            "symbol": ["circle-open" if dot.is_early else "circle" for dot, _value in rows],
            "line": {"width": 2, "color": style.colour},
        },
        error_y=intervals,
        text=[dot.hover for dot, _value in rows],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[dot.place for dot, _value in rows if dot.high is None],
        y=[edge for dot, _value in rows if dot.high is None],
        mode="markers",
        marker={"symbol": "triangle-up", "size": 9, "color": OPEN_COLOUR},
        hoverinfo="skip",
    )
    return figure
