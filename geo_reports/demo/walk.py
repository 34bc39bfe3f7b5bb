"""One report's life as the single writers would write it, in memory.

Each verb mirrors one of `transitions`, `moderation` or `routing` and asks the same table; a step
beyond the end of the demo raises Later, which leaves the report as it stands on that day.
"""

import json
from dataclasses import dataclass, field

from geo_reports.demo.world import Assigned
from geo_reports.models import Report
from geo_reports.workflow import AT_AGENCY, CLOSED, COMPLETED, EXPLAINED, RESPONDED, Role, Status, is_allowed

Visibility = Report.Visibility


class Later(Exception):
    """This step lies after the last day of the demo."""


@dataclass(slots=True)
class Spell:
    """An assignment; times are seconds since 1970."""

    assigned: Assigned
    started: int
    ended: int | None = None
    responded: int | None = None
    completed: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A status change; `spell` is the number of the spell in force, None before any."""

    before: str
    to: Status
    at: int
    role: Role
    note: str
    spell: int | None
    no_photo_reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A public answer of an agency."""

    agency: str
    text: str
    at: int


@dataclass(slots=True)
class Walk:
    """The history so far. `now` is the time of the last thing that happened."""

    submitted: int
    until: int
    first: Assigned
    status: Status = Status.WAITING
    visibility: Visibility = Visibility.PENDING
    reason: str = ""
    forwarded: int | None = None
    closed: int | None = None
    spells: list[Spell] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    now: int = 0

    def __post_init__(self) -> None:
        """Mirror of intake: assign by rule, then the first entry of the history."""
        self.now = self.submitted
        if self.first.agency:
            self.spells.append(Spell(self.first, self.submitted))
        self.steps.append(Step("", Status.WAITING, self.submitted, Role.REPORTER, "", self._spell_number()))

    @property
    def agency(self) -> str:
        """Who answers now; empty when nobody does."""
        return self.spells[-1].assigned.agency if self.spells else ""

    @property
    def undecided(self) -> str:
        """What routing left open, as JSON; empty once anybody answers."""
        return "" if self.spells else self.first.undecided

    def move(self, to: Status, role: Role, at: int, note: str = "") -> None:
        """Mirror of `transitions.change_status`.

        Raises ValueError for a step that the table does not have, or that needs more than it has.
        """
        if to is Status.DONE or (to in EXPLAINED and not note):
            raise ValueError(f"{to} needs more than a status")
        self._move(to, role, at, note)

    def complete(self, at: int, note: str, no_photo_reason: str) -> None:
        """Mirror of `transitions.complete`: without a reason why not there is an after-photo."""
        self._move(Status.DONE, Role.OFFICER, at, note, no_photo_reason)

    def _move(self, to: Status, role: Role, at: int, note: str = "", no_photo_reason: str = "") -> None:
        if not is_allowed(self.status, to, role):
            raise ValueError(f"{role} may not move {self.status} to {to}")
        at = self._pass_time(at)
        before, self.status = self.status, to
        if to is Status.FORWARDED and self.forwarded is None:
            self.forwarded = at
        self.closed = at if to in CLOSED else None
        if role is Role.OFFICER and self.spells:
            self._stop_clocks(to, at)
        self.steps.append(Step(before, to, at, role, note, self._spell_number(), no_photo_reason))

    def publish(self, at: int) -> None:
        """Mirror of `moderation.publish`."""
        at = self._pass_time(at)
        self.visibility = Visibility.PUBLISHED
        if self.status is Status.WAITING:
            self.move(Status.FORWARDED if self.agency else Status.VERIFIED, Role.VERIFIER, at)

    def withhold(self, reason: str, at: int) -> None:
        """Mirror of `moderation.withhold`."""
        self.move(Status.WITHHELD, Role.VERIFIER, at, str(Report.WithheldReason(reason).label))
        self.visibility, self.reason = Visibility.WITHHELD, reason

    def hand_over(self, agency: str, reason: str, at: int) -> None:
        """Mirror of `casework.hand_over`: ends one spell, starts the next, and the work begins anew."""
        if agency == self.agency:
            return
        at = self._pass_time(at)
        if self.spells:
            self.spells[-1].ended = at
        trace = [{"kind": "person", "agency": agency, "reason": reason, "result": "won"}]
        if self.undecided:
            trace += json.loads(self.undecided)["trace"]
        self.spells.append(Spell(Assigned(agency, reason, json.dumps(trace)), at))
        if self.status in AT_AGENCY - {Status.FORWARDED}:
            self.move(Status.FORWARDED, Role.VERIFIER, at)

    def answer(self, text: str, at: int) -> None:
        """Mirror of `transitions.answer`."""
        if self.status is Status.ANSWERED:
            at = self._pass_time(at)
        else:
            self.move(Status.ANSWERED, Role.OFFICER, at)
        self.answers.append(Answer(self.agency, text, self.now))

    def _stop_clocks(self, to: Status, at: int) -> None:
        spell = self.spells[-1]
        if to in RESPONDED and spell.responded is None:
            spell.responded = at
        if to in COMPLETED and spell.completed is None:
            spell.completed = at

    def _pass_time(self, at: int) -> int:
        """Nothing happens before what happened last, nor after the end."""
        at = max(at, self.now)
        if at > self.until:
            raise Later
        self.now = at
        return at

    def _spell_number(self) -> int | None:
        return len(self.spells) - 1 if self.spells else None
