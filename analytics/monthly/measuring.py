"""From grouped counts of the database to a monthly report: DataFrames in, measured values out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd

from analytics import measures
from analytics.clocks import COMPLETION, RESPONSE
from analytics.measures import NOTHING, Share
from analytics.monthly import periods
from analytics.monthly.report import AgeClass, Group, InTime, Month, MonthlyReport, Subject

LONG_DAYS: Final = 14
MONTHS_SHOWN: Final = 13  # twelve and the same month of the year before
NOT_JUDGED: Final = InTime(Share(0, 0))


@dataclass(frozen=True, eq=False)
class Grouped:
    """Frames of `queries` by one key, and the names of all keys, also of None: reports that have none."""

    reports: pd.DataFrame
    clocks: pd.DataFrame
    in_time: pd.DataFrame
    names: Mapping[str | None, str]


@dataclass(frozen=True, eq=False)
class Counts:
    """All frames of one report. `clocks` and `in_time` are by month, `waiting` of every month at once."""

    clocks: pd.DataFrame
    in_time: pd.DataFrame
    flow: pd.DataFrame
    ageing: pd.DataFrame
    waiting: pd.DataFrame
    categories: Grouped
    kecamatan: Grouped
    agencies: Grouped | None


def measured(counts: Counts, subject: Subject, month: date, made_at: datetime) -> MonthlyReport:
    """The report on `month`, its first day."""
    return MonthlyReport(
        subject=subject,
        made_at=made_at,
        months=_months(counts, month),
        long_days=LONG_DAYS,
        long_waiting=measures.waiting_longer(counts.waiting, RESPONSE, LONG_DAYS),
        ageing=_ageing(counts.ageing),
        categories=groups(counts.categories),
        kecamatan=groups(counts.kecamatan),
        agencies=groups(counts.agencies) if counts.agencies else (),
    )


def _months(counts: Counts, month: date) -> tuple[Month, ...]:
    """The months shown; one in which nothing happened is there with zeros."""
    clocks = measures.measured(_keyed(counts.clocks))
    in_time = _in_time(_keyed(counts.in_time))
    flow = {
        key: (int(came), int(left), int(backlog))
        for key, came, left, backlog in zip(
            _written(counts.flow["month"]),
            counts.flow["came"],
            counts.flow["left"],
            counts.flow["backlog"],
            strict=True,
        )
    }
    return tuple(
        Month(
            first,
            first.isoformat() >= min(flow, default=""),
            *flow.get(first.isoformat(), (0, 0, 0)),
            in_time.get(first.isoformat(), NOT_JUDGED),
            clocks.get((RESPONSE, first.isoformat()), NOTHING),
            clocks.get((COMPLETION, first.isoformat()), NOTHING),
        )
        for first in periods.until(month, MONTHS_SHOWN)
    )


def _written(months: "pd.Series[date]") -> list[str]:
    """First days of months as texts, however the database driver gave them."""
    return [f"{day:%Y-%m-%d}" for day in months]


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(key=_written(frame["key"]))


def _in_time(frame: pd.DataFrame) -> dict[str | None, InTime]:
    """By key, from `queries.on_time_counts`."""
    columns = (frame[name].tolist() for name in ("key", "in_time", "judged", "undecided"))
    rows = zip(*columns, strict=True)
    return {key: InTime(Share(in_time, judged), undecided) for key, in_time, judged, undecided in rows}


def _ageing(frame: pd.DataFrame) -> tuple[AgeClass, ...]:
    rows = zip(frame["since_days"], frame["until_days"], frame["n"], strict=True)
    return tuple(AgeClass(int(since), None if pd.isna(until) else int(until), int(n)) for since, until, n in rows)


def groups(grouped: Grouped) -> tuple[Group, ...]:
    """One for each key with reports or spells, most reports first, then by name; reports without key last."""
    clocks, in_time = measures.measured(grouped.clocks), _in_time(grouped.in_time)
    rows = zip(grouped.reports["key"], grouped.reports["n"], grouped.reports["open"], strict=True)
    numbers = {key: (int(n), int(is_open)) for key, n, is_open in rows}
    present = {*numbers, *(key for _clock, key in clocks)}
    ordered = sorted(
        present, key=lambda key: (key is None, -numbers.get(key, (0, 0))[0], grouped.names[key].casefold())
    )
    return tuple(
        Group(
            grouped.names[key],
            *numbers.get(key, (0, 0)),
            in_time.get(key, NOT_JUDGED),
            clocks.get((RESPONSE, key), NOTHING),
            clocks.get((COMPLETION, key), NOTHING),
        )
        for key in ordered
    )
