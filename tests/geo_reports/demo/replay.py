"""A demo report written anew, act by act, by the real single writers; and what the two have to agree on."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from geo_reports import casework, moderation, routing, transitions
from geo_reports.models import (
    Appeal,
    Assignment,
    ModerationDecision,
    Note,
    Photo,
    Question,
    ReopenRequest,
    Reply,
    Report,
    StatusChange,
)
from geo_reports.workflow import Role, Status
from tests.pictures import PHOTO

Act = tuple[datetime, int, Callable[[], object]]
Kind, Outcome = ModerationDecision.Kind, ReopenRequest.Outcome
# Same moment: who answers, then what is decided, then what is undone, then the steps by their keys, then the rest.
SPELL, DECISION, UNDO, REST = 0, 1, 2, 1 << 62


class Replay:
    """Reads the history of one demo report and does it all again on a copy."""

    def __init__(self, original: Report, verifier: User, colleague: User) -> None:
        self.original, self.verifier, self.colleague = original, verifier, colleague
        self.report = self._sent()
        self.told: set[int] = set()  # steps that belong to another act

    def run(self) -> Report:
        acts = [*self._decisions(), *self._questions(), *self._pleas(), *self._answers()]
        acts += [*self._spells(), *self._steps(), *self._notes()]
        for _at, _order, act in sorted(acts, key=lambda entry: entry[:2]):
            act()
        self.report.refresh_from_db()
        return self.report

    def _sent(self) -> Report:
        original = self.original
        secret = Report.Visibility.CONFIDENTIAL if original.wants_confidential else Report.Visibility.PENDING
        report = Report(
            category=original.category,
            code=f"X{original.code[1:]}",
            kind=original.kind,
            wants_confidential=original.wants_confidential,
            visibility=secret,
            submitted_at=original.submitted_at,
        )
        placement = routing.UNKNOWN_PLACE
        if original.point:
            placement = routing.place(original.point)
        elif original.kelurahan_id:
            placement = routing.place_in(original.kelurahan_id)
        routing.locate(report, placement)
        report.save()
        at = report.submitted_at
        routing.assign(report, routing.decide(report.category, placement, timezone.localdate(at)), at=at)
        transitions.open_history(report, at=at)
        return report

    def _decisions(self) -> Iterator[Act]:
        ruled = list(self.original.decisions.order_by("pk"))
        verdicts = {}
        for decision in ruled:
            if appeal := Appeal.objects.filter(decision=decision).first():
                yield appeal.at, DECISION, lambda a=appeal: moderation.appeal(self.report.pk, a.text, at=a.at)
                if appeal.decided_at:
                    verdicts[appeal.decided_at] = appeal
                    yield appeal.decided_at, DECISION, lambda a=appeal: self._judge(a)
        for decision in ruled:
            self.told |= set(decision.before["steps"])
            if decision.at not in verdicts:
                yield decision.at, DECISION, lambda d=decision: self._decide(d)
            if decision.undone_at:
                undone = self.original.changes.filter(undoes__in=decision.before["steps"])
                self.told |= set(undone.values_list("pk", flat=True))
                if decision.undone_at not in verdicts:
                    yield decision.undone_at, UNDO, lambda d=decision: self._undo(d)

    def _decide(self, decision: ModerationDecision) -> None:
        how: dict[str, Any] = {"actor": self.verifier, "at": decision.at}
        if decision.kind == Kind.WITHHOLD:
            moderation.withhold(self.report.pk, Report.WithheldReason(decision.reason), note=decision.note, **how)
        elif decision.kind == Kind.CONFIDENTIAL:
            moderation.make_confidential(self.report.pk, **how)
        else:
            moderation.publish(self.report.pk, **how)

    def _undo(self, decision: ModerationDecision) -> None:
        last = self.report.decisions.filter(undone_at=None).last()
        assert last is not None
        moderation.undo(last.pk, actor=self.verifier, at=decision.undone_at)

    def _judge(self, appeal: Appeal) -> None:
        mine = Appeal.objects.get(decision__report=self.report, at=appeal.at)
        moderation.decide_appeal(
            mine.pk, Appeal.Outcome(appeal.outcome), actor=self.colleague, note=appeal.note, at=appeal.decided_at
        )

    def _questions(self) -> Iterator[Act]:
        for asked in self.original.questions.all():
            yield asked.at, self._tell(asked.at, Status.NEEDS_INFO), lambda q=asked: self._ask(q)
            if asked.answered_at:
                back = self.original.changes.get(at=asked.answered_at, from_status=Status.NEEDS_INFO)
                self.told.add(back.pk)
                yield asked.answered_at, back.pk, lambda q=asked: self._inform(q)

    def _ask(self, asked: Question) -> None:
        casework.ask(self.report.pk, asked.text, role=Role(asked.role), actor=self.verifier, at=asked.at)

    def _inform(self, asked: Question) -> None:
        casework.answer_question(self.report.pk, asked.answer, at=asked.answered_at)

    def _pleas(self) -> Iterator[Act]:
        for plea in self.original.reopen_requests.all():
            if plea.photo_id is None:
                order = self._tell(plea.at, Status.REOPENED)
                yield plea.at, order, lambda p=plea: casework.dispute(self.report.pk, p.text, at=p.at)
                continue
            yield plea.at, REST, lambda p=plea: self._plead(p)
            if plea.decided_at:
                order = self._tell(plea.decided_at, Status.REOPENED)
                yield plea.decided_at, order, lambda p=plea: self._answer_plea(p)

    def _plead(self, plea: ReopenRequest) -> None:
        casework.request_reopening(self.report.pk, plea.text, photo=PHOTO, at=plea.at)

    def _answer_plea(self, plea: ReopenRequest) -> None:
        mine = self.report.reopen_requests.get(at=plea.at)
        if plea.outcome == Outcome.ACCEPTED:
            casework.accept_reopening(mine.pk, actor=self.verifier, at=plea.decided_at)
        else:
            casework.decline_reopening(mine.pk, plea.note, actor=self.verifier, at=plea.decided_at)

    def _answers(self) -> Iterator[Act]:
        for reply in self.original.replies.order_by("pk"):
            yield reply.at, self._tell(reply.at, Status.ANSWERED), lambda r=reply: self._reply(r)

    def _reply(self, reply: Reply) -> None:
        transitions.answer(self.report.pk, reply.text, at=reply.at)

    def _spells(self) -> Iterator[Act]:
        spells = list(self.original.assignments.order_by("pk"))
        first = 1 if spells and spells[0].started_at == self.original.submitted_at else 0
        for spell in spells[first:]:
            forwarded = self.original.changes.filter(at=spell.started_at, to_status=Status.FORWARDED)
            if forwarded.exclude(from_status=Status.WAITING).exists():
                self._tell(spell.started_at, Status.FORWARDED)
            yield spell.started_at, SPELL, lambda s=spell: self._hand_over(s)

    def _hand_over(self, spell: Assignment) -> None:
        casework.hand_over(
            self.report.pk, spell.agency, role=Role.VERIFIER, reason=spell.reason, actor=None, at=spell.started_at
        )

    def _steps(self) -> Iterator[Act]:
        for step in self.original.changes.order_by("pk")[1:]:
            if step.pk not in self.told:
                yield step.at, step.pk, lambda s=step: self._step(s)

    def _step(self, step: StatusChange) -> None:
        key, how = self.report.pk, {"actor": self.verifier, "at": step.at}
        match Status(step.to_status), Role(step.role):
            case Status.DONE, _:
                photo = None if step.no_photo_reason else PHOTO
                casework.finish(key, photo=photo, no_photo_reason=step.no_photo_reason, note=step.note, **how)
            case Status.NOT_OURS, role:
                casework.not_ours(key, owner=step.owner, text=step.note, role=role, **how)
            case Status.DECLINED, _:
                casework.decline(key, step.note, **how)
            case Status.MERGED, _:
                casework.merge(self.original.merged_into_id, [key], **how)
            case Status.VERIFIED, Role.OFFICER:
                casework.give_back(key, reason=step.note, **how)
            case Status.CONFIRMED, Role.REPORTER:
                casework.confirm(key, at=step.at)
            case to, role:
                transitions.change_status(key, to, role=role, note=step.note, at=step.at)

    def _notes(self) -> Iterator[Act]:
        for note in self.original.notes.all():
            yield note.at, REST, lambda n=note: self._note(n)

    def _note(self, note: Note) -> None:
        casework.note(self.report.pk, note.text, author=self.verifier, at=note.at)

    def _tell(self, at: datetime | None, to: Status) -> int:
        """Such a step at this moment is another act's; its place in the order."""
        step = self.original.changes.filter(at=at, to_status=to).first()
        if step is None:
            return REST
        self.told.add(step.pk)
        return step.pk


