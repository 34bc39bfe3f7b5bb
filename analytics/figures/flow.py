"""What came, what left and what stayed, month by month: DataFrame in, figure out."""

from typing import Final

import pandas as pd

from analytics.figures.style import Drawing, Style, axis, count_axis, layout, month_axis

HEIGHT_PX: Final = 400
AGEING_PX: Final = 340
# Bars above, the backlog below: they are of different size.
UPPER: Final = (0.56, 1.0)
LOWER: Final = (0.0, 0.4)


def flow(frame: pd.DataFrame, style: Style, names: tuple[str, str, str], unit: str) -> Drawing:
    """Bars of what came (full) and left (hatched), and below a line of what was there at the end of the month.

    `frame` has month (label), came, left, backlog; `names` are those of the three.
    """
    places = list(range(len(frame)))
    figure = Drawing(
        layout(
            height=HEIGHT_PX,
            margin={"l": 8, "r": 16, "t": 48, "b": 40},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            bargap=0.25,
            hovermode="x",
            xaxis=month_axis(frame["month"].tolist(), anchor="y2"),
            yaxis=count_axis(unit, frame[["came", "left"]].max().max(), domain=list(UPPER)),
            yaxis2=count_axis(unit, frame["backlog"].max(), domain=list(LOWER)),
        )
    )
    came, left, backlog = names
    for column, name, shape in (("came", came, ""), ("left", left, "/")):
        figure.add_bar(
            x=places,
            y=frame[column].tolist(),
            name=name,
            marker={
                "color": style.colour,
                "pattern": {"shape": shape, "size": 5, "solidity": 0.4, "fillmode": "replace"},
                "line": {"color": style.colour, "width": 1},
            },
            text=frame["month"].tolist(),
            hovertemplate="%{text}, %{fullData.name}: %{y:,}<extra></extra>",
            textposition="none",
        )
    figure.add_scatter(
        x=places,
        y=frame["backlog"].tolist(),
        yaxis="y2",
        name=backlog,
        mode="lines+markers",
        line={"color": style.colour, "width": 2.5},
        marker={"size": 6, "symbol": "diamond"},
        text=frame["month"].tolist(),
        hovertemplate="%{text}, %{fullData.name}: %{y:,}<extra></extra>",
    )
    return figure


def ageing(frame: pd.DataFrame, style: Style, axis_title: str) -> Drawing:
    """A bar for each class of age, the youngest on top, with its number at its end.

    `frame` has label, n, text (the number as it is written).
    """
    figure = Drawing(
        layout(
            height=AGEING_PX,
            margin={"l": 8, "r": 48, "t": 8, "b": 40},
            bargap=0.25,
            xaxis=count_axis(axis_title, frame["n"].max(), tickangle=0),
            yaxis=axis(type="category", autorange="reversed"),
        )
    )
    figure.add_bar(
        x=frame["n"].tolist(),
        y=frame["label"].tolist(),
        orientation="h",
        text=frame["text"].tolist(),
        textposition="outside",
        cliponaxis=False,
        marker={"color": style.colour},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    return figure
