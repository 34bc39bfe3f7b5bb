"""What belongs to a case besides the report itself: its group, its parts, questions, requests, notes."""

from dataclasses import dataclass

from geo_reports.models import Note, Question, ReopenRequest, Report


@dataclass(frozen=True)
class Around:
    """As the case page shows it."""

    head: Report | None
    parent: Report | None
    members: list[Report]
    parts: list[Report]
    questions: list[Question]
    requests: list[ReopenRequest]
    notes: list[Note]

    @property
    def pending(self) -> list[ReopenRequest]:
        """The requests that wait for a decision, oldest first."""
        return [each for each in self.requests if each.outcome == ReopenRequest.Outcome.PENDING]


def around(report: Report) -> Around:
    """Everything around one report; 5 queries, and one more for each of head and parent that it has."""
    return Around(
        head=report.merged_into,
        parent=report.part_of,
        members=list(report.duplicates.order_by("submitted_at", "pk")),
        parts=list(report.parts.select_related("category", "agency").order_by("pk")),
        questions=list(report.questions.select_related("asked_by")),
        requests=list(report.reopen_requests.select_related("photo")),
        notes=list(report.notes.select_related("author")),
    )
