"""Where a number of days stands on a line: from zero, or by powers where one is far from most. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from statistics import median
from typing import Final

Limits = tuple[float | None, float | None, float | None]
# What a scale by powers writes: each about three times the one before.
TICKS: Final = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
# From zero, what is so many times as large as most leaves the others at the edge.
FAR: Final = 6
ROOM: Final = 1.08


@dataclass(frozen=True)
class Scale:
    """From `start` to `end`, in days; a start of 0 is the usual scale, any other one by powers."""

    start: float
    end: float

    @property
    def is_log(self) -> bool:
        """Whether equal steps are equal factors."""
        return self.start > 0

    @property
    def ticks(self) -> list[float]:
        """What is written on a scale by powers."""
        return [tick for tick in TICKS if self.start <= tick <= self.end]

    def place(self, days: float) -> float:
        """0 at the start, 1 at the end; what lies outside stands at the edge."""
        if self.end <= self.start:
            return 0.0
        if not self.is_log:
            return min(max(days / self.end, 0.0), 1.0)
        return min(log(max(days, self.start) / self.start) / log(self.end / self.start), 1.0)


def scale(estimates: Iterable[Limits]) -> Scale:
    """Room for each value with its lower and upper limit, and a little more for open intervals to point on."""
    found = list(estimates)
    known = [part for each in found for part in each if part is not None]
    largest = max(known, default=0.0)
    end = largest * ROOM if any(low is not None and high is None for _value, low, high in found) else largest
    values = [value for value, _low, _high in found if value is not None]
    if not values or largest <= FAR * median(values):
        return Scale(0.0, end)
    smallest = min((part for part in known if part > 0), default=TICKS[0])
    return Scale(max((tick for tick in TICKS if tick <= smallest), default=TICKS[0]), end)
