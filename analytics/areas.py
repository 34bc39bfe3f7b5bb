"""The waiting times of areas: what the map's colours and the pages of kecamatan and kelurahan show."""

from datetime import datetime
from typing import Any

from analytics import measures, queries
from analytics.clocks import COMPLETION, RESPONSE
from analytics.measures import NO_ON_TIME, NOTHING, Clock, OnTime, Share
from analytics.timing.question import Key
from geo_reports.filters import ReportFilters
from geo_reports.waits import AreaWaits, Figure, Waits


def waits(filters: ReportFilters, at: datetime) -> AreaWaits:
    """The reports of a filter as a whole, and those of each kelurahan. Two queries."""
    clocks = queries.clock_counts(filters, "kelurahan", at)
    judged = queries.on_time_counts(filters, "kelurahan", at)
    by_area, in_time = measures.measured(clocks), measures.on_time(judged)
    codes = {code for _clock, code in by_area if code} | {code for code in in_time if code}
    whole = measures.measured(clocks.assign(key=None))
    everything = OnTime(
        Share(int(judged["in_time"].sum()), int(judged["judged"].sum())), int(judged["without_target"].sum())
    )
    return AreaWaits(
        _waits(whole.get((RESPONSE, None), NOTHING), whole.get((COMPLETION, None), NOTHING), everything),
        {
            code: _waits(
                by_area.get((RESPONSE, code), NOTHING),
                by_area.get((COMPLETION, code), NOTHING),
                in_time.get(code, NO_ON_TIME),
            )
            for code in codes
        },
    )


def _waits(response: Clock, completion: Clock, in_time: OnTime) -> Waits:
    return Waits(_days(response), _days(completion), _percent(in_time.share), in_time.without_target)


def _days(clock: Clock) -> Figure:
    median = clock.median_days
    return Figure(median.value, median.low, median.high, clock.n, clock.is_few)


def _percent(share: Share) -> Figure:
    found = share.percent
    return Figure(found.value, found.low, found.high, share.n, share.is_few)


def by_code(filters: ReportFilters, level: Key, at: datetime) -> dict[str, dict[str, Any]]:
    """Code -> reports, median days to the first response, share completed in time. Three queries.

    The code "" stands for reports outside every area. `few`: too few to publish.
    """
    counts = queries.report_counts(filters, level, at)
    clocks = measures.measured(queries.clock_counts(filters, level, at))
    in_time = measures.on_time(queries.on_time_counts(filters, level, at))
    numbers = zip(counts["key"], counts["n"].tolist(), counts["open"].tolist(), strict=True)
    return {
        code or "": {"n": n, "open": is_open}
        | _response(clocks.get((RESPONSE, code), NOTHING))
        | {"on_time": _on_time(in_time.get(code, NO_ON_TIME).share)}
        for code, n, is_open in numbers
    }


def _response(clock: Clock) -> dict[str, Any]:
    median = clock.median_days
    return {
        "median_days": _rounded(median.value, 2),
        "low": _rounded(median.low, 2),
        "high": _rounded(median.high, 2),
        "reached": median.value is not None,
        "few": clock.is_few,
    }


def _on_time(share: Share) -> dict[str, Any]:
    """Shares from 0 to 1."""
    found = share.estimate
    return {
        "share": _rounded(found.value, 4),
        "low": _rounded(found.low, 4),
        "high": _rounded(found.high, 4),
        "n": share.n,
        "few": share.is_few,
    }


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
