"""How a waiting time or a share is shown in a table: its interval as a small bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django import template

from analytics.measures import Clock
from analytics.numerals import said_days
from analytics.scales import Scale, scale
from analytics.survival import Estimate

register = template.Library()
PERCENT: Final = Scale(0, 100)


@dataclass(frozen=True)
class Bar:
    """Positions as SVG percentages, written with a decimal point whatever the language."""

    start: str
    width: str
    dot: str
    is_open: bool


def scale_days(clocks: Iterable[Clock]) -> Scale:
    """That of the bars of a column."""
    medians = (clock.median_days for clock in clocks)
    return scale((median.value, median.low, median.high) for median in medians)


@register.inclusion_tag("analytics/_bar.html")
def interval_bar(clock: Clock, days: Scale) -> dict[str, Bar | None]:
    """Median (dot) and interval (line) of `clock`."""
    return {"bar": _bar(clock.median_days, days)}


@register.inclusion_tag("analytics/_bar.html")
def share_bar(share: Estimate) -> dict[str, Bar | None]:
    """A share in percent (dot) and its interval (line) on a scale from 0 to 100."""
    return {"bar": _bar(share, PERCENT)}


@register.filter
def in_percent(share: Estimate) -> Estimate:
    """A share of 0..1 as one of 0..100."""
    return share.scaled(100)


@register.filter
def days(found: Estimate | float, part: str = "value") -> str:
    """As days are written, see `said_days`: a number, or one `part` of an estimate."""
    if isinstance(found, Estimate):
        return said_days(getattr(found, part), found.value, found.low, found.high)
    return said_days(found)


def _bar(found: Estimate, on: Scale) -> Bar | None:
    if found.low is None or on.end <= 0:
        return None
    start, stop = on.place(found.low), 1.0 if found.high is None else on.place(found.high)
    dot = "" if found.value is None else _percent(on.place(found.value))
    return Bar(_percent(start), _percent(stop - start), dot, found.high is None)


def _percent(place: float) -> str:
    """Of a bar that keeps 4 % free at both ends for the dot."""
    return f"{92 * place:.1f}%"
