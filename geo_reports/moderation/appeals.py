"""The reporter objects to a withheld report: once for each decision, judged by somebody else than who took it."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports import notify
from geo_reports.locks import locked
from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.moderation.deciding import NotYours, held
from geo_reports.moderation.showing import make_confidential, publish, stays_secret
from geo_reports.moderation.undoing import obstacle, undo
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker
from geo_reports.workflow import Status

APPEAL_DAYS: Final = 30
Outcome = Appeal.Outcome


def appealable(report: Report, *, at: datetime | None = None) -> ModerationDecision | None:
    """The decision to which the reporter may object now: it withholds the report, is new, and nobody has yet."""
    if report.visibility != Report.Visibility.WITHHELD:
        return None
    last = report.decisions.filter(kind=ModerationDecision.Kind.WITHHOLD, undone_at=None).last()
    if last is None or (at or timezone.now()) > last.at + timedelta(days=APPEAL_DAYS):
        return None
    return None if Appeal.objects.filter(decision=last).exists() else last


@transaction.atomic
def appeal(report_id: int, text: str, *, at: datetime | None = None) -> Appeal:
    """Write down the reporter's objection. Raises NotAllowed when there is nothing to object to any more.

    The caller knows that it is the reporter.
    """
    report = locked(report_id)
    at = at or timezone.now()
    decision = appealable(report, at=at)
    if decision is None:
        raise NotAllowed(
            _("Keberatan dapat diajukan satu kali untuk tiap keputusan, dalam %(days)d hari.") % {"days": APPEAL_DAYS}
        )
    return Appeal.objects.create(decision=decision, text=text, at=at)


def pending_appeal(report: Report) -> Appeal | None:
    """The objection that waits for an answer, if any."""
    return Appeal.objects.filter(decision__report=report, outcome=Outcome.PENDING).select_related("decision").first()


def may_decide(worker: Worker, report: Report, found: Appeal) -> bool:
    """Whether this person may judge the objection: nobody judges the own decision."""
    return worker.may_moderate(report) and found.decision.actor_id != worker.user.pk


@transaction.atomic
def decide_appeal(appeal_id: int, outcome: Outcome, *, actor: User, note: str, at: datetime | None = None) -> Appeal:
    """Answer an objection. Overturned: the report is as before the decision, and passes the check.

    `note` is for the reporter, who gets it by mail too. Raises NotYours for whoever took the decision,
    whatever the role, and NotAllowed for an objection that has been answered.
    """
    report = held(Appeal.objects.values_list("decision__report", flat=True).get(pk=appeal_id), actor)
    at = at or timezone.now()
    found = Appeal.objects.select_related("decision").get(pk=appeal_id)
    if found.outcome != Outcome.PENDING or outcome is Outcome.PENDING:
        raise NotAllowed(_("Keberatan ini sudah diputuskan."))
    if found.decision.actor_id == actor.pk:
        raise NotYours(_("Keberatan diputuskan oleh verifikator lain, bukan oleh yang tidak menayangkannya."))
    found.outcome, found.decided_by, found.decided_at, found.note = outcome, actor, at, note
    found.save(update_fields=["outcome", "decided_by", "decided_at", "note"])
    if outcome is Outcome.OVERTURNED:
        _show_after_all(report, found.decision, actor, at)
    transaction.on_commit(lambda: notify.queue_outcome(found.pk))
    return found


def _show_after_all(report: Report, decision: ModerationDecision, actor: User, at: datetime) -> None:
    is_secret = stays_secret(report)
    if not obstacle(decision, report):
        report = undo(decision.pk, actor=actor, at=at)
    is_waiting = report.status in {Status.WAITING, Status.WITHHELD}
    if is_secret and (is_waiting or report.visibility != Report.Visibility.CONFIDENTIAL):
        make_confidential(report.pk, actor=actor, at=at)
    elif not is_secret and (is_waiting or not report.is_published):
        publish(report.pk, actor=actor, at=at)
