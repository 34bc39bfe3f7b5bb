"""How a report stands for its reader: claimed or confirmed, whose it is, what it was merged with or split into."""

from dataclasses import dataclass, field
from typing import Final

from geo_reports.casework.reopening import may_be_reopened
from geo_reports.models import Question, Reply, Report, ReportQuerySet, StatusChange
from geo_reports.pages.shown import Shown
from geo_reports.transitions import steps_in_force
from geo_reports.workflow import CLOSED, Role, Status, is_allowed

ENDS: Final = (Status.DONE, Status.CONFIRMED, Status.NOT_OURS, Status.DECLINED)


@dataclass(frozen=True)
class Outcome:
    """`claim` and `confirmation` are different facts by different people; every report in here may be known to all."""

    claim: StatusChange | None = None
    confirmation: StatusChange | None = None
    ending: StatusChange | None = None
    head: Report | None = None
    head_reply: Reply | None = None
    members: list[Report] = field(default_factory=list)
    parent: Report | None = None
    parts: list[Report] = field(default_factory=list)
    question: Question | None = None
    may_reopen: bool = False
    may_confirm: bool = False
    may_dispute: bool = False

    @property
    def is_confirmed_by_reporter(self) -> bool:
        """Whether a person said so, not the passing of time."""
        return self.confirmation is not None and self.confirmation.role == Role.REPORTER


def outcome(shown: Shown) -> Outcome:
    """What to say and to offer; 1 query for relatives, more only where there are some."""
    report, status = shown.report, Status(shown.report.status)
    last = _last_in_force(report) if status in ENDS and shown.has_words else {}
    head = _known(report.merged_into_id)
    public = Report.objects.public().select_related("category", "agency")
    return Outcome(
        claim=last.get(Status.DONE),
        confirmation=last.get(Status.CONFIRMED),
        ending=last.get(Status.NOT_OURS) or last.get(Status.DECLINED),
        head=head,
        head_reply=head.replies.select_related("agency").last() if head and head.is_published else None,
        members=list(public.filter(merged_into=report).order_by("submitted_at", "pk")),
        parent=_known(report.part_of_id),
        parts=_parts(shown, public),
        question=_question(report) if shown.is_own and status is Status.NEEDS_INFO else None,
        may_reopen=not shown.is_own and may_be_reopened(report),
        may_confirm=shown.is_own and status is Status.DONE,
        may_dispute=shown.is_own and is_allowed(status, Status.REOPENED, Role.REPORTER),
    )


def _last_in_force(report: Report) -> dict[Status, StatusChange]:
    """The last standing step into each end, of those that lead to where the report is now."""
    found: dict[Status, StatusChange] = {}
    for change in steps_in_force(report).select_related("assignment__agency"):
        if change.to_status not in CLOSED:
            found = {}
        found[Status(change.to_status)] = change
    return found


def _known(pk: int | None) -> Report | None:
    """A report if the public may know of it."""
    return Report.objects.public().select_related("agency").filter(pk=pk).first() if pk else None


def _question(report: Report) -> Question | None:
    return report.questions.filter(closed_at=None).first()


def _parts(shown: Shown, public: ReportQuerySet) -> list[Report]:
    """As far as this reader may know of them; the reporter knows the own parts. A part has none."""
    if shown.report.part_of_id:
        return []
    known = Report.objects.select_related("category", "agency") if shown.is_own else public
    return list(known.filter(part_of=shown.report).order_by("pk"))