REPORT = (
    "placement",
    "point",
    "public_point",
    "kelurahan",
    "kecamatan",
    "agency",
    "undecided",
    "kind",
    "wants_confidential",
    "status",
    "visibility",
    "withheld_reason",
    "forwarded_at",
    "closed_at",
    "merged_into",
    "due_on",
    "due_step",
)
STEPS = ("from_status", "to_status", "at", "role", "note", "no_photo_reason", "owner", "undoes__at")
DECISIONS = ("kind", "reason", "note", "at", "waited_since", "undone_at", "change__at", "change__to_status")


def facts(report: Report) -> dict[str, Any]:
    """All that is known of a report, apart from keys, from what was typed, and from who sat at the desk."""
    rulings = [
        (*row[:-1], row[-1]["was"], row[-1]["became"], len(row[-1]["steps"]))
        for row in report.decisions.order_by("pk").values_list(*DECISIONS, "before")
    ]
    spells = ("agency", "started_at", "ended_at", "reason", "trace", "responded_at", "completed_at", "actor", "due_on")
    asked = ("text", "role", "at", "answer", "answered_at", "closed_at")
    appeals = Appeal.objects.filter(decision__report=report).order_by("pk")
    return {
        "report": Report.objects.values(*REPORT).get(pk=report.pk),
        "spells": list(report.assignments.order_by("pk").values_list(*spells)),
        "changes": list(
            report.changes.order_by("pk").values_list(*STEPS, "assignment__agency", "assignment__started_at")
        ),
        "decisions": rulings,
        "appeals": list(appeals.values_list("decision__at", "text", "at", "outcome", "decided_at", "note")),
        "questions": list(report.questions.order_by("pk").values_list(*asked)),
        "pleas": list(
            report.reopen_requests.order_by("pk").values_list(
                "text", "at", "outcome", "decided_at", "note", "photo__is_hidden"
            )
        ),
        "replies": list(report.replies.order_by("pk").values_list("agency", "text", "at")),
        "notes": list(report.notes.order_by("pk").values_list("text", "at")),
        "shown": sorted(report.photos.exclude(kind=Photo.Kind.BEFORE).values_list("kind", "is_hidden")),
    }
