"""How old the open reports are: one bar for each class of age."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from analytics.monthly.panel import ACCENT, letters
from analytics.monthly.report import AgeClass
from analytics.monthly.saying import PERCENT
from analytics.monthly.words import Words
from geo_reports.paper.styles import WIDTH

ROW: Final = 12.5
BAR: Final = 8.0
NAMES: Final = 84.0
NUMBERS: Final = 80.0


class AgeingChart(Flowable):
    """Bars from zero, each named on the left, with its number and share on the right."""

    def __init__(self, classes: Sequence[AgeClass], words: Words, width: float = WIDTH) -> None:
        super().__init__()
        self.classes, self.words = classes, words
        self.width, self.height = width, ROW * len(classes)

    def draw(self) -> None:
        """From the youngest down to the oldest."""
        total, room = sum(age.n for age in self.classes), self.width - NAMES - NUMBERS
        largest = max(age.n for age in self.classes) or 1
        for place, age in enumerate(self.classes):
            y = self.height - (place + 1) * ROW + (ROW - BAR) / 2
            length = age.n / largest * room
            letters(self.canv, (NAMES - 6, y + 2), self._name(age), align="right", size=8)
            self.canv.setFillColor(ACCENT)
            if age.n:
                self.canv.rect(NAMES, y, length, BAR, stroke=0, fill=1)
            letters(self.canv, (NAMES + length + 5, y + 2), self._number(age.n, total), size=8)

    def _name(self, age: AgeClass) -> str:
        if age.until_days is None:
            return self.words.charts.age_open % {"since": age.since_days}
        between = self.words.phrases.range % {"low": age.since_days, "high": age.until_days - 1}
        return self.words.phrases.days % {"value": between}

    def _number(self, n: int, total: int) -> str:
        said = self.words.phrases.numerals.said
        share = self.words.phrases.percent % {"percent": said(n / total * PERCENT if total else 0.0)}
        return f"{said(n)} ({share})"
