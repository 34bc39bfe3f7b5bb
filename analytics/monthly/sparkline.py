"""Twelve months in the size of a word: a line from zero, its last value marked."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from analytics.monthly.panel import HAIR, Panel, dot, line

HEIGHT: Final = 20.0
DOT: Final = 2.0


class Sparkline(Flowable):
    """`values` month by month; None leaves a gap."""

    def __init__(self, values: Sequence[float | None], width: float) -> None:
        super().__init__()
        self.values = values
        self.width, self.height = width, HEIGHT

    def draw(self) -> None:
        """The zero line, the stretches of known values, a dot on the last month."""
        largest = max((value for value in self.values if value is not None), default=0.0)
        panel = Panel(DOT, DOT, self.width - 2 * DOT, HEIGHT - 2 * DOT, max(len(self.values) - 1, 1), largest or 1.0)
        line(self.canv, [panel.at(0, 0), panel.at(panel.across, 0)], colour=HAIR, width=0.5)
        spots = [None if value is None else panel.at(place, value) for place, value in enumerate(self.values)]
        stretch = []
        for spot in [*spots, None]:
            if spot is not None:
                stretch.append(spot)
                continue
            if len(stretch) == 1:
                dot(self.canv, stretch[0], 1.0)
            elif stretch:
                line(self.canv, stretch, width=1.1)
            stretch = []
        if spots[-1] is not None:
            dot(self.canv, spots[-1], DOT)
