"""How a waiting time is shown in the table: its interval as a small bar."""

from dataclasses import dataclass

from django import template

from analytics.measures import Clock

register = template.Library()


@dataclass(frozen=True)
class Bar:
    """Positions as SVG percentages, written with a decimal point whatever the language."""

    start: str
    width: str
    dot: str
    is_open: bool


@register.inclusion_tag("analytics/_bar.html")
def interval_bar(clock: Clock, scale_days: float) -> dict[str, Bar | None]:
    """Median (dot) and interval (line) of `clock` on a scale from 0 to `scale_days`."""
    median = clock.median_days
    if median.low is None or scale_days <= 0:
        return {"bar": None}
    stop = scale_days if median.high is None else median.high
    return {
        "bar": Bar(
            _percent(median.low, scale_days),
            _percent(stop - median.low, scale_days),
            "" if median.value is None else _percent(median.value, scale_days),
            median.high is None,
        )
    }


def _percent(days: float, scale_days: float) -> str:
    """Of a bar that keeps 4 % free at both ends for the dot."""
    return f"{92 * days / scale_days:.1f}%"
