"""Curves of what is done by day, with bands: DataFrame in, figure out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    lines = _lines(frame)
    for line in lines:
        _add_curve(figure, line, colours[line.slug], hover)
    ends = [float(line.share[-1]) for line in lines]
    for line, end, place in zip(lines, ends, spread(ends, LABEL_GAP), strict=True):
        figure.add_annotation(
            x=float(line.day[-1]),
            y=end,
            ax=LEADER_PX,
            ay=(end - place) * CURVE_PX,
            text=line.label,
            xanchor="left",
            showarrow=True,
            arrowhead=0,
            arrowwidth=2,
            arrowcolor=colours[line.slug].colour,
        )
    return figure


@dataclass(frozen=True, eq=False)
class Line:
    """One curve, arrays aligned with its rising days."""

    slug: str
    label: str
    day: NDArray[np.float64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def _lines(frame: pd.DataFrame) -> list[Line]:
    """One for each slug, in the order in which they come."""
    slugs, labels = (frame[name].to_numpy(dtype=object) for name in ("slug", "label"))
    columns = [frame[name].to_numpy(dtype=np.float64) for name in ("day", "share", "low", "high")]
    lines = []
    for slug in dict.fromkeys(slugs):
        rows = np.flatnonzero(slugs == slug)
        rows = rows[np.argsort(columns[0][rows], kind="stable")]
        lines.append(Line(str(slug), str(labels[rows[0]]), *(column[rows] for column in columns)))
    return lines


def _add_curve(figure: Drawing, line: Line, style: Style, hover: str) -> None:
    has_band = ~np.isnan(line.low) & ~np.isnan(line.high)
    for limit, fill in ((line.low, "none"), (line.high, "tonexty")):
        figure.add_scatter(
            x=line.day[has_band].tolist(),
            y=limit[has_band].round(4).tolist(),
            fill=fill,
            fillcolor=tinted(style.colour),
            line={"width": 0, "shape": "hv"},
            mode="lines",
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=line.day.tolist(),
        y=line.share.round(4).tolist(),
        mode="lines",
        line={"color": style.colour, "dash": style.dash, "width": 2.5, "shape": "hv"},
        name=line.label,
        hovertemplate=hover,
    )
