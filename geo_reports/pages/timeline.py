"""What happened to a report, in the order in which it happened."""

from dataclasses import dataclass
from datetime import datetime

from geo_reports.models import Agency, ReopenRequest, StatusChange
from geo_reports.pages.shown import Shown
from geo_reports.pages.why import reason_for
from geo_reports.workflow import Role, Status


@dataclass(frozen=True)
class Entry:
    """One step: `kind` is a key of RANK; the rest is what that kind shows."""

    kind: str
    at: datetime
    status: str = ""
    who: str = ""
    text: str = ""
    agency: Agency | None = None


# Of things that happened at the same moment.
RANK = {
    "status": 0,
    "undo": 0,
    "given_back": 0,
    "hand_over": 1,
    "reply": 2,
    "not_reopened": 3,
}


def timeline(shown: Shown) -> list[Entry]:
    """Status changes, hand-overs and answers, oldest first; 3 queries, 4 of a closed report.

    The first assignment is no entry: it comes with the report; nor is "answered" beside its answer.
    Words of people are left out for readers who may not see words yet.
    """
    report = shown.report
    replies = list(report.replies.select_related("agency")) if shown.has_words else []
    spells = list(report.assignments.select_related("agency").order_by("started_at", "pk"))
    said = {(Status.ANSWERED, reply.at) for reply in replies} | {
        (Status.FORWARDED, spell.started_at) for spell in spells[1:]
    }
    changes = report.changes.select_related("assignment__agency", "undoes")
    entries = [_step(shown, change) for change in changes if (change.to_status, change.at) not in said]
    entries += [
        Entry("hand_over", spell.started_at, agency=spell.agency, text=reason_for(shown, spell)) for spell in spells[1:]
    ]
    entries += [Entry("reply", reply.at, agency=reply.agency, text=reply.text) for reply in replies]
    entries += _declined(shown)
    return sorted(entries, key=lambda entry: (entry.at, RANK[entry.kind]))


def _step(shown: Shown, change: StatusChange) -> Entry:
    """A status change; giving back, finishing and taking back say who or what.

    Why a report was once not shown is between its reporter and the desk, also when it is shown after all.
    """
    has_words = shown.is_own if change.to_status == Status.WITHHELD else shown.has_words
    is_given_back = change.to_status == Status.VERIFIED and change.role == Role.OFFICER
    kind = "undo" if change.undoes else "given_back" if is_given_back else "status"
    return Entry(
        kind,
        change.at,
        status=change.to_status,
        who=str(Role(change.role).label),
        text=change.note if has_words else "",
        agency=change.assignment.agency if change.assignment else None,
    )


def _declined(shown: Shown) -> list[Entry]:
    """Requests to open again that a verifikator did not follow, with the reason."""
    report = shown.report
    if report.is_open or not shown.has_words:
        return []
    declined = report.reopen_requests.filter(outcome=ReopenRequest.Outcome.DECLINED)
    return [Entry("not_reopened", each.decided_at or each.at, text=each.note) for each in declined]
