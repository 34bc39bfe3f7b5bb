"""How a waiting time or a share is shown in a table: its interval as a small bar."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template

from analytics.measures import Clock
from analytics.survival import Estimate

register = template.Library()


@dataclass(frozen=True)
class Bar:
    """Positions as SVG percentages, written with a decimal point whatever the language."""

    start: str
    width: str
    dot: str
    is_open: bool


def scale_days(clocks: Iterable[Clock]) -> float:
    """The days at the right end of the bars of a column; open intervals get room to point on."""
    medians = [clock.median_days for clock in clocks]
    largest = max((part for e in medians for part in (e.value, e.low, e.high) if part is not None), default=0.0)
    return largest * 1.08 if any(e.low is not None and e.high is None for e in medians) else largest


@register.inclusion_tag("analytics/_bar.html")
def interval_bar(clock: Clock, scale_days: float) -> dict[str, Bar | None]:
    """Median (dot) and interval (line) of `clock` on a scale from 0 to `scale_days`."""
    return {"bar": _bar(clock.median_days, scale_days)}


@register.inclusion_tag("analytics/_bar.html")
def share_bar(share: Estimate) -> dict[str, Bar | None]:
    """A share in percent (dot) and its interval (line) on a scale from 0 to 100."""
    return {"bar": _bar(share, 100)}


@register.filter
def in_percent(share: Estimate) -> Estimate:
    """A share of 0..1 as one of 0..100."""
    return Estimate(*(None if part is None else part * 100 for part in (share.value, share.low, share.high)))


def _bar(found: Estimate, scale: float) -> Bar | None:
    if found.low is None or scale <= 0:
        return None
    stop = scale if found.high is None else found.high
    return Bar(
        _percent(found.low, scale),
        _percent(stop - found.low, scale),
        "" if found.value is None else _percent(found.value, scale),
        found.high is None,
    )


def _percent(value: float, scale: float) -> str:
    """Of a bar that keeps 4 % free at both ends for the dot."""
    return f"{92 * value / scale:.1f}%"
