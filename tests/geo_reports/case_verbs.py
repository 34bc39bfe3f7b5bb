"""Everything that can be done to a report, under one name each, with dice for what it needs to know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from django.contrib.auth.models import User

from geo_reports import casework, moderation, routing, transitions
from geo_reports.casework import Part
from geo_reports.locks import Overtaken
from geo_reports.models import Agency, Category, ModerationDecision, ReopenRequest, Report, StatusChange
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import TRANSITIONS, Role, Status
from tests.factories import NOON
from tests.pictures import PHOTO

REFUSALS = (NotAllowed, Overtaken)
AGENCIES = ("roads", "clean", "east")
CATEGORIES = ("pothole", "garbage", "social")


@dataclass
class Town:
    """Who acts, on which reports, by which dice; the clock moves on with each act."""

    reports: list[int]
    actor: User
    dice: Random
    name: str = "satu"
    has_real_clock: bool = False
    hours: int = 0
    made: list[int] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    said: str = ""

    def now(self) -> datetime | None:
        if self.has_real_clock:
            return None
        self.hours += self.dice.choice((0, 1, 30))
        return NOON + timedelta(days=1, hours=self.hours)

    def text(self) -> str:
        """Words that nobody has used before: what a refused act wrote could be found by them."""
        self.said = f"Sudah kami lihat, catatan {self.name}-{next(self.numbers)}."
        return self.said

    def role(self) -> Role:
        return self.dice.choice((*[Role.VERIFIER, Role.OFFICER] * 4, Role.REPORTER, Role.SYSTEM))

    def agency(self) -> Agency:
        return Agency.objects.get(pk=self.dice.choice(AGENCIES))


def _move(town: Town, report: int) -> None:
    to, role, note = town.dice.choice(list(Status)), town.role(), town.dice.choice(("", town.text()))
    moves = TRANSITIONS[Status(Report.objects.values_list("status", flat=True).get(pk=report))]
    if town.dice.random() < 0.8:  # mostly what the table has
        to = town.dice.choice(list(moves))
        role = town.dice.choice(sorted(moves[to]))
    transitions.change_status(report, to, role=role, actor=town.actor, note=note, at=town.now())


def _take_back(town: Town, report: int) -> None:
    changes = list(StatusChange.objects.filter(report=report).order_by("-at", "-pk")[:2])
    transitions.take_back(changes[0 if town.dice.random() < 0.8 else -1].pk, actor=town.actor, at=town.now())


def _answer_question(town: Town, report: int) -> None:
    casework.answer_question(report, town.text(), at=town.now())


def _withdraw(town: Town, report: int) -> None:
    casework.withdraw_question(report, role=town.role(), actor=town.actor, at=town.now())


def _finish(town: Town, report: int) -> None:
    photo, reason = town.dice.choice(((PHOTO, ""), (None, "gelap"), (None, "")))
    casework.finish(report, photo=photo, no_photo_reason=reason, actor=town.actor, at=town.now())


def _not_ours(town: Town, report: int) -> None:
    owner, role = town.dice.choice(("Dinas Provinsi", "")), town.role()
    casework.not_ours(report, owner=owner, text=town.text(), role=role, actor=town.actor, at=town.now())


def _decide_reopening(town: Town, report: int) -> None:
    pending = ReopenRequest.objects.filter(report=report).order_by("?").first()
    if pending and town.dice.random() < 0.6:
        casework.accept_reopening(pending.pk, actor=town.actor, at=town.now())
    elif pending:
        casework.decline_reopening(pending.pk, town.text(), actor=town.actor, at=town.now())


def _hand_over(town: Town, report: int) -> None:
    role = town.dice.choice((Role.VERIFIER, Role.OFFICER))
    casework.hand_over(report, town.agency(), role=role, reason=town.text(), actor=town.actor, at=town.now())


def _correct(town: Town, report: int) -> None:
    category = Category.objects.get(pk=town.dice.choice(CATEGORIES))
    routing.correct(report, category=category, actor=town.actor, at=town.now())


def _merge(town: Town, report: int) -> None:
    others = town.dice.sample(town.reports, town.dice.randint(1, 2))
    casework.merge(report, others, actor=town.actor, at=town.now())


def _split(town: Town, report: int) -> None:
    if len(town.made) < 3:
        part = Part(
            Category.objects.get(pk=town.dice.choice(CATEGORIES)), town.text(), town.dice.choice((None, town.agency()))
        )
        parts = casework.split(report, [part], actor=town.actor, at=town.now())
        town.made += [part.pk for part in parts]
        town.reports += [part.pk for part in parts]


def _publish(town: Town, report: int) -> None:
    moderation.publish(report, actor=town.actor, at=town.now())


def _make_confidential(town: Town, report: int) -> None:
    if town.dice.random() < 0.3:  # it closes the way to groups
        moderation.make_confidential(report, actor=town.actor, at=town.now())


def _withhold(town: Town, report: int) -> None:
    reason = Report.WithheldReason.PROMOTION
    moderation.withhold(report, reason, actor=town.actor, note=town.text(), at=town.now())


def _undo_decision(town: Town, report: int) -> None:
    last = ModerationDecision.objects.filter(report=report).order_by("-at", "-pk").first()
    if last:
        moderation.undo(last.pk, actor=town.actor, at=town.now())


VERBS: dict[str, Callable[[Town, int], object]] = {
    "move": _move,
    "take back": _take_back,
    "answer": lambda town, report: transitions.answer(report, town.text(), actor=town.actor, at=town.now()),
    "ask": lambda town, report: casework.ask(report, town.text(), role=town.role(), actor=town.actor, at=town.now()),
    "answer question": _answer_question,
    "withdraw question": _withdraw,
    "finish": _finish,
    "confirm": lambda town, report: casework.confirm(report, at=town.now()),
    "dispute": lambda town, report: casework.dispute(report, town.text(), at=town.now()),
    "not ours": _not_ours,
    "decline": lambda town, report: casework.decline(report, town.text(), actor=town.actor, at=town.now()),
    "request reopening": lambda town, report: casework.request_reopening(
        report, town.text(), photo=PHOTO, at=town.now()
    ),
    "decide reopening": _decide_reopening,
    "hand over": _hand_over,
    "give back": lambda town, report: casework.give_back(report, reason=town.text(), actor=town.actor, at=town.now()),
    "correct": _correct,
    "merge": _merge,
    "merge back": lambda town, report: casework.merge_back(report, actor=town.actor, at=town.now()),
    "unmerge": lambda town, report: casework.unmerge(report, actor=town.actor, at=town.now()),
    "split": _split,
    "publish": _publish,
    "make confidential": _make_confidential,
    "withhold": _withhold,
    "undo decision": _undo_decision,
}
