"""How many reports and how long they took: filters in, small DataFrames out.

Only grouped counts leave the database, never a row per report: see `analytics.timing` for where they are
kept and what the clocks measure. The statistics are made of them in `measures.py`.

By agency, and wherever the filter names an SKPD, the subjects are spells: that SKPD's own time, also of
what it has handed over. Otherwise they are whole reports, followed across hand-overs as their reporter sees it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from django.db.models import F, Min
from django.utils import timezone
from numpy.typing import NDArray

from analytics.clocks import COMPLETION, EVENTS, RESPONSE, RUNNING, VERIFICATION
from analytics.timing.handovers import handed_over
from analytics.timing.hours import DAY_ZERO
from analytics.timing.question import Key, Question
from analytics.timing.reading import Counts, answer
from analytics.timing.slices import CAME, LEFT, REPORTS, TIMELINESS, UNCLOCKED, UNVERIFIED, Subject
from analytics.timing.windows import Window, within
from geo_reports.filters import ReportFilters
from geo_reports.models import Agency
from geo_reports.workflow import OPEN

Unit = Literal["hours", "working_days"]

_WORKING: Final = "_days"
# Open reports by how long they have waited: from, and until (exclusive), days.
OLD_DAYS: Final = 180
AGES: Final = ((0, 3), (3, 7), (7, 14), (14, 30), (30, 60), (60, OLD_DAYS), (OLD_DAYS, None))


def _subject(filters: ReportFilters, by: Key) -> Subject:
    return "spell" if by == "agency" or filters.skpd else "whole"


def _asked(subject: Subject, measures: Sequence[str], by: Key, filters: ReportFilters, at: datetime) -> list[Counts]:
    return answer(Question(subject, tuple(measures), by, filters, at))


def _objects(values: Sequence[Any]) -> NDArray[np.object_]:
    """As they are: pandas writes a missing text as NaN, and dates as moments."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _summed(groups: Sequence[Counts], is_counted: dict[str, Callable[[Counts], bool]]) -> pd.DataFrame:
    """A row per key, and for each name how many are in the groups that it counts; of all times together."""
    found: dict[Any, dict[str, int]] = {}
    for group in groups:
        row, n = found.setdefault(group.key, dict.fromkeys(is_counted, 0)), int(group.n.sum())
        for name, counts in is_counted.items():
            row[name] += n * counts(group)
    columns = {name: np.array([row[name] for row in found.values()], dtype=np.int64) for name in is_counted}
    return pd.DataFrame({"key": _objects(list(found)), **columns})


def report_counts(filters: ReportFilters, by: Key, at: datetime) -> pd.DataFrame:
    """Per `by` (None: no SKPD, outside every area): how many reports, and how many are in no clock.

    Columns key, n, open, unclocked, unverified. `n` sums to the length of the list with the same
    filter; by agency it is what an SKPD holds now. `unclocked` reports have not reached an SKPD; of
    these, `unverified` wait for a person.
    """
    groups = _asked("whole", (REPORTS, UNCLOCKED), by, filters, at)
    conditions: dict[str, Callable[[Counts], bool]] = {
        "n": lambda group: group.measure == REPORTS,
        "open": lambda group: group.measure == REPORTS and group.outcome in OPEN,
        "unclocked": lambda group: group.measure == UNCLOCKED,
        "unverified": lambda group: group.outcome == UNVERIFIED,
    }
    return _summed(groups, conditions)


def status_counts(filters: ReportFilters, by: Key, at: datetime) -> pd.DataFrame:
    """Per `by` (None: no SKPD, outside every area) how many reports have which status now: columns key, status, n."""
    groups = _asked("whole", (REPORTS,), by, filters, at)
    return pd.DataFrame(
        {
            "key": _objects([group.key for group in groups]),
            "status": _objects([group.outcome for group in groups]),
            "n": np.array([group.n.sum() for group in groups], dtype=np.int64),
        }
    )


