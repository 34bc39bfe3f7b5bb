"""What is known of one SKPD for one filter at one moment: each thing is asked for once, and only when wanted."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

import pandas as pd

from analytics import measures, queries
from analytics.clocks import COMPLETION, CONFIRMATION, FIXED, MOVED, REFUSED, RESPONSE, RUNNING, WITHDRAWN
from analytics.competing import Incidences, aalen_johansen
from analytics.measures import HOURS_PER_DAY, NO_ON_TIME, NOTHING, Clock, OnTime
from analytics.timing.question import Key
from geo_reports.filters import ReportFilters

# The ways in which the work on a report ends, the wanted one first.
ENDS: Final = (FIXED, REFUSED, MOVED, WITHDRAWN)
CLOCKS: Final = (RESPONSE, COMPLETION, CONFIRMATION)
MONTHS_SHOWN: Final = 24


@dataclass(frozen=True, eq=False)
class Group:
    """The two clocks of a month, category or kecamatan (None: outside of all)."""

    key: Any
    response: Clock
    completion: Clock

    @property
    def n(self) -> int:
        """How many spells are followed."""
        return max(self.response.n, self.completion.n)

    @property
    def is_few(self) -> bool:
        """Whether neither clock has enough events to be shown."""
        return self.response.is_few and self.completion.is_few


@dataclass(frozen=True)
class Asked:
    """One SKPD, what is left of its reports (`filters` names it), the moment, and whether working days count."""

    agency: str
    filters: ReportFilters
    at: datetime
    is_working: bool = False

    @property
    def per_day(self) -> int:
        """How many units of time make a day."""
        return 1 if self.is_working else HOURS_PER_DAY

    @property
    def clocks(self) -> tuple[str, ...]:
        """Working days are not counted of the confirmation: it waits for the reporter."""
        return CLOCKS[:2] if self.is_working else CLOCKS


class Findings:
    """Everything that the page shows; each property asks one question of the database, or none."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def _outcomes(self, by: Key, clocks: tuple[str, ...]) -> pd.DataFrame:
        unit: queries.Unit = "working_days" if self.asked.is_working else "hours"
        return queries.outcome_counts(self.asked.filters, by, self.asked.at, unit=unit, clocks=clocks)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """See `queries.outcome_counts`; of all months together."""
        return self._outcomes("city", self.asked.clocks)

    @cached_property
    def clocks(self) -> dict[str, Clock]:
        """By name, each clock of `Asked.clocks`."""
        found = measures.measured(queries.events(self.outcomes), self.asked.per_day)
        return {name: found.get((name, None), NOTHING) for name in self.asked.clocks}

    @cached_property
    def months(self) -> list[Group]:
        """The last months in which something was submitted, of which there is a clock; first to last."""
        found = self._outcomes("month", CLOCKS[:2])
        months: list[date] = list(found["key"].cat.categories)
        if not months:
            return []
        last = max(months)
        since = date(last.year - MONTHS_SHOWN // 12, last.month, 1)
        recent = found[found["key"].isin([month for month in months if month > since])]
        return sorted(self._groups(recent), key=lambda group: group.key)

    @cached_property
    def categories(self) -> list[Group]:
        """Largest first."""
        return sorted(self._groups(self._outcomes("category", CLOCKS[:2])), key=lambda group: -group.n)

    @cached_property
    def kecamatan(self) -> list[Group]:
        """Largest first, those outside of all last."""
        groups = self._groups(self._outcomes("kecamatan", CLOCKS[:2]))
        return sorted(groups, key=lambda group: (group.key is None, -group.n))

    def _groups(self, outcomes: pd.DataFrame) -> list[Group]:
        found = measures.measured(queries.events(outcomes), self.asked.per_day)
        keys = dict.fromkeys(key for _clock, key in found)
        return [Group(key, found.get((RESPONSE, key), NOTHING), found.get((COMPLETION, key), NOTHING)) for key in keys]

    @cached_property
    def ends(self) -> Incidences | None:
        """How the work on a report ends, by time in the unit asked for; None with too few ends."""
        rows = self.outcomes[self.outcomes["clock"] == COMPLETION]
        counts = {kind: rows["n"].where(rows["outcome"] == kind, 0) for kind in (*ENDS, RUNNING)}
        running = counts.pop(RUNNING)
        if sum(int(each.sum()) for each in counts.values()) < measures.MIN_EVENTS:
            return None
        return aalen_johansen(rows["time"], counts, running)

    @cached_property
    def on_time(self) -> OnTime:
        """What was completed in time."""
        counts = queries.on_time_counts(self.asked.filters, "city", self.asked.at)
        return measures.on_time(counts).get(None, NO_ON_TIME)

    @cached_property
    def flow(self) -> pd.DataFrame:
        """See `queries.flow`; of all months."""
        return queries.flow(self.asked.filters, self.asked.at)

    @cached_property
    def ageing(self) -> pd.DataFrame:
        """See `queries.ageing`; always in days of the calendar."""
        if self.asked.is_working:
            return queries.ageing(self.asked.filters, self.asked.at)
        return queries.ages(self.outcomes[self.outcomes["clock"] == COMPLETION])

    @cached_property
    def handovers(self) -> pd.DataFrame:
        """See `queries.handovers`."""
        return queries.handovers(self.asked.agency, self.asked.filters)

    @cached_property
    def overdue(self) -> int:
        """How many of those it works on should be completed by now: all that wait without the not yet due."""
        return self.clocks[COMPLETION].waiting - self.on_time.undecided
