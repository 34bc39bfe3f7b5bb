"""One report's life as the single writers would write it, in memory.

Each verb mirrors one of `transitions`, `routing` or `casework` and asks the same table; those of
`moderation` are in `showing`. A step beyond the end of the demo raises Later, which leaves the
report as it stands on that day.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo_reports.casework.assigning import FORWARDED_ANEW
from geo_reports.demo.facts import Answer, Assigned, Plea, Question, Remark, Ruling, Shown, Spell, Step
from geo_reports.models import ReopenRequest, Report
from geo_reports.transitions import NEEDS_MORE
from geo_reports.workflow import AT_AGENCY, CLOSED, COMPLETED, EXPLAINED, RESPONDED, Role, Status, is_allowed

Visibility = Report.Visibility


class Later(Exception):
    """This step lies after the last day of the demo."""


@dataclass(slots=True)
class Walk:
    """The history so far. `now` is the time of the last thing that happened, `head` the code of the merged group."""

    submitted: int
    until: int
    first: Assigned
    is_secret: bool = False
    status: Status = Status.WAITING
    shown: Shown = field(init=False)
    forwarded: int | None = None
    closed: int | None = None
    head: str = ""
    spells: list[Spell] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pleas: list[Plea] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    now: int = 0

    def __post_init__(self) -> None:
        """Mirror of intake: assign by rule, then the first entry of the history."""
        self.now = self.submitted
        self.shown = Shown(Visibility.CONFIDENTIAL if self.is_secret else Visibility.PENDING)
        if self.first.agency:
            self.spells.append(Spell(self.first, self.submitted))
        self.steps.append(Step("", Status.WAITING, self.submitted, Role.REPORTER, self._spell_number()))

    @property
    def agency(self) -> str:
        """Who answers now; empty when nobody does."""
        spell = self._spell_number()
        return "" if spell is None else self.spells[spell].assigned.agency

    @property
    def undecided(self) -> str:
        """What routing left open, as JSON; empty once anybody has answered."""
        return "" if self.spells else self.first.undecided

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.shown.visibility is Visibility.PUBLISHED

    def move(self, to: Status, role: Role, at: int, note: str = "") -> None:
        """Mirror of `transitions.change_status`.

        Raises ValueError for a step that the table does not have, or that needs more than it has.
        """
        if to in NEEDS_MORE or (to in EXPLAINED and not note):
            raise ValueError(f"{to} needs more than a status")
        self._append(to, role, at, note=note)

    def complete(self, at: int, note: str, no_photo_reason: str) -> None:
        """Mirror of `casework.finish`: without a reason why not there is an after-photo."""
        self._append(Status.DONE, Role.OFFICER, at, note=note, no_photo_reason=no_photo_reason)

    def disown(self, owner: str, note: str, at: int) -> None:
        """Mirror of `transitions.disown`."""
        self._append(Status.NOT_OURS, Role.OFFICER, at, note=note, owner=owner)

    def merge(self, head: str, at: int) -> None:
        """Mirror of `transitions.merge_into` for a report that heads no group; `head` is a code."""
        self._append(Status.MERGED, Role.VERIFIER, at)
        self.head = head

    def answer(self, text: str, at: int) -> None:
        """Mirror of `transitions.answer`."""
        if self.status is Status.ANSWERED:
            at = self.pass_time(at)
        else:
            self._append(Status.ANSWERED, Role.OFFICER, at)
        self.answers.append(Answer(self.agency, text, self.now))

    def ask(self, text: str, role: Role, at: int) -> None:
        """Mirror of `casework.ask`."""
        back = Status.FORWARDED if self.status in AT_AGENCY and self.agency else Status.WAITING
        self._append(Status.NEEDS_INFO, role, at)
        self.questions.append(Question(text, role, self.now, back))

    def inform(self, text: str, at: int) -> None:
        """Mirror of `casework.answer_question`."""
        question = self.questions[-1]
        self._append(question.back, Role.REPORTER, at)
        question.answer, question.answered = text, self.now

    def hand_over(self, agency: str, reason: str, at: int) -> None:
        """Mirror of `casework.hand_over` by a verifikator."""
        if agency == self.agency:
            return
        at = self.pass_time(at)
        self._end_spell(at)
        trace = [{"kind": "person", "agency": agency, "reason": reason, "result": "won"}]
        if self.undecided:
            trace += json.loads(self.undecided)["trace"]
        self.spells.append(Spell(Assigned(agency, reason, json.dumps(trace)), at))
        if self.status in FORWARDED_ANEW:
            self._append(Status.FORWARDED, Role.VERIFIER, at)

    def give_back(self, reason: str, at: int) -> None:
        """Mirror of `casework.give_back`."""
        self.move(Status.VERIFIED, Role.OFFICER, at, reason)
        self._end_spell(self.now)

    def dispute(self, text: str, at: int) -> None:
        """Mirror of `casework.dispute` without a photo."""
        self.move(Status.REOPENED, Role.REPORTER, at)
        self.pleas.append(Plea(text, self.now, False, ReopenRequest.Outcome.ACCEPTED, self.now))

    def plead(self, text: str, at: int) -> Plea:
        """Mirror of `casework.request_reopening`."""
        self.pleas.append(Plea(text, self.pass_time(at), is_pictured=True))
        return self.pleas[-1]

    def accept(self, plea: Plea, at: int) -> None:
        """Mirror of `casework.accept_reopening`."""
        self.move(Status.REOPENED, Role.VERIFIER, at)
        plea.outcome, plea.decided = ReopenRequest.Outcome.ACCEPTED, self.now

    def decline(self, plea: Plea, note: str, at: int) -> None:
        """Mirror of `casework.decline_reopening`."""
        plea.decided = self.pass_time(at)
        plea.outcome, plea.note = ReopenRequest.Outcome.DECLINED, note

    def remark(self, text: str, at: int) -> None:
        """Mirror of `casework.note`."""
        self.remarks.append(Remark(text, self.pass_time(at)))

    def take_back(self, number: int, at: int) -> None:
        """Mirror of `transitions.take_back` for a verifikator's step of the check."""
        step = self.steps[number]
        if self.last_step() is not step or step.role is not Role.VERIFIER or self._moved_spells_at(step.at):
            raise ValueError(f"step {number} cannot be taken back")
        at = self.pass_time(at)
        earlier = [one for one in self.in_force() if one is not step]
        if step.to is Status.FORWARDED and not any(one.to is Status.FORWARDED for one in earlier):
            self.forwarded = None
        before, self.status = self.status, Status(step.before)
        self.closed = earlier[-1].at if self.status in CLOSED else None
        self.steps.append(Step(before, self.status, at, step.role, self._spell_number(), undoes=number))

    def last_step(self) -> Step:
        """Mirror of `transitions.last_step`: neither undone nor an undo itself."""
        undone: set[int] = set()
        for number in reversed(range(len(self.steps))):
            step = self.steps[number]
            if step.undoes is not None:
                undone.add(step.undoes)
            elif number not in undone:
                return step
        raise ValueError("a history has no beginning")

    def in_force(self) -> Iterator[Step]:
        """The steps that were not taken back."""
        undone = {step.undoes for step in self.steps}
        return (step for number, step in enumerate(self.steps) if step.undoes is None and number not in undone)

    def pass_time(self, at: int) -> int:
        """Nothing happens before what happened last, nor after the end."""
        at = max(at, self.now)
        if at > self.until:
            raise Later
        self.now = at
        return at

    def _append(
        self, to: Status, role: Role, at: int, *, note: str = "", no_photo_reason: str = "", owner: str = ""
    ) -> None:
        if not is_allowed(self.status, to, role):
            raise ValueError(f"{role} may not move {self.status} to {to}")
        at = self.pass_time(at)
        before, self.status = self.status, to
        if to is Status.FORWARDED and self.forwarded is None:
            self.forwarded = at
        self.closed = at if to in CLOSED else None
        if before is Status.NEEDS_INFO:
            self.questions[-1].closed = at
        if role is Role.OFFICER:
            self._stop_clocks(to, at)
        self.steps.append(Step(before, to, at, role, self._spell_number(), note, no_photo_reason, owner))

    def _stop_clocks(self, to: Status, at: int) -> None:
        spell = self.spells[-1]
        if to in RESPONDED and spell.responded is None:
            spell.responded = at
        if to in COMPLETED and spell.completed is None:
            spell.completed = at

    def _end_spell(self, at: int) -> None:
        spell = self._spell_number()
        if spell is not None:
            self.spells[spell].ended = at

    def _moved_spells_at(self, at: int) -> bool:
        return at > self.submitted and any(at in (spell.started, spell.ended) for spell in self.spells)

    def _spell_number(self) -> int | None:
        return len(self.spells) - 1 if self.spells and self.spells[-1].ended is None else None