def outcome_counts(
    filters: ReportFilters,
    by: Key,
    at: datetime,
    *,
    unit: Unit = "hours",
    clocks: Sequence[str] = (RESPONSE, COMPLETION),
) -> pd.DataFrame:
    """How each clock stopped, and after which time; "running" at the moment `at`.

    Columns clock, key, time, outcome, n. Times are hours (whole, whole days beyond two weeks) or working
    days. Outcomes: see `analytics.timing.rows`. Spells have no clock "verification", and working days
    are counted of response and completion only: what does not exist has no rows. Clock, key and outcome are
    categories: group by them with `observed=True`; no key is NaN.
    """
    subject = _subject(filters, by)
    wanted = [name for name in clocks if not (subject == "spell" and name == VERIFICATION)]
    if unit == "working_days":
        wanted = [name + _WORKING for name in wanted if name in {RESPONSE, COMPLETION}]
    groups = _asked(subject, wanted, by, filters, at)
    sizes = [group.n.size for group in groups]
    names = [group.measure.removesuffix(_WORKING) for group in groups]
    return pd.DataFrame(
        {
            "clock": _repeated(names, sizes),
            "key": _repeated([group.key for group in groups], sizes),
            "time": _joined([group.time for group in groups], np.float64),
            "outcome": _repeated([group.outcome for group in groups], sizes),
            "n": _joined([group.n for group in groups], np.int64),
        },
        copy=False,
    )


def _repeated(values: Sequence[Any], sizes: Sequence[int]) -> pd.Categorical:
    """What is said of groups for each of their rows: kept as small numbers, for there are many times. None is NaN."""
    codes, categories = pd.factorize(_objects(values))
    repeated: Any = np.repeat(codes, sizes)
    return pd.Categorical.from_codes(repeated, pd.Index(categories, dtype=object))


def _joined(arrays: Sequence[NDArray[Any]], dtype: type) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *arrays]).astype(dtype)


def clock_counts(
    filters: ReportFilters,
    by: Key,
    at: datetime,
    *,
    unit: Unit = "hours",
    clocks: Sequence[str] = (RESPONSE, COMPLETION),
) -> pd.DataFrame:
    """`outcome_counts` told apart as survival analysis does.

    Columns clock, key, time, events, censored, waiting (censored and still running). A time may have
    several rows.
    """
    return events(outcome_counts(filters, by, at, unit=unit, clocks=clocks))


