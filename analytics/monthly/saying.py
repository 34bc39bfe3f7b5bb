"""Measured phrases as short texts for cells: medians, shares, intervals, and why there is none."""

from analytics.measures import Clock
from analytics.monthly.report import InTime
from analytics.monthly.words import Phrases
from analytics.survival import Estimate

PERCENT = 100


def count(value: int, phrases: Phrases) -> str:
    """A whole number."""
    return phrases.numerals.said(value)


def median(clock: Clock, phrases: Phrases) -> str:
    """The median in days with its unit, or why there is none."""
    days = clock.median_days.value
    return missing(clock, phrases) or phrases.days % {"value": phrases.numerals.said(days or 0.0, 1)}


def missing(clock: Clock, phrases: Phrases) -> str:
    """Why a clock has no median: nothing is followed, too few events, not half of them yet; empty where it has one."""
    if clock.is_few:
        return phrases.few if clock.n else phrases.nothing
    return "" if clock.median_days.value is not None else phrases.unreached


def interval(estimate: Estimate, phrases: Phrases, places: int = 1) -> str:
    """Both limits, the one that is known, or that neither is."""
    low, high = (
        None if part is None else phrases.numerals.said(part, places) for part in (estimate.low, estimate.high)
    )
    if low is None and high is None:
        return phrases.no_range
    if low is None:
        return phrases.at_most % {"high": high}
    return phrases.at_least % {"low": low} if high is None else phrases.range % {"low": low, "high": high}


def backing(clock: Clock, phrases: Phrases) -> str:
    """What a median stands on: its interval and n, or how many events there are when too few; empty for nothing."""
    if clock.is_few:
        return _few_of(clock.events, clock.n, phrases)
    limits = phrases.confidence % {"range": interval(clock.median_days, phrases)}
    return f"{limits}; {phrases.n % {'n': count(clock.n, phrases)}}"


def _few_of(events: int, n: int, phrases: Phrases) -> str:
    return phrases.few_of % {"events": count(events, phrases), "n": count(n, phrases)} if n else ""


def share(in_time: InTime, phrases: Phrases) -> str:
    """The share in percent, or that there are too few, or too many of which nobody can say yet."""
    if not in_time.is_decided:
        return phrases.undecided
    value = in_percent(in_time.estimate).value
    if value is None:
        return phrases.few if in_time.share.n else phrases.nothing
    return phrases.percent % {"percent": phrases.numerals.said(value)}


def share_backing(in_time: InTime, phrases: Phrases) -> str:
    """What a share stands on: its interval and n, or how many there are when too few, or not due."""
    part = in_time.share
    if not in_time.is_decided:
        told = {"n": in_time.undecided, "all": part.n + in_time.undecided}
        return phrases.undecided_of % {name: count(value, phrases) for name, value in told.items()}
    if part.is_few:
        return _few_of(part.count, part.n, phrases)
    limits = phrases.confidence % {"range": interval(in_percent(part.estimate), phrases, 0)}
    return f"{limits}; {phrases.n % {'n': count(part.n, phrases)}}"


def in_percent(estimate: Estimate) -> Estimate:
    """A share of 0..1 as one of 0..100."""
    return estimate.scaled(PERCENT)


def median_in_cell(clock: Clock, phrases: Phrases) -> str:
    """Median and interval without unit, as short as a column needs it."""
    gone = missing(clock, phrases)
    if gone:
        return gone
    value = phrases.numerals.said(clock.median_days.value or 0.0, 1)
    return f"{value} ({interval(clock.median_days, phrases)})"


def share_in_cell(in_time: InTime, phrases: Phrases) -> str:
    """Share and interval in percent, as short as a column needs it."""
    found = in_percent(in_time.estimate)
    told = share(in_time, phrases)
    return told if found.value is None else f"{told} ({interval(found, phrases, 0)})"
