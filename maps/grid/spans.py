"""A range of days as few things that are counted in advance, added or taken away: months, days, everything. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ADDED: Final = 1
TAKEN_AWAY: Final = -1
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """Inclusive days; None is open-ended."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Span:
    """Days from first to last: whole months, whose first days are `months`, or single days, when these are empty.

    Where it is everything there is no report outside.
    """

    first: date
    last: date
    months: tuple[date, ...] = ()
    is_everything: bool = False
    sign: int = ADDED

    @property
    def days(self) -> Days:
        """Both ends."""
        return Days(self.first, self.last)


def split(first: date, last: date, known: Days | None = None) -> list[Span]:
    """Spans that add up to the days from first to last, with as few single days as there can be: 15 for each end.

    Where it is `known` from when until when there are reports, most of the months are everything without the others.
    """
    end = last + _DAY
    ways = [[Span(first, last)]]
    ways += [
        _around(first, end, start, stop)
        for start in _month_starts(first)
        for stop in _month_starts(end)
        if start < stop
    ]
    spans = min(ways, key=_single_days)
    return [part for span in spans for part in _or_all_but_others(span, known)] if known else spans


def _or_all_but_others(span: Span, known: Days) -> list[Span]:
    if known.first is None or known.last is None:
        return [span]
    start, stop = known.first.replace(day=1), month_end(known.last) + _DAY
    others = [tuple(_months(start, span.first)), tuple(_months(span.last + _DAY, stop))]
    if sum(map(len, others)) + 1 >= sum(start <= month < stop for month in span.months):
        return [span]
    all_but = [Span(months[0], month_end(months[-1]), months, sign=TAKEN_AWAY) for months in others if months]
    return [Span(min(start, span.first), max(stop - _DAY, span.last), is_everything=True), *all_but]


def _around(first: date, end: date, start: date, stop: date) -> list[Span]:
    """The months from `start` until before `stop`, and what makes of them the days from `first` until before `end`."""
    whole = Span(start, stop - _DAY, tuple(_months(start, stop)))
    return [whole, *_between(first, start, ADDED), *_between(stop, end, ADDED)]


def _between(one: date, other: date, sign: int) -> Iterator[Span]:
    """The days from `one` until before `other`; the opposite where `other` comes first."""
    if one < other:
        yield Span(one, other - _DAY, sign=sign)
    elif other < one:
        yield Span(other, one - _DAY, sign=-sign)


def _single_days(spans: list[Span]) -> tuple[int, int]:
    single = [span for span in spans if not span.months]
    return sum((span.last - span.first).days + 1 for span in single), sum(span.sign == TAKEN_AWAY for span in single)


def _month_starts(day: date) -> list[date]:
    """The last first of a month until this day, and the next one from it on."""
    return [day.replace(day=1)] if day.day == 1 else [day.replace(day=1), month_end(day) + _DAY]


def _months(start: date, stop: date) -> Iterator[date]:
    while start < stop:
        yield start
        start = month_end(start) + _DAY


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def each_day(first: date, last: date) -> list[date]:
    """All days from first to last."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
