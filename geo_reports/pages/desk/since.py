"""What colleagues and the reporter did to a report after a page was shown."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from geo_reports.models import ModerationDecision, Report
from geo_reports.workers import name_of
from geo_reports.workflow import Role


@dataclass(frozen=True)
class Happening:
    """One thing: who did it, what, and when."""

    who: str
    what: str
    at: datetime


def happened_since(report: Report, at: datetime) -> list[Happening]:
    """What was done to the report after `at`, oldest first; 6 queries.

    Corrections of place or category leave no entry of their own; they show in the report itself.
    """
    found = [
        Happening(_who(change.actor, change.role), str(change.get_to_status_display()), change.at)
        for change in report.changes.filter(at__gt=at).select_related("actor")
    ]
    found += [
        Happening(_who(spell.actor), _("diserahkan kepada %(agency)s") % {"agency": spell.agency}, spell.started_at)
        for spell in report.assignments.filter(started_at__gt=at).select_related("actor", "agency")
    ]
    found += [
        Happening(_who(reply.author), _("menjawab warga"), reply.at)
        for reply in report.replies.filter(at__gt=at).select_related("author")
    ]
    found += [
        Happening(_who(note.author), _("mencatat: %(text)s") % {"text": note.text[:120]}, note.at)
        for note in report.notes.filter(at__gt=at).select_related("author")
    ]
    found += [
        Happening(_who(question.asked_by, question.role), _("bertanya kepada pelapor"), question.at)
        for question in report.questions.filter(at__gt=at).select_related("asked_by")
    ]
    decisions = ModerationDecision.objects.filter(report=report, at__gt=at, change=None).select_related("actor")
    found += [Happening(_who(each.actor), str(each.get_kind_display()), each.at) for each in decisions]
    return sorted(found, key=lambda happening: happening.at)


def _who(person: User | None, role: str = Role.SYSTEM) -> str:
    return name_of(person) if person else str(Role(role).label)
