"""How things end, as shares that add up to one: DataFrame in, figure out."""

from typing import Final

import pandas as pd

from analytics.figures.curves import spread
from analytics.figures.style import FRAME_PX, HUES, Drawing, axis, layout

AREA_PX: Final = 300
LABEL_GAP: Final = 0.06
# By position: a hue and a hatching, so that neighbours are told apart without colour.
FILLS: Final = ((HUES[2], ""), (HUES[1], "/"), (HUES[4], "x"), (HUES[7], "."))


def ends(frame: pd.DataFrame, last_label: str, x_title: str, y_title: str) -> Drawing:
    """Areas on each other, named at their right end; what has not ended is the white on top, named `last_label`.

    `frame` has kind, label, day, share (0..1), hover; at most four kinds, the first at the bottom.
    """
    figure = Drawing(
        layout(
            height=AREA_PX + FRAME_PX,
            meta={"isNamedAtEnds": True},
            margin={"l": 8, "r": 116, "t": 16, "b": 48},
            xaxis=axis(x_title, range=[0, float(frame["day"].max())], nticks=6),
            yaxis=axis(y_title, range=[0, 1.005], tickformat=".0%", nticks=6),
        )
    )
    groups = list(frame.groupby("kind", sort=False))
    for (_kind, rows), (colour, shape) in zip(groups, FILLS, strict=False):
        figure.add_scatter(
            x=rows["day"].tolist(),
            y=rows["share"].round(4).tolist(),
            name=rows["label"].iloc[0],
            stackgroup="ends",
            mode="lines",
            line={"color": colour, "width": 1.5, "shape": "hv"},
            fillpattern={"shape": shape, "size": 6, "solidity": 0.35, "fillmode": "replace", "fgcolor": colour},
            text=rows["hover"].tolist(),
            hovertemplate="%{text}<extra></extra>",
        )
    tops = frame.groupby("kind", sort=False)["share"].last().cumsum()
    labels = [*(rows["label"].iloc[0] for _kind, rows in groups), last_label]
    shares = [*frame.groupby("kind", sort=False)["share"].last(), 1 - tops.iloc[-1]]
    middles = [top - share / 2 for top, share in zip([*tops, 1.0], shares, strict=True)]
    for label, middle, place in zip(labels, middles, spread(middles, LABEL_GAP), strict=True):
        figure.add_annotation(
            x=float(frame["day"].max()),
            y=middle,
            ax=14,
            ay=(middle - place) * AREA_PX,
            text=label,
            xanchor="left",
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=HUES[7],
        )
    return figure
