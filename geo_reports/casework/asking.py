"""Asking the reporter and waiting. What is asked and answered is read by the reporter and the desk only."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports import transitions
from geo_reports.locks import locked
from geo_reports.models import Question, Report
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import AT_AGENCY, Role, Status


def ask(report_id: int, text: str, *, role: Role, actor: User, at: datetime | None = None) -> Question:
    """Ask the reporter; the clock stands until the answer comes.

    Raises NotAllowed when the status has no way to "needs_info" for this role, or nothing is asked.
    """
    return transitions.ask(report_id, text, role=role, actor=actor, at=at)


@transaction.atomic
def answer_question(report_id: int, text: str, *, at: datetime | None = None) -> Report:
    """The reporter answers the open question; the report goes back to whoever had it.

    Raises NotAllowed when no question is open, or nothing is answered.
    """
    question = _open_question(locked(report_id))
    at = at or timezone.now()
    if not text.strip():
        raise NotAllowed(_("Tulis jawaban Anda."))
    question.answer, question.answered_at = text, at
    question.save(update_fields=["answer", "answered_at"])
    return change_status(report_id, _way_back(question), role=Role.REPORTER, at=at)


@transaction.atomic
def withdraw_question(report_id: int, *, role: Role, actor: User, at: datetime | None = None) -> Report:
    """The desk no longer waits for an answer. Raises NotAllowed when no question is open."""
    question = _open_question(locked(report_id))
    return change_status(report_id, _way_back(question), role=role, actor=actor, at=at)


def _open_question(report: Report) -> Question:
    question = report.questions.filter(closed_at=None).first()
    if question is None or report.status != Status.NEEDS_INFO:
        raise NotAllowed(_("Tidak ada pertanyaan yang menunggu jawaban."))
    return question


def _way_back(question: Question) -> Status:
    """To the SKPD if it had the report when the question was put, else to the verifikator."""
    report = question.report
    asked = report.changes.filter(to_status=Status.NEEDS_INFO, undoes=None).order_by("at", "pk").last()
    was_at_agency = asked is not None and asked.from_status in AT_AGENCY
    return Status.FORWARDED if was_at_agency and report.agency_id else Status.WAITING
