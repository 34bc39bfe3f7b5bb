"""What all figures share: an agency's lasting colour, layout, axes, the way to the page.

Words arrive translated, labels formatted. Text, grid and background colours are left to the
page, which has a light and a dark theme; traces carry the lasting colour of their agency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from plotly.io import to_json

# Mid-tones with 3 : 1 or more on white and on near-black, after Okabe & Ito's colour-blind safe set.
HUES: Final = ("#0072b2", "#d55e00", "#009e73", "#c2649a", "#7b61c9", "#9a6b00", "#00869b", "#76828a")
DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
INTERVAL_COLOUR: Final = "rgba(125,138,132,0.5)"
# The arrow of an interval without end.
OPEN_COLOUR: Final = "#7d8a84"
FEW_COUNTED: Final = 5  # up to here every whole number has its line
# Room for axis, title and the open ends of intervals.
FRAME_PX: Final = 84


class Drawing:
    """A plotly figure as the data that plotly draws.

    Plotly's own figures check every number they are given, a third of the time that a page takes; tests
    put each figure through that check instead.
    """

    def __init__(self, layout: dict[str, Any]) -> None:
        self.data: list[dict[str, Any]] = []
        self.layout = layout

    def add_scatter(self, **properties: Any) -> None:
        """Lines, dots or areas."""
        self.data.append({"type": "scatter"} | properties)

    def add_bar(self, **properties: Any) -> None:
        """Bars."""
        self.data.append({"type": "bar"} | properties)

    def add_annotation(self, **properties: Any) -> None:
        """Words at a place of the figure."""
        self.layout.setdefault("annotations", []).append(properties)


@dataclass(frozen=True)
class Style:
    """How one agency is drawn everywhere."""

    colour: str
    dash: str


# What belongs to no agency in particular.
PLAIN: Final = Style("#0f8573", "solid")
# Verified, answered, settled: near the hues of these statuses.
STAGES: Final = ("#2f6fdb", "#0a8797", "#16895a")
VOLUME: Final = Style("#76828a", "solid")
# What a dark page draws instead of colours whose thin lines would be lost on it.
DARK: Final = {"#0072b2": "#4da3e0", "#2f6fdb": "#6fa3f5"}


def tinted(colour: str) -> str:
    """The same colour for the area between two limits."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.16)"


def styles(slugs: Sequence[str]) -> dict[str, Style]:
    """A style for every agency by its position in the lasting order of all agencies.

    Hues repeat after eight; then the dash tells apart.
    """
    count = len(HUES)
    return {slug: Style(HUES[place % count], DASHES[place // count % len(DASHES)]) for place, slug in enumerate(slugs)}


def layout(**more: Any) -> dict[str, Any]:
    """What all figures share: comma decimals, no zooming (a finger scrolls the page), no legend."""
    return {
        "separators": ",.",
        "dragmode": False,
        "showlegend": False,
        "hovermode": "closest",
        "font": {"size": 13},
        "hoverlabel": {"font": {"size": 13}, "align": "left"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    } | more


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """An axis that does not zoom, with room for its labels."""
    return {"title": {"text": title, "standoff": 8}, "fixedrange": True, "automargin": True} | more


def month_axis(months: Sequence[str], **more: Any) -> dict[str, Any]:
    """An axis whose places 0, 1, 2 ... are months ("Jan 2026"), at most six written, each year below its first."""
    step = max(1, -(-len(months) // 6))
    places = list(range(len(months) - 1, -1, -step))[::-1]
    text, year = [], ""
    for month in (months[place] for place in places):
        name, _space, own = month.rpartition(" ")
        text.append(name if own == year else f"{name}<br>{own}")
        year = own
    return axis(tickvals=places, ticktext=text, range=[-0.7, len(months) - 0.3], zeroline=False, tickangle=0, **more)


def count_axis(title: str, largest: float, **more: Any) -> dict[str, Any]:
    """An axis of things that are counted, from zero: whole numbers only, thousands set apart."""
    step = {"dtick": 1} if largest < FEW_COUNTED else {"nticks": 4}
    return axis(title, rangemode="tozero", tickformat=",d", **step, **more)


def written(figures: Mapping[str, Drawing]) -> str:
    """Figures by name as JSON for the page's script; what is not known is null; <, > and / are escaped.

    `layout.meta.dark` says which colours a dark page replaces, and by what.
    """
    dark = DARK | {tinted(light): tinted(lit) for light, lit in DARK.items()}
    plain = {
        name: {"data": figure.data, "layout": figure.layout | {"meta": figure.layout.get("meta", {}) | {"dark": dark}}}
        for name, figure in figures.items()
    }
    text: str = to_json(plain, validate=False, engine="json")
    return text
