"""What somebody who decides about showing a report has to know: hints on its words, earlier decisions, an objection."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo_reports import moderation
from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.pages.desk.hints import Piece, marked
from geo_reports.wording.flags import Flag
from geo_reports.wording.suggestions import suggest
from geo_reports.workers import Worker


@dataclass(frozen=True)
class Judging:
    """For the case page. `hints` are given to those who decide, until the report is published."""

    pieces: Sequence[Piece]
    hints: Sequence[Flag]
    decisions: Sequence[ModerationDecision]
    undoable: ModerationDecision | None
    appeal: Appeal | None
    is_own_decision: bool
    has_covered_words: bool

    @property
    def wants_confidential(self) -> bool:
        """Whether the words speak for the confidential path."""
        return any(flag.kind == "confidential" for flag in self.hints)


def judging(worker: Worker, report: Report) -> Judging:
    """What this person may know about judging this report; at most 5 queries."""
    may_decide = worker.may_moderate(report)
    flags = suggest(report.text).flags if may_decide and not report.is_published else ()
    found = moderation.pending_appeal(report) if worker.is_verifier else None
    decisions = report.decisions.select_related("actor", "undone_by", "appeal__decided_by", "photo")
    return Judging(
        pieces=marked(report.text, flags),
        hints=flags,
        decisions=list(decisions),
        undoable=moderation.undoable(report) if may_decide else None,
        appeal=found,
        is_own_decision=found is not None and found.decision.actor_id == worker.user.pk,
        has_covered_words=moderation.MARK in report.text or moderation.MARK in report.address,
    )
