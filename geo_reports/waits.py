"""How long an area waits, as the pages of an area show it: what `analytics` measures and `maps` prints.

Plain values, so that neither of the two rooms has to know the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from geo_reports.filters import ReportFilters


@dataclass(frozen=True)
class Figure:
    """A number with its 95 % limits, and of how many it speaks.

    `value` is None when `is_few` (too few to be published) or when the data do not reach that far;
    a limit is None when it is not known.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    is_few: bool


@dataclass(frozen=True)
class Waits:
    """The waiting times of one area.

    `response` and `completion`: median days; `on_time`: percent; `without_target`: how many
    completed reports cannot be judged because nothing says until when.
    """

    response: Figure
    completion: Figure
    on_time: Figure
    without_target: int = 0


UNKNOWN = Figure(None, None, None, 0, is_few=True)
NO_WAITS = Waits(UNKNOWN, UNKNOWN, UNKNOWN)


@dataclass(frozen=True)
class AreaWaits:
    """The whole of a filter, and each kelurahan in it by code."""

    whole: Waits
    kelurahan: Mapping[str, Waits] = field(default_factory=dict)

    def of(self, code: str) -> Waits:
        """The waits of one kelurahan; of nobody's reports when it has none."""
        return self.kelurahan.get(code, NO_WAITS)


# Reports of a filter as they stand at a moment. A small, fixed number of queries.
Measured = Callable[[ReportFilters, datetime], AreaWaits]
