"""What becomes of a report: verified, forwarded, answered, fixed; or merged, withheld, forgotten.

Draws the plot; `walk` keeps it legal. Times are seconds since 1970.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from geo_reports.demo.calendar import Calendar
from geo_reports.demo.chance import DAY_S, HOUR_S, happens, lognormal_s
from geo_reports.demo.neighbours import Other
from geo_reports.demo.paces import OUTSIDE, Pace
from geo_reports.demo.phrases import Phrases, Problem, Theme
from geo_reports.demo.walk import Later, Walk
from geo_reports.workflow import Role, Status

# Hours of a manned desk (some four on the clock); one report in fourteen takes more than a day of them.
VERIFY_HOURS, VERIFY_SPREAD = 2.4, 1.2
WITHHELD_SHARE, LATE_WITHHELD_SHARE = 0.028, 0.003
ASKED_BY_DESK_SHARE, ASKED_BY_OFFICER_SHARE = 0.015, 0.03
EARLY_HAND_OVER_SHARE, HAND_OVER_SHARE = 0.012, 0.04
NOT_OURS_SHARE, DECLINED_SHARE = 0.025, 0.012
AFTER_PHOTO_SHARE = 0.55
ANSWER_FIRST_SHARE, SCHEDULE_FIRST_SHARE, WORK_FIRST_SHARE = 0.4, 0.2, 0.3
OWN_ANSWER_SHARE, CLOSING_ANSWER_SHARE = 0.75, 0.6
CONFIRMED_SHARE, REOPENED_SHARE, FIXED_AGAIN_SHARE = 0.22, 0.045, 0.6
ARCHIVED_SHARE, ARCHIVED_AFTER_DAYS = 0.5, 30
REASONS = {
    "off_topic": 22,
    "incomplete": 22,
    "promotion": 16,
    "duplicate": 12,
    "outside": 8,
    "insult": 8,
    "personal_attack": 4,
    "personal_data": 3,
    "emergency": 3,
    "campaign": 1,
    "hoax": 1,
}


@dataclass(frozen=True, slots=True)
class Plot:
    """What is special about a report: withheld for a reason, or a duplicate of another code."""

    withheld: str = ""
    duplicate_of: str = ""
    is_placed: bool = True


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what shapes all histories of a load."""

    phrases: Phrases
    calendar: Calendar
    paces: dict[str, Pace]