def events(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The events and the censored of `outcome_counts`, a row for each of its rows."""
    kinds, names = pd.factorize(outcomes["clock"])
    ways, ends = pd.factorize(outcomes["outcome"])
    is_event = np.array([[end in EVENTS[name] for end in ends] for name in names], dtype=bool)
    happened = is_event.reshape(len(names), len(ends))[kinds, ways]
    n = outcomes["n"].to_numpy()
    counts = {
        "events": np.where(happened, n, 0),
        "censored": np.where(happened, 0, n),
        "waiting": np.where((ends == RUNNING)[ways], n, 0),
    }
    return pd.DataFrame({name: outcomes[name] for name in ("clock", "key", "time")} | counts, copy=False)


def window_counts(
    filters: ReportFilters,
    since: date,
    until: date,
    at: datetime,
    *,
    clocks: Sequence[str] = (RESPONSE, COMPLETION),
) -> pd.DataFrame:
    """What happened between two days, both inclusive, to what came then or was waiting already.

    Columns clock, key (None), entry, time, events, censored, waiting; hours. For `kaplan_meier(entry=...)`: who
    waited before enters late, what is not over is censored at the end, or at `at`. The filter's own days say
    nothing here. Spells have no clock "verification".
    """
    subject = _subject(filters, "city")
    wanted = tuple(name for name in clocks if not (subject == "spell" and name == VERIFICATION))
    rows = within(Window(since, until, at), subject, wanted, replace(filters, dari=None, sampai=None))
    frame = pd.DataFrame(rows, columns=["clock", "entry", "time", "events", "censored", "waiting"])
    return frame.assign(key=pd.Series([None] * len(frame), dtype="object"))


def on_time_counts(filters: ReportFilters, by: Key, at: datetime) -> pd.DataFrame:
    """How many were completed until the last day that counts as in time, at the moment `at`.

    Columns key, in_time, judged, undecided, without_target. The day is the spell's `due_on`, see `deadlines`:
    the working days of the target from the day when the report came to the SKPD, without the days in
    which the reporter was asked. Judged is what was completed, and what was not although the day has
    passed while the SKPD had it. What is still open and not yet due is undecided; not judged is what was
    handed over, or taken out of the SKPD's hands, before that day. `without_target` were completed,
    but nothing says until when they should have been.

    A whole report counts for the SKPD that has it now; of spells every one counts, so that a report
    that is handed over late stays late for who was late.
    """
    groups = _asked(_subject(filters, by), (TIMELINESS,), by, filters, at)
    conditions: dict[str, Callable[[Counts], bool]] = {
        "in_time": lambda group: group.outcome == "in_time",
        "judged": lambda group: group.outcome in {"in_time", "late"},
        "undecided": lambda group: group.outcome == "open",
        "without_target": lambda group: group.outcome == "no_target",
    }
    return _summed(groups, conditions)


def flow(filters: ReportFilters, at: datetime) -> pd.DataFrame:
    """What came, what left, and what was there at the end of each month (of the running one: at `at`).

    Columns month (date, the first day), came, left, backlog; no month between is left out. Of an SKPD:
    reports that came to it, and that it settled or that went elsewhere. Of the city: reports by the day
    of submission, and by the day on which they were closed.
    """
    found: dict[str, Counter[date]] = {CAME: Counter(), LEFT: Counter()}
    for group in _asked(_subject(filters, "city"), (CAME, LEFT), "city", filters, at):
        for number, n in zip(group.time.tolist(), group.n.tolist(), strict=True):
            found[group.measure][DAY_ZERO + timedelta(days=number)] += n
    known = {*found[CAME], *found[LEFT]}
    months = _months(min(known), max(*known, timezone.localdate(at).replace(day=1))) if known else []
    came, left = (np.array([counts[month] for month in months], dtype=np.int64) for counts in found.values())
    return pd.DataFrame({"month": _objects(months), CAME: came, LEFT: left, "backlog": np.cumsum(came - left)})


def _months(first: date, last: date) -> list[date]:
    """First days of months, from one to the other."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (divmod(first.month - 1 + step, 12) for step in range(count))
    return [date(first.year + years, month + 1, 1) for years, month in months]


def ageing(filters: ReportFilters, at: datetime) -> pd.DataFrame:
    """What waits to be settled, by how long it has: columns since_days, until_days (NaN: no end), n.

    Of an SKPD the spells that it has; of the city the reports that are with one.
    """
    return ages(outcome_counts(filters, "city", at, clocks=(COMPLETION,)))


def ages(completion: pd.DataFrame) -> pd.DataFrame:
    """`ageing` of the hours of the clock of completion that has been asked for already: columns outcome, time, n."""
    waiting = completion[completion["outcome"] == RUNNING]
    since = [start for start, _end in AGES]
    places = np.searchsorted(since, waiting["time"].to_numpy() / 24, side="right") - 1
    n = np.bincount(places, waiting["n"], len(AGES)).astype(np.int64)
    until = [np.nan if end is None else float(end) for _start, end in AGES]
    return pd.DataFrame({"since_days": since, "until_days": until, "n": n})


def handovers(agency: str, filters: ReportFilters) -> pd.DataFrame:
    """Hand-overs by one SKPD and to it, with its slug: columns source, target (slugs), n; largest first.

    Of the reports that the filter's categories, areas and days leave; of each hand-over its giving spell.
    """
    rows = sorted(handed_over(agency, filters), key=lambda row: (-row[2], *row))
    return pd.DataFrame(rows, columns=["source", "target", "n"]).astype({"n": "int64"})


def agencies() -> list[Agency]:
    """All agencies in a lasting order: those that lead the foremost categories first.

    The position decides an agency's colour in every figure.
    """
    foremost = Agency.objects.annotate(foremost=Min("rules__category__order"))
    return list(foremost.order_by(F("foremost").asc(nulls_last=True), "slug"))
