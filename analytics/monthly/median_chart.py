"""The median of each month with its interval; a month that has none says so by its sign."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from analytics.measures import Clock
from analytics.monthly.curve_chart import HALF
from analytics.monthly.panel import BAND, Panel, Spot, arrow_up, dot, letters, rules, ticks
from analytics.monthly.words import Words
from analytics.survival import Estimate

LEFT: Final = 30.0
PLOT: Final = 80.0
FOOT: Final = 26.0
HEAD: Final = 8.0
MOST: Final = 4.0  # intervals are cut at this many times the largest median: one wide one must not flatten the rest
FEW: Final = "\N{EN DASH}"


class MedianChart(Flowable):
    """`clocks` are by month, aligned with `names`: what stands below each, a line for each word."""

    def __init__(self, clocks: Sequence[Clock], names: Sequence[str], words: Words) -> None:
        super().__init__()
        self.clocks, self.names, self.words = clocks, names, words
        self.width, self.height = HALF, FOOT + PLOT + HEAD

    def draw(self) -> None:
        """The scale, then a line with a dot for each month."""
        marks = ticks(_largest([clock.median_days for clock in self.clocks]))
        panel = Panel(LEFT, FOOT, HALF - LEFT - 2, PLOT, len(self.clocks), marks[-1])
        places = 0 if marks[1] == int(marks[1]) else 1
        rules(self.canv, panel, marks, lambda value: self.words.phrases.numerals.said(value, places))
        for place, (clock, name) in enumerate(zip(self.clocks, self.names, strict=True)):
            foot = panel.at(place + 0.5, 0)
            self._month(panel, foot, clock)
            is_last = place == len(self.clocks) - 1
            for row, part in enumerate(name.split()):
                letters(self.canv, (foot[0], FOOT - 11 - 9 * row), part, align="middle", size=7, strong=is_last)

    def _month(self, panel: Panel, foot: Spot, clock: Clock) -> None:
        if clock.is_few:
            letters(self.canv, (foot[0], foot[1] + 3), FEW, align="middle")
            return
        median, x = clock.median_days, foot[0]
        low, high = panel.at(0, median.low or 0)[1], panel.at(0, panel.up if median.high is None else median.high)[1]
        self.canv.setStrokeColor(BAND)
        self.canv.setLineWidth(6)
        self.canv.line(x, low, x, high)
        if median.high is None or median.high > panel.up:
            arrow_up(self.canv, (x, panel.y + panel.height + 4))
        if median.value is not None:
            dot(self.canv, (x, panel.at(0, median.value)[1]))


def _largest(medians: Sequence[Estimate]) -> float:
    """The value that the scale must reach."""
    known = [median.value for median in medians if median.value is not None]
    limits = [limit for median in medians for limit in (median.low, median.high) if limit is not None]
    if not known:
        return max((median.low for median in medians if median.low is not None), default=1.0)
    return max(*known, min(max(limits, default=0.0), MOST * max(known)))
