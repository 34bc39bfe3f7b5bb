"""Curves of what is done by day, with bands: DataFrame in, figure out."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from analytics.figures.style import FRAME_PX, Drawing, Style, axis, layout, tinted

CURVE_PX: Final = 320
# Labels at the ends of curves: length of the line that leads to them, distance between two as a share.
LEADER_PX: Final = 16
LABEL_GAP: Final = 0.055


def spread(ends: Sequence[float], gap: float) -> list[float]:
    """Where labels stand so that neighbours are at least `gap` apart, as near to `ends` as simple."""
    placed: dict[int, float] = {}
    ceiling = 1.0 + gap
    for index in sorted(range(len(ends)), key=lambda i: -ends[i]):
        ceiling = min(ends[index], ceiling - gap)
        placed[index] = ceiling
    return [placed[index] for index in range(len(ends))]


def curves(frame: pd.DataFrame, colours: Mapping[str, Style], x_title: str, y_title: str, hover: str) -> Drawing:
    """The share answered by day, a line with its light interval band per agency, named at its end.

    `frame` has slug, label, day, share, low, high (shares 0..1); at most five agencies read well.
    `hover` is a plotly template with %{x} in days and %{y} as a share.
    """
    last_day = float(frame["day"].max()) if len(frame) else 1.0
    figure = Drawing(
        layout(
            height=CURVE_PX + FRAME_PX,
            meta={"isNamedAtEnds": True},
            margin={"l": 8, "r": 112, "t": 16, "b": 48},
            xaxis=axis(x_title, range=[0, last_day], nticks=6),
            yaxis=axis(y_title, range=[0, 1.005], tickformat=".0%", nticks=6),
        )
    )
    groups = [(slug, rows.sort_values("day")) for slug, rows in frame.groupby("slug", sort=False)]
    for slug, rows in groups:
        _add_curve(figure, rows, colours[str(slug)], hover)
    ends = [float(rows["share"].iloc[-1]) for _slug, rows in groups]
    for (slug, rows), end, place in zip(groups, ends, spread(ends, LABEL_GAP), strict=True):
        figure.add_annotation(
            x=float(rows["day"].iloc[-1]),
            y=end,
            ax=LEADER_PX,
            ay=(end - place) * CURVE_PX,
            text=rows["label"].iloc[0],
            xanchor="left",
            showarrow=True,
            arrowhead=0,
            arrowwidth=2,
            arrowcolor=colours[str(slug)].colour,
        )
    return figure


def _add_curve(figure: Drawing, rows: pd.DataFrame, style: Style, hover: str) -> None:
    band = rows.dropna(subset=["low", "high"])
    for limit, fill in (("low", "none"), ("high", "tonexty")):
        figure.add_scatter(
            x=band["day"].tolist(),
            y=band[limit].round(4).tolist(),
            fill=fill,
            fillcolor=tinted(style.colour),
            line={"width": 0, "shape": "hv"},
            mode="lines",
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=rows["day"].tolist(),
        y=rows["share"].round(4).tolist(),
        mode="lines",
        line={"color": style.colour, "dash": style.dash, "width": 2.5, "shape": "hv"},
        name=rows["label"].iloc[0],
        hovertemplate=hover,
    )
