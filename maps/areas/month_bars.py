"""Months as bars in a drawing that stretches with the page; words and numbers stand around it in HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from maps.history import Month

STEP: Final = 10  # units from bar to bar
BAR: Final = 7
HEIGHT: Final = 100
LABEL_EVERY: Final = 3  # months
TOPS: Final = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)


@dataclass(frozen=True)
class Bar:
    """One month, its first day, all its reports, and within the bar those still open.

    `is_named`: the axis names the month.
    """

    month: Month
    first: date
    x: float
    y: float
    height: float
    open_y: float
    open_height: float
    is_running: bool
    is_named: bool


@dataclass(frozen=True)
class Bars:
    """A chart `width` x HEIGHT units; its scale goes from 0 to `top` reports."""

    width: int
    top: int
    bars: tuple[Bar, ...]

    @property
    def half(self) -> float:
        """What the middle line stands for."""
        return self.top / 2


def drawn(months: Sequence[Month]) -> Bars:
    """The bars of these months, the last of which is still running."""
    top = _nice(max((month.jumlah for month in months), default=0))
    last = len(months) - 1
    bars = tuple(
        _bar(month, index, top, is_running=index == last, is_named=(last - index) % LABEL_EVERY == 0)
        for index, month in enumerate(months)
    )
    return Bars(len(months) * STEP, top, bars)


def _bar(month: Month, index: int, top: int, *, is_running: bool, is_named: bool) -> Bar:
    height, opened = (round(n / top * HEIGHT, 2) for n in (month.jumlah, month.terbuka))
    x = index * STEP + (STEP - BAR) / 2
    first, y, open_y = date.fromisoformat(f"{month.bulan}-01"), round(HEIGHT - height, 2), round(HEIGHT - opened, 2)
    return Bar(month, first, x, y, height, open_y, opened, is_running, is_named)


def _nice(most: int) -> int:
    """The least of 4, 6, 8 and TOPS times a power of ten that is not exceeded; its half is a whole number too."""
    power = 1
    while True:
        for top in (4, 6, 8, *TOPS) if power == 1 else TOPS:
            if top * power >= most:
                return top * power
        power *= 10
