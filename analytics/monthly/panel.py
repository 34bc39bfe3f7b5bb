"""The frame that every chart is drawn in: scales from zero, ticks, axes, lines and letters on the canvas.

Paper is measured in points (1/72 inch) from the lower left corner of the chart.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from reportlab.lib.colors import Color, HexColor

from geo_reports.paper.styles import INK, SOFT
from geo_reports.paper.typeface import BOLD, REGULAR, printable

Spot = tuple[float, float]
Align = Literal["left", "middle", "right"]

ACCENT: Final = HexColor("#0B6B5D")
BAND: Final = HexColor("#CBE6E0")
HAIR: Final = Color(0.8, 0.82, 0.81)
LETTERS: Final = 7.5
STEPS: Final = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Panel:
    """A rectangle of the chart. `across` and `up` are the values at its right and its upper edge."""

    x: float
    y: float
    width: float
    height: float
    across: float
    up: float

    def at(self, across: float, up: float) -> Spot:
        """Where a pair of values stands; what is beyond an edge stands on it."""
        right, top = min(across / self.across, 1.0), min(up / self.up, 1.0)
        return self.x + right * self.width, self.y + top * self.height


def ticks(largest: float, most: int = 4, *, finest: float = 0.0) -> tuple[float, ...]:
    """Round values from 0 to the first that is not below `largest`, at most `most` of them above zero.

    They are at least `finest` apart: 1 for what is counted.
    """
    if largest <= 0:
        return (0.0, 1.0)
    rough = largest / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = max(next(size * factor for factor in STEPS if size * factor >= rough * (1 - 1e-9)), finest)
    return tuple(round(step * place, 10) for place in range(math.ceil(largest / step - 1e-9) + 1))


def letters(
    canvas: Any, spot: Spot, text: str, *, align: Align = "left", size: float = LETTERS, strong: bool = False
) -> None:
    """Write beside, around or before a spot; the strong ones in ink."""
    canvas.setFont(BOLD if strong else REGULAR, size)
    canvas.setFillColor(INK if strong else SOFT)
    draw = {"left": canvas.drawString, "middle": canvas.drawCentredString, "right": canvas.drawRightString}[align]
    draw(*spot, printable(text))


def rules(canvas: Any, panel: Panel, values: Sequence[float], say: Callable[[float], str]) -> None:
    """Hairlines across the panel at each value of the upright scale, named on the left."""
    canvas.setLineWidth(0.5)
    for value in values:
        x, y = panel.at(0, value)
        canvas.setStrokeColor(HAIR if value else SOFT)
        canvas.line(x, y, x + panel.width, y)
        letters(canvas, (x - 4, y - 2.5), say(value), align="right")


def line(canvas: Any, spots: Sequence[Spot], *, colour: Any = ACCENT, width: float = 1.4) -> None:
    """A line through the spots."""
    path = canvas.beginPath()
    for place, spot in enumerate(spots):
        (path.lineTo if place else path.moveTo)(*spot)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(width)
    canvas.setLineJoin(1)
    canvas.drawPath(path, stroke=1, fill=0)


def area(canvas: Any, spots: Sequence[Spot], colour: Any = BAND) -> None:
    """A filled shape without outline."""
    path = canvas.beginPath()
    for place, spot in enumerate(spots):
        (path.lineTo if place else path.moveTo)(*spot)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def dot(canvas: Any, spot: Spot, radius: float = 2.4) -> None:
    """A filled dot."""
    canvas.setFillColor(ACCENT)
    canvas.circle(*spot, radius, stroke=0, fill=1)


def arrow_up(canvas: Any, spot: Spot, size: float = 3.5) -> None:
    """A small head that points upwards and ends at the spot."""
    x, y = spot
    area(canvas, [(x - size, y - size * 1.4), (x + size, y - size * 1.4), (x, y)], SOFT)
