"""Waiting times month by month: DataFrame in, figure out."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from analytics.figures.style import FRAME_PX, INTERVAL_COLOUR, OPEN_COLOUR, Drawing, Style, axis, layout, month_axis

PLOT_PX: Final = 200


def by_month(frame: pd.DataFrame, months: Sequence[str], style: Style, y_title: str) -> Drawing:
    """Dots with their intervals; a hollow one is not certain yet.

    `frame` has place (of the month in `months`), value, low, high (days; NaN: not reached), is_early, hover. What
    is not reached has no dot; an interval without upper end runs to the edge and ends in an arrow.
    """
    rows = frame[frame["value"].notna()]
    largest = float(rows[["value", "low", "high"]].max().max())
    edge = largest * 1.12 if largest > 0 else 1.0
    figure = Drawing(
        layout(
            height=PLOT_PX + FRAME_PX,
            margin={"l": 8, "r": 16, "t": 8, "b": 40},
            xaxis=month_axis(months),
            yaxis=axis(y_title, range=[0, edge * 1.03], nticks=5),
        )
    )
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
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 9,
            "color": style.colour,
            "symbol": ["circle-open" if early else "circle" for early in rows["is_early"]],
            "line": {"width": 2, "color": style.colour},
        },
        error_y=intervals,
        text=rows["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=rows.loc[is_open, "place"].tolist(),
        y=[edge] * int(is_open.sum()),
        mode="markers",
        marker={"symbol": "triangle-up", "size": 9, "color": OPEN_COLOUR},
        hoverinfo="skip",
    )
    return figure
