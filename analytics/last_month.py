"""The last full month beside the same month of the year before: what came and left, how long it took. Pure.

Clocks and timeliness are of the reports that came in the month, whatever became of them since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

import pandas as pd

from analytics.clocks import COMPLETION, RESPONSE
from analytics.comparing import difference, quantile_difference, relative_change
from analytics.measures import MIN_EVENTS, NOTHING, Clock, Share, measured
from analytics.survival import UNKNOWN, Estimate

Kind = Literal["count", "share", "days"]
MONTHS: Final = 13  # the last, and back to the same of the year before
# A month is judged once nearly all of it can be.
UNDECIDED: Final = 0.1
BACK: Final = 6


@dataclass(frozen=True, eq=False)
class Counts:
    """Frames of `queries`: `flow`, and `clock_counts` and `on_time_counts` by month, at least of `months_until`."""

    flow: pd.DataFrame
    clocks: pd.DataFrame
    in_time: pd.DataFrame


@dataclass(frozen=True)
class Number:
    """One number of `month`; `before` that of a year earlier, `change` from there to here.

    Counts are complete: their limits are None. The change is in the unit of the number, of counts that
    come one by one a share, UNKNOWN where nothing can be said. `n`: how many a share or a time is of.
    `is_cut`: the filter leaves nothing of the year before. `is_partial`: it leaves only some of what is counted.
    """

    name: str
    kind: Kind
    month: date
    now: Estimate
    before: Estimate
    change: Estimate
    n: int | None
    trend: tuple[float | None, ...]
    is_cut: bool = False
    is_partial: bool = False

    @property
    def is_more_than_chance(self) -> bool | None:
        """Whether the limits of the change leave out that nothing has changed; None: cannot be told."""
        low, high = self.change.low, self.change.high
        if self.change.value is None or (low is None and high is None):
            return None
        return (low is not None and low > 0) or (high is not None and high < 0)


def months_until(last: date, count: int = MONTHS) -> list[date]:
    """The first days of `count` months, the last of them `last`."""
    return [stamp.date() for stamp in pd.date_range(end=pd.Timestamp(last), periods=count, freq="MS")]


def last_full(today: date, since: date | None, until: date | None) -> date | None:
    """The first day of the last month that is over and lies between two days; None: there is none."""
    end = today if until is None else min(today, until + timedelta(days=1))
    last = (end.replace(day=1) - timedelta(days=1)).replace(day=1)
    return None if since is not None and since > last else last


def numbers(counts: Counts, last: date, since: date | None = None) -> list[Number]:
    """Those of `Number.name`, in a lasting order; nothing where nothing has happened yet.

    `since`: the first day of which reports were counted. What was closed, or stayed, of them is not all.
    """
    if counts.flow.empty:
        return []
    found = _everything(counts, last)
    return found if since is None else [_without(number, since) for number in found]


def _without(number: Number, since: date) -> Number:
    """Not compared with months of which reports are missing."""
    months = months_until(number.month)
    trend = tuple(None if month < since else value for month, value in zip(months, number.trend, strict=True))
    is_cut, is_partial = since > months[0], number.name in {"left", "backlog"}
    return replace(
        number,
        before=UNKNOWN if is_cut else number.before,
        change=UNKNOWN if is_cut or is_partial else number.change,
        trend=trend,
        is_cut=is_cut,
        is_partial=is_partial,
    )


def _everything(counts: Counts, last: date) -> list[Number]:
    months = months_until(last)
    flow = counts.flow.set_index("month").reindex(months, fill_value=0)
    clocks = measured(counts.clocks)
    return [
        _counted("came", flow["came"].tolist(), last, relative_change),
        _counted("left", flow["left"].tolist(), last, relative_change),
        _counted("backlog", flow["backlog"].tolist(), last, _unjudged),
        _in_time(counts.in_time, last),
        *(
            _timed(name, [(month, clocks.get((name, month), NOTHING)) for month in months])
            for name in (RESPONSE, COMPLETION)
        ),
    ]


def _unjudged(now: int, before: int) -> Estimate:
    """What stays is no count of separate events: it has a change but no chance."""
    return Estimate(now / before - 1, None, None)


def _counted(name: str, values: Sequence[int], month: date, change: Callable[[int, int], Estimate]) -> Number:
    """No change in per cent of hardly anything."""
    now, before = values[-1], values[0]
    changed = UNKNOWN if before < MIN_EVENTS else change(now, before)
    parts = (Estimate(float(now), None, None), Estimate(float(before), None, None), changed)
    return Number(name, "count", month, *parts, None, tuple(map(float, values)))


def _in_time(frame: pd.DataFrame, last: date) -> Number:
    """Of the last month of which at most a tenth is undecided; of the last if that is so of none."""
    columns = (frame[name].tolist() for name in ("key", "in_time", "judged", "undecided"))
    found = {key: (Share(hits, judged), undecided) for key, hits, judged, undecided in zip(*columns, strict=True)}
    decided = (month for month in months_until(last, BACK)[::-1] if _is_decided(*found.get(month, (Share(0, 0), 0))))
    month = next(decided, last)
    shares = [found.get(each, (Share(0, 0), 0))[0] for each in months_until(month)]
    now, before = shares[-1].estimate, shares[0].estimate
    trend = tuple(share.estimate.value for share in shares)
    return Number("in_time", "share", month, now, before, difference(now, before), shares[-1].n, trend)


def _is_decided(share: Share, undecided: int) -> bool:
    return share.n >= MIN_EVENTS and undecided <= UNDECIDED * (share.n + undecided)


def _timed(name: str, months: Sequence[tuple[date, Clock]]) -> Number:
    (_year_before, before), (month, now) = months[0], months[-1]
    change = UNKNOWN
    if not (now.is_few or before.is_few):
        change = quantile_difference(now.curve, before.curve).scaled(1 / now.per_day)
    trend = tuple(clock.median_days.value for _month, clock in months)
    return Number(name, "days", month, now.median_days, before.median_days, change, now.n, trend)
