"""The share that has been answered, or settled, by day: a step line with its band and the number at risk."""

import math
from typing import Final

import pandas as pd
from reportlab.platypus import Flowable

from analytics.measures import HOURS_PER_DAY, Clock, curve_points
from analytics.monthly import saying
from analytics.monthly.panel import Panel, Spot, area, letters, line, rules, ticks
from analytics.monthly.words import Words
from geo_reports.paper.styles import SOFT, WIDTH

HALF: Final = (WIDTH - 22) / 2
LEFT: Final = 30.0
PLOT: Final = 90.0
FOOT: Final = 32.0
HEAD: Final = 6.0
ROOMY: Final = 0.75  # further right the median is named on the left of its line
SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


class CurveChart(Flowable):
    """One curve with enough events, half as wide as the page."""

    def __init__(self, clock: Clock, most_days: int, words: Words) -> None:
        super().__init__()
        self.clock, self.words = clock, words
        self.width, self.height = HALF, FOOT + PLOT + HEAD
        followed = math.ceil(clock.curve.times[-1] / HOURS_PER_DAY)
        self.days = ticks(min(max(followed, 1), most_days), 6, finest=1)

    def draw(self) -> None:
        """Scales first, then the band, the line, the median, and who is still followed."""
        panel = Panel(LEFT, FOOT, HALF - LEFT - 6, PLOT, self.days[-1], 1.0)
        rules(self.canv, panel, SHARES, self._percent)
        self._across(panel)
        points = curve_points(self.clock, int(self.days[-1]))
        whole = points.dropna()
        area(self.canv, [*_steps(panel, whole, "low"), *reversed(_steps(panel, whole, "high"))])
        line(self.canv, _steps(panel, points, "share"))
        self._median(panel)

    def _percent(self, share: float) -> str:
        return self.words.phrases.percent % {"percent": self.words.phrases.numerals.said(share * saying.PERCENT)}

    def _across(self, panel: Panel) -> None:
        """The days with their unit, and below each how many are followed until then."""
        canvas, words = self.canv, self.words
        said, y = words.phrases.numerals.said, panel.y
        places = [(day, panel.at(day, 0)[0]) for day in self.days]
        for day, x in places:
            canvas.setStrokeColor(SOFT)
            canvas.line(x, y, x, y - 3)
            letters(canvas, (x, y - 11), said(day), align="middle")
        letters(canvas, (panel.x, y - 20), words.charts.day_axis)
        at_risk = self.clock.curve.numbers_at_risk([day * HOURS_PER_DAY for day in self.days])
        for (_day, x), n in zip(places, at_risk.tolist(), strict=True):
            letters(canvas, (x, y - 29), said(n), align="middle")

    def _median(self, panel: Panel) -> None:
        days = self.clock.median_days.value
        if days is None or days > panel.across:
            return
        spot, foot = panel.at(days, 0.5), panel.at(days, 0)
        self.canv.setDash(2, 2)
        line(self.canv, [(panel.x, spot[1]), spot, foot], colour=SOFT, width=0.8)
        self.canv.setDash()
        told = saying.median(self.clock, self.words.phrases)
        if days > panel.across * ROOMY:
            letters(self.canv, (spot[0] - 4, spot[1] + 4), told, align="right", strong=True, size=8.5)
        else:
            letters(self.canv, (spot[0] + 4, spot[1] - 10), told, strong=True, size=8.5)


def _steps(panel: Panel, points: pd.DataFrame, column: str) -> list[Spot]:
    """The corners of a line that stays level until the next point."""
    corners: list[Spot] = []
    for day, share in zip(points["day"].tolist(), points[column].tolist(), strict=True):
        spot = panel.at(day, share)
        if corners:
            corners.append((spot[0], corners[-1][1]))
        corners.append(spot)
    return corners
