"""What all parts of an invented history share: who acts, by which dice, and when people are at work."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_reports.demo.calendar import Calendar
from geo_reports.demo.chance import lognormal_s
from geo_reports.demo.neighbours import Other
from geo_reports.demo.paces import Pace
from geo_reports.demo.phrases import Phrases, Problem, Theme
from geo_reports.demo.targets import Step, Targets
from geo_reports.demo.walk import Walk


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what shapes all histories of a load; `outside` names agencies that the city does not command."""

    phrases: Phrases
    calendar: Calendar
    targets: Targets
    paces: dict[str, Pace]
    outside: Mapping[str, str]


@dataclass(slots=True)
class Tale:
    """One history being told about a problem of this category and kind; `others` may take it over."""

    cast: Cast
    rng: random.Random
    walk: Walk
    category: str
    kind: str
    theme: Theme
    problem: Problem
    others: Sequence[Other]

    def note(self, kind: str) -> str:
        """A sentence of this kind that fits the problem."""
        return self.rng.choice(self.problem.notes[kind])

    def office_after(self, days: float, spread: float) -> int:
        """Some days later, when offices are open."""
        return self.cast.calendar.office(self.walk.now + lognormal_s(self.rng, days, spread), self.rng)

    def desk_after(self, days: float, spread: float) -> int:
        """Some days later, while the verifiers' desk is manned; by day, as reporters sleep at night as well."""
        return self.cast.calendar.desk(self.walk.now + lognormal_s(self.rng, days, spread), self.rng)

    def soon(self, longest_s: int) -> int:
        """Within so many seconds, while the desk is manned."""
        return self.cast.calendar.desk(self.walk.now + self.rng.randrange(60, longest_s), self.rng)

    def timer(self, step: Step) -> int | None:
        """When a timer ends the wait that begins now; None when nothing says how long it may be."""
        now, calendar = self.walk.now, self.cast.calendar
        days = self.cast.targets.working_days(step, self.category, self.kind, calendar.local_date(now))
        return None if days is None else calendar.timer_after(now, days, self.rng)

    def hand_over(self, at: int, *, but_not: str = "") -> None:
        """To somebody else who plausibly answers for it, if there is anybody."""
        others = [other for other in self.others if other.agency not in {self.walk.agency, but_not}]
        if others:
            other = self.rng.choice(others)
            self.walk.hand_over(other.agency, other.reason or self.note("handed_over"), at)