@dataclass(slots=True)
class Story:
    """One history being told."""

    cast: Cast
    rng: random.Random
    walk: Walk
    theme: Theme
    problem: Problem
    others: Sequence[Other]

    def tell(self, plot: Plot) -> None:
        """Let happen what happens until the end of the demo."""
        try:
            self._desk(plot)
            self._serve()
        except Later:
            return

    def _desk(self, plot: Plot) -> None:
        """The verifiers' part. Raises Later also when the story ends here."""
        walk, rng = self.walk, self.rng
        work_s = lognormal_s(rng, VERIFY_HOURS * HOUR_S / DAY_S, VERIFY_SPREAD)
        at = self.cast.calendar.desk_after(walk.now, work_s)
        if plot.withheld:
            walk.withhold(plot.withheld, at)
            raise Later
        if plot.duplicate_of:
            self._merge(plot.duplicate_of, at)
        if happens(rng, ASKED_BY_DESK_SHARE):
            self._ask(Role.VERIFIER, at)
        elif not plot.is_placed:
            walk.move(Status.VERIFIED, Role.VERIFIER, at, self._note("verified"))
            at = self._desk_after(1.5, 1.0)
        elif happens(rng, EARLY_HAND_OVER_SHARE):
            self._hand_over(at)
        walk.publish(at)
        if walk.status is Status.VERIFIED:
            self._pass_on()
        if happens(rng, LATE_WITHHELD_SHARE):
            walk.withhold("personal_data", self._desk_after(1.0, 1.0))
            raise Later

    def _pass_on(self) -> None:
        """A verified report is forwarded once it is known to whom."""
        at = self._desk_after(1.0, 1.0)
        if not self.walk.agency:
            self._hand_over(at)
        if not self.walk.agency:
            raise Later
        self.walk.move(Status.FORWARDED, Role.VERIFIER, at)

    def _merge(self, code: str, at: int) -> None:
        if happens(self.rng, 0.6):
            self.walk.publish(at)
            at = self._desk_after(0.8, 1.0)
        self.walk.move(Status.MERGED, Role.VERIFIER, at, self._note("merged").format(code=code))
        raise Later

    def _ask(self, role: Role, at: int) -> None:
        """Ask the reporter; who does not answer within weeks is archived by the system."""
        walk = self.walk
        walk.move(Status.NEEDS_INFO, role, at, self._note("needs_info"))
        if happens(self.rng, 0.3):
            walk.move(Status.ARCHIVED, Role.SYSTEM, walk.now + 14 * DAY_S, self._note("archived"))
            raise Later
        back = Status.FORWARDED if walk.forwarded else Status.WAITING
        walk.move(back, Role.REPORTER, walk.now + lognormal_s(self.rng, 1.2, 1.0), self._note("informed"))
        walk.now = self._desk_after(0.2, 0.8)

    def _hand_over(self, at: int) -> None:
        others = [other for other in self.others if other.agency != self.walk.agency]
        if others:
            other = self.rng.choice(others)
            self.walk.hand_over(other.agency, other.reason or self._note("handed_over"), at)

    def _serve(self) -> None:
        """The agency's part: first response, work, completion."""
        walk, rng = self.walk, self.rng
        if happens(rng, HAND_OVER_SHARE):
            self._hand_over(self._office_after(1.5, 0.9))
        pace = self.cast.paces[walk.agency]
        if happens(rng, pace.silent):
            raise Later
        at = self._office_after(pace.respond_days, pace.respond_spread)
        if happens(rng, ASKED_BY_OFFICER_SHARE):
            self._ask(Role.OFFICER, at)
            at = self._office_after(pace.respond_days, pace.respond_spread)
        if happens(rng, NOT_OURS_SHARE) and pace is not OUTSIDE and self.problem.notes["not_ours"]:
            walk.move(Status.NOT_OURS, Role.OFFICER, at, self._note("not_ours"))
            raise Later
        if happens(rng, DECLINED_SHARE) and pace is not OUTSIDE:
            walk.move(Status.DECLINED, Role.OFFICER, at, self._note("declined"))
            raise Later
        self._respond(at)
        self._finish(pace)

    def _respond(self, at: int) -> None:
        walk = self.walk
        kind = self.rng.random()
        if kind < ANSWER_FIRST_SHARE:
            # The answers of the list are those of the agency that the rules name.
            is_own = len(walk.spells) == 1 and happens(self.rng, OWN_ANSWER_SHARE)
            own = self.problem.answers if is_own else self.problem.notes["answered"]
            walk.answer(self.rng.choice(own), at)
        elif kind < ANSWER_FIRST_SHARE + SCHEDULE_FIRST_SHARE:
            walk.move(Status.SCHEDULED, Role.OFFICER, at, self._note("scheduled"))
        elif kind < ANSWER_FIRST_SHARE + SCHEDULE_FIRST_SHARE + WORK_FIRST_SHARE:
            walk.move(Status.IN_PROGRESS, Role.OFFICER, at, self._note("in_progress"))
        else:
            self._close(at)

    def _finish(self, pace: Pace) -> None:
        walk, rng = self.walk, self.rng
        if walk.status is not Status.DONE:
            if happens(rng, pace.stalled):
                self._forget()
            at = self._office_after(pace.fix_days * self.theme.fix, pace.fix_spread)
            if walk.status in {Status.ANSWERED, Status.SCHEDULED} and happens(rng, 0.6):
                started = self.cast.calendar.office(walk.now + int((at - walk.now) * rng.uniform(0.4, 0.95)), rng)
                walk.move(Status.IN_PROGRESS, Role.OFFICER, min(started, at), self._note("in_progress"))
            self._close(at)
        self._afterwards(pace)

    def _forget(self) -> None:
        """Nobody finishes it; an answer without follow-up is archived one day."""
        walk = self.walk
        if walk.status is Status.ANSWERED and happens(self.rng, ARCHIVED_SHARE):
            after = int(ARCHIVED_AFTER_DAYS * DAY_S * self.rng.uniform(1, 2))
            walk.move(Status.ARCHIVED, Role.SYSTEM, walk.now + after, self._note("archived"))
        raise Later

    def _close(self, at: int) -> None:
        walk, rng = self.walk, self.rng
        if happens(rng, CLOSING_ANSWER_SHARE):
            walk.answer(rng.choice(self.problem.results), at)
            walk.complete(walk.now + rng.randrange(60, 2 * HOUR_S), "", self._photo_or_reason())
        else:
            walk.complete(at, self._note("done"), self._photo_or_reason())

    def _photo_or_reason(self) -> str:
        """Why there is no after-photo; "" when there is one."""
        return "" if happens(self.rng, AFTER_PHOTO_SHARE) else self._note("no_photo")

    def _afterwards(self, pace: Pace) -> None:
        """The reporter looks: confirms, or opens the matter again."""
        walk, rng = self.walk, self.rng
        seen = self._desk_after(1.5, 1.0)  # by day, as reporters sleep at night as well
        if happens(rng, REOPENED_SHARE):
            walk.move(Status.REOPENED, Role.REPORTER, seen, self._note("reopened"))
            if happens(rng, FIXED_AGAIN_SHARE):
                walk.move(Status.FORWARDED, Role.VERIFIER, self._desk_after(0.5, 0.8))
                again = self._office_after(pace.respond_days * 2, pace.respond_spread)
                walk.move(Status.IN_PROGRESS, Role.OFFICER, again, self._note("in_progress"))
                self._close(self._office_after(pace.fix_days, pace.fix_spread))
        elif happens(rng, CONFIRMED_SHARE):
            walk.move(Status.CONFIRMED, Role.REPORTER, seen, self._note("confirmed"))

    def _note(self, kind: str) -> str:
        return self.rng.choice(self.problem.notes[kind])

    def _office_after(self, days: float, spread: float) -> int:
        return self.cast.calendar.office(self.walk.now + lognormal_s(self.rng, days, spread), self.rng)

    def _desk_after(self, days: float, spread: float) -> int:
        return self.cast.calendar.desk(self.walk.now + lognormal_s(self.rng, days, spread), self.rng)


def withheld_reason(rng: random.Random) -> str:
    """Why a report will be withheld; empty for most."""
    if not happens(rng, WITHHELD_SHARE):
        return ""
    return rng.choices(list(REASONS), list(REASONS.values()))[0]
