"""What happened to a report, in the order in which it happened."""

from dataclasses import dataclass
from datetime import datetime

from geo_reports.models import Agency
from geo_reports.pages.shown import Shown
from geo_reports.pages.why import reason_for
from geo_reports.workflow import Role, Status


@dataclass(frozen=True)
class Entry:
    """One step: `kind` is "status", "reply" or "hand_over"; the rest is what that kind shows."""

    kind: str
    at: datetime
    status: str = ""
    who: str = ""
    text: str = ""
    agency: Agency | None = None


RANK = {"status": 0, "hand_over": 1, "reply": 2}  # of things that happened at the same moment


def timeline(shown: Shown) -> list[Entry]:
    """Status changes, hand-overs and answers, oldest first; 3 queries.

    The first assignment is no entry: it comes with the report; nor is "answered" beside its answer.
    Words of people are left out for readers who may not see words yet.
    """
    report = shown.report
    replies = list(report.replies.select_related("agency")) if shown.has_words else []
    answered = {reply.at for reply in replies}
    entries = [
        Entry(
            "status",
            change.at,
            status=change.to_status,
            who=str(Role(change.role).label),
            text=change.note if shown.has_words else "",
        )
        for change in report.changes.all()
        if not (change.to_status == Status.ANSWERED and change.at in answered)
    ]
    spells = list(report.assignments.select_related("agency").order_by("started_at", "pk"))
    entries += [
        Entry("hand_over", spell.started_at, agency=spell.agency, text=reason_for(shown, spell)) for spell in spells[1:]
    ]
    entries += [Entry("reply", reply.at, agency=reply.agency, text=reply.text) for reply in replies]
    return sorted(entries, key=lambda entry: (entry.at, RANK[entry.kind]))
