"""Who is told what, when: the reporter, by e-mail, after the change is safely written.

Listens to `transitions.status_changed` and queues; the worker sends. Text and contact stay out of
the queue and the log: a task carries an id only.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from geo_reports.models import Appeal, City, ModerationDecision, Report, StatusChange
from geo_reports.reasons import REASONS
from geo_reports.transitions import status_changed


@receiver(status_changed)
def queue_mail(sender: type[StatusChange], *, change_id: int, **kwargs: Any) -> None:
    """Queue a message when the reporter left an e-mail address.

    A verb that moves a report by several steps at one moment tells about the last; the answer to an
    objection tells about its steps itself.
    """
    change = StatusChange.objects.select_related("report").get(pk=change_id)
    if not _is_mail(change.report.reporter_contact):
        return
    same_moment = StatusChange.objects.filter(report=change.report, at=change.at)
    is_told_elsewhere = Appeal.objects.filter(decision__report=change.report, decided_at=change.at).exists()
    if not is_told_elsewhere and same_moment.order_by("pk").last() == change:
        tell_reporter.enqueue(change_id)


def queue_outcome(appeal_id: int) -> None:
    """Queue the answer to an objection when the reporter left an e-mail address."""
    contact = Appeal.objects.values_list("decision__report__reporter_contact", flat=True).get(pk=appeal_id)
    if _is_mail(contact):
        tell_outcome.enqueue(appeal_id)


@task()
def tell_reporter(change_id: int) -> None:
    """Write to the reporter about one status change; the link opens the reporter's own view."""
    change = StatusChange.objects.select_related("report__agency", "report__category").get(pk=change_id)
    decision = ModerationDecision.objects.filter(change=change).first()
    _write(
        change.report,
        _("Laporan %(code)s: %(status)s") % {"code": change.report.code, "status": change.get_to_status_display()},
        "status",
        {"change": change, "decision": decision, "reason": REASONS.get(decision.reason) if decision else None},
    )


@task()
def tell_outcome(appeal_id: int) -> None:
    """Write to the reporter how an objection was judged."""
    appeal = Appeal.objects.select_related("decision__report__category").get(pk=appeal_id)
    report = appeal.decision.report
    subject = _("Laporan %(code)s: jawaban atas keberatan Anda") % {"code": report.code}
    _write(report, subject, "appeal", {"appeal": appeal})


def _write(report: Report, subject: str, name: str, context: dict[str, Any]) -> None:
    if not _is_mail(report.reporter_contact):
        return
    more = {"report": report, "link": reporter_link(report), "city": City.objects.first()}
    send_mail(
        subject=subject,
        message=render_to_string(f"geo_reports/mail/{name}.txt", context | more),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[report.reporter_contact],
    )


def reporter_link(report: Report) -> str:
    """The absolute address at which the reporter sees the own report whole."""
    return f"{settings.SITE_URL}{report.get_absolute_url()}?kunci={report.secret}"


def _is_mail(contact: str) -> bool:
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True
