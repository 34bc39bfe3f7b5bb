"""Plotly figures of waiting times: DataFrames in, figures out. Knows no Django, asks no database.

Words arrive translated, labels formatted. Text, grid and background colours are left to the
page, which has a light and a dark theme; traces carry the lasting colour of their agency.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

# Mid-tones with 3 : 1 or more on white and on near-black, after Okabe & Ito's colour-blind safe set.
HUES: Final = ("#0072b2", "#d55e00", "#009e73", "#c2649a", "#7b61c9", "#9a6b00", "#00869b", "#76828a")
DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
INTERVAL_COLOUR: Final = "rgba(125,138,132,0.5)"
# Keeps names clear of dots near zero.
DISTANCE: Final[dict[str, Any]] = {"ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)"}
ROW_PX: Final = 34
# Room for axis, title and the open ends of intervals.
FRAME_PX: Final = 84
CURVE_PX: Final = 320
# Labels at the ends of curves: length of the line that leads to them, distance between two as a share.
LEADER_PX: Final = 16
LABEL_GAP: Final = 0.055


@dataclass(frozen=True)
class Style:
    """How one agency is drawn everywhere."""

    colour: str
    dash: str


def styles(slugs: Sequence[str]) -> dict[str, Style]:
    """A style for every agency by its position in the lasting order of all agencies.

    Hues repeat after eight; then the dash tells apart.
    """
    count = len(HUES)
    return {slug: Style(HUES[place % count], DASHES[place // count % len(DASHES)]) for place, slug in enumerate(slugs)}


def _layout(**more: Any) -> dict[str, Any]:
    """What all figures share: comma decimals, no zooming (a finger scrolls the page), no legend."""
    return {
        "template": go.layout.Template(),
        "separators": ",.",
        "dragmode": False,
        "showlegend": False,
        "hovermode": "closest",
        "font": {"size": 13},
        "hoverlabel": {"font": {"size": 13}, "align": "left"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    } | more


def _axis(title: str = "", **more: Any) -> dict[str, Any]:
    return {"title": {"text": title, "standoff": 8}, "fixedrange": True, "automargin": True} | more


def _end_of_scale(frame: pd.DataFrame) -> float:
    """A little more than the largest known value, so that open intervals have somewhere to point."""
    largest = frame[["median", "low", "high"]].max().max()
    return float(largest) * 1.08 if largest > 0 else 1.0


def medians(frame: pd.DataFrame, colours: Mapping[str, Style], axis_title: str) -> go.Figure:
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
    figure = go.Figure(
        layout=_layout(
            height=FRAME_PX + ROW_PX * len(rows),
            margin={"l": 8, "r": 16, "t": 8, "b": 48},
            xaxis=_axis(axis_title, range=[0, edge * 1.03], rangemode="tozero", nticks=6, zeroline=True),
            yaxis=_axis(
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
        marker={"symbol": "triangle-right", "size": 13, "color": "#7d8a84"},
        hoverinfo="skip",
    )
    return figure


def _spread(ends: Sequence[float], gap: float) -> list[float]:
    """Where labels stand so that neighbours are at least `gap` apart, as near to `ends` as simple."""
    placed: dict[int, float] = {}
    ceiling = 1.0 + gap
    for index in sorted(range(len(ends)), key=lambda i: -ends[i]):
        ceiling = min(ends[index], ceiling - gap)
        placed[index] = ceiling
    return [placed[index] for index in range(len(ends))]


def curves(frame: pd.DataFrame, colours: Mapping[str, Style], x_title: str, y_title: str, hover: str) -> go.Figure:
    """The share answered by day, a line with its light interval band per agency, named at its end.

    `frame` has slug, label, day, share, low, high (shares 0..1); at most five agencies read well.
    `hover` is a plotly template with %{x} in days and %{y} as a share.
    """
    last_day = float(frame["day"].max()) if len(frame) else 1.0
    figure = go.Figure(
        layout=_layout(
            height=CURVE_PX + FRAME_PX,
            margin={"l": 8, "r": 112, "t": 16, "b": 48},
            xaxis=_axis(x_title, range=[0, last_day], nticks=6),
            yaxis=_axis(y_title, range=[0, 1.005], tickformat=".0%", nticks=6),
        )
    )
    groups = [(slug, rows.sort_values("day")) for slug, rows in frame.groupby("slug", sort=False)]
    for slug, rows in groups:
        _add_curve(figure, rows, colours[str(slug)], hover)
    ends = [float(rows["share"].iloc[-1]) for _slug, rows in groups]
    for (slug, rows), end, place in zip(groups, ends, _spread(ends, LABEL_GAP), strict=True):
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


def _add_curve(figure: go.Figure, rows: pd.DataFrame, style: Style, hover: str) -> None:
    band = rows.dropna(subset=["low", "high"])
    red, green, blue = (int(style.colour[at : at + 2], 16) for at in (1, 3, 5))
    for limit, fill in (("low", "none"), ("high", "tonexty")):
        figure.add_scatter(
            x=band["day"].tolist(),
            y=band[limit].round(4).tolist(),
            fill=fill,
            fillcolor=f"rgba({red},{green},{blue},0.16)",
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


def as_json(figure: go.Figure) -> dict[str, Any]:
    """The figure as plain data and layout, for the page's json_script."""
    plain: dict[str, Any] = json.loads(figure.to_json())
    return plain
