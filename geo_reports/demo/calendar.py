"""When people of the city's offices are at work, in whole seconds since 1970 (UTC)."""

import bisect
import random
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from geo_reports.demo.chance import DAY_S, HOUR_S
from geo_reports.worktime import is_working_day

EPOCH = date(1970, 1, 1)
YEARS_BEHIND, YEARS_AHEAD = 4, 1
OPENS_S, CLOSES_S = 8 * HOUR_S, 16 * HOUR_S
DESK_OPENS_S, DESK_CLOSES_S = 7 * HOUR_S, 21 * HOUR_S
DESK_DAY_S = DESK_CLOSES_S - DESK_OPENS_S
MORNING_S = 3 * HOUR_S
# Timers run every few minutes.
TIMER_S = 600


@dataclass(frozen=True)
class Calendar:
    """`until` ends the demo, `offset_s` is the city's clock minus UTC, `working` holds days since 1970."""

    until: int
    offset_s: int
    working: frozenset[int]
    _ascending: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ascending", sorted(self.working))

    @classmethod
    def around(cls, until: datetime, holidays: Collection[date]) -> "Calendar":
        """The working days of the years that end at `until`, in the city's time zone."""
        offset = until.astimezone(timezone.get_default_timezone()).utcoffset() or timedelta()
        today = (until.date() - EPOCH).days
        days = range(today - 365 * YEARS_BEHIND, today + 365 * YEARS_AHEAD)
        working = frozenset(day for day in days if is_working_day(EPOCH + timedelta(days=day), holidays))
        return cls(int(until.timestamp()), int(offset.total_seconds()), working)

    def office(self, at: int, rng: random.Random) -> int:
        """`at`, or the next morning on which offices are open."""
        if at > self.until:  # beyond the demo, and maybe beyond the calendar
            return at
        day, second = divmod(at + self.offset_s, DAY_S)
        if second >= CLOSES_S:
            day, second = day + 1, 0
        if second >= OPENS_S and day in self.working:
            return at
        while day not in self.working:
            day += 1
        return self._morning(day, OPENS_S, rng)

    def desk(self, at: int, rng: random.Random) -> int:
        """`at`, or the next moment at which the verifiers' desk is manned: every day, long hours."""
        day, second = divmod(at + self.offset_s, DAY_S)
        if DESK_OPENS_S <= second < DESK_CLOSES_S:
            return at
        return self._morning(day + (second >= DESK_CLOSES_S), DESK_OPENS_S, rng)

    def desk_after(self, at: int, work_s: int) -> int:
        """The moment at which the desk has been manned for `work_s` seconds since `at`."""
        day, second = divmod(at + self.offset_s, DAY_S)
        manned = min(max(second - DESK_OPENS_S, 0), DESK_DAY_S) + work_s
        days, rest = divmod(manned, DESK_DAY_S)
        return (day + days) * DAY_S + DESK_OPENS_S + rest - self.offset_s

    def timer_after(self, at: int, working_days: int, rng: random.Random) -> int:
        """The moment at which a timer finds that more than so many working days have passed since `at`."""
        today = (at + self.offset_s) // DAY_S
        number = bisect.bisect_right(self._ascending, today) + working_days
        if number >= len(self._ascending):
            return self.until + 1
        return self._ascending[number] * DAY_S - self.offset_s + rng.randrange(TIMER_S)

    def local_hour(self, at: int) -> int:
        """The hour on the city's clock at `at`."""
        return (at + self.offset_s) % DAY_S // HOUR_S

    def local_date(self, at: int) -> date:
        """The date on the city's wall at `at`."""
        return EPOCH + timedelta(days=(at + self.offset_s) // DAY_S)

    def _morning(self, day: int, opens_s: int, rng: random.Random) -> int:
        return day * DAY_S + opens_s + rng.randrange(MORNING_S) - self.offset_s
