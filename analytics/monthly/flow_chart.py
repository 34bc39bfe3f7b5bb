"""What came in, what was settled, and what was left open, month by month."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from analytics.monthly.panel import ACCENT, LETTERS, Panel, area, dot, letters, line, rules, ticks
from analytics.monthly.report import Month
from analytics.monthly.words import Words
from geo_reports.paper.styles import PAPER, WIDTH
from geo_reports.paper.typeface import REGULAR

LEFT: Final = 34.0
AXIS: Final = 14.0
LEGEND: Final = 14.0
BARS: Final = 74.0
BACKLOG: Final = 46.0
GAP: Final = 8.0
TICKS: Final = 3
BAR: Final = 0.34  # of the room of a month


class FlowChart(Flowable):
    """Bars for what came and what left, and below them, on a scale of its own, the backlog."""

    def __init__(self, months: Sequence[Month], words: Words) -> None:
        super().__init__()
        self.months, self.words = months, words
        self.width, self.height = WIDTH, AXIS + BACKLOG + GAP + LEGEND + BARS + LEGEND

    def draw(self) -> None:
        """The bars above, the backlog below, the names of the months under both."""
        width, count = WIDTH - LEFT, len(self.months)
        marks = ticks(max(max(month.came, month.left) for month in self.months), TICKS, finest=1)
        bars = Panel(LEFT, AXIS + BACKLOG + GAP + LEGEND, width, BARS, count, marks[-1])
        rules(self.canv, bars, marks, self._whole)
        for place, month in enumerate(self.months):
            self._pair(bars, place, month)
        self._legend(bars.y + BARS + 5)
        marks = ticks(max(month.backlog for month in self.months), TICKS - 1, finest=1)
        below = Panel(LEFT, AXIS, width, BACKLOG, count, marks[-1])
        rules(self.canv, below, marks, self._whole)
        self._backlog(below)
        for place, month in enumerate(self.months):
            x, _y = below.at(place + 0.5, 0)
            letters(self.canv, (x, 3), self.words.short_month(month.first), align="middle", strong=place == count - 1)

    def _whole(self, value: float) -> str:
        return self.words.phrases.numerals.said(value)

    def _pair(self, panel: Panel, place: int, month: Month) -> None:
        canvas = self.canv
        canvas.setLineWidth(0.8)
        canvas.setStrokeColor(ACCENT)
        for value, offset, colour in ((month.came, 0.5 - BAR, ACCENT), (month.left, 0.5, PAPER)):
            x, y = panel.at(place + offset, 0)
            canvas.setFillColor(colour)
            if value:
                canvas.rect(x, y, BAR * panel.width / panel.across, panel.at(0, value)[1] - y, stroke=1, fill=1)

    def _legend(self, y: float) -> None:
        canvas, x = self.canv, LEFT
        canvas.setLineWidth(0.8)
        for text, colour in ((self.words.measures.came, ACCENT), (self.words.measures.left, PAPER)):
            canvas.setStrokeColor(ACCENT)
            canvas.setFillColor(colour)
            canvas.rect(x, y, 7, 7, stroke=1, fill=1)
            letters(canvas, (x + 11, y + 0.8), text, size=LETTERS + 0.5)
            x += 11 + canvas.stringWidth(text, REGULAR, LETTERS + 0.5) + 14

    def _backlog(self, panel: Panel) -> None:
        spots = [panel.at(place + 0.5, month.backlog) for place, month in enumerate(self.months)]
        letters(self.canv, (LEFT, panel.y + panel.height + 5), self.words.measures.backlog, size=LETTERS + 0.5)
        area(self.canv, [(spots[0][0], panel.y), *spots, (spots[-1][0], panel.y)])
        line(self.canv, spots)
        dot(self.canv, spots[-1])
        x, y = spots[-1]
        letters(
            self.canv,
            (x, y + 5),
            self.words.phrases.numerals.said(self.months[-1].backlog),
            align="middle",
            strong=True,
        )
