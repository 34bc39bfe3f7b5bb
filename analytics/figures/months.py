"""Waiting times month by month: DataFrame in, figure out."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from analytics.figures.style import FRAME_PX, INTERVAL_COLOUR, OPEN_COLOUR, Drawing, Style, axis, layout, month_axis

PLOT_PX: Final = 130
# Two scales, one above the other: the time of nine of ten is many times that of half.
HALVES: Final = ([0.56, 1.0], [0.0, 0.44])


def by_month(frame: pd.DataFrame, months: Sequence[str], style: Style) -> Drawing:
    """Dots with their intervals, one row for each series (at most two), on a scale of its own.

    `frame` has series (the title of its axis), place (of the month in `months`), value, low, high
    (days; NaN: not reached), hover. A quantile that is not reached has no dot; an interval without
    upper end runs to the edge and ends in an arrow.
    """
    reached = frame[frame["value"].notna()]
    series = list(reached.groupby("series", sort=False))
    figure = Drawing(
        layout(
            height=PLOT_PX * len(series) + FRAME_PX,
            margin={"l": 8, "r": 16, "t": 8, "b": 40},
            xaxis=month_axis(months, anchor=_axis_of(len(series) - 1)),
        )
    )
    for number, (name, rows) in enumerate(series):
        largest = float(rows[["value", "low", "high"]].max().max())
        edge = largest * 1.12 if largest else 1.0
        domain = HALVES[number] if len(series) > 1 else [0.0, 1.0]
        figure.layout["yaxis" if number == 0 else f"yaxis{number + 1}"] = axis(
            str(name), range=[0, edge * 1.03], nticks=4, domain=domain
        )
        _add_dots(figure, rows, style, edge, _axis_of(number))
    return figure


def _axis_of(number: int) -> str:
    return "y" if number < 1 else f"y{number + 1}"


def _add_dots(figure: Drawing, rows: pd.DataFrame, style: Style, edge: float, on_axis: str) -> None:
    is_open = rows["high"].isna()
    intervals: dict[str, Any] = {
        "type": "data",
        "symmetric": False,
        "array": (rows["high"].fillna(edge) - rows["value"]).round(3).tolist(),
        "arrayminus": (rows["value"] - rows["low"].fillna(0)).round(3).tolist(),
        "thickness": 5,
        "width": 0,
        "color": INTERVAL_COLOUR,
    }
    figure.add_scatter(
        x=rows["place"].tolist(),
        y=rows["value"].round(3).tolist(),
        yaxis=on_axis,
        mode="markers",
        cliponaxis=False,
        marker={"size": 9, "color": style.colour},
        error_y=intervals,
        text=rows["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=rows.loc[is_open, "place"].tolist(),
        y=[edge] * int(is_open.sum()),
        yaxis=on_axis,
        mode="markers",
        marker={"symbol": "triangle-up", "size": 9, "color": OPEN_COLOUR},
        hoverinfo="skip",
    )
