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

from geo_reports.models import Appeal, City, ModerationDecision, Reply, Report, StatusChange
from geo_reports.reasons import REASONS
from geo_reports.transitions import replied, status_changed
from geo_reports.workflow import Status


@receiver(status_changed)
def queue_mail(sender: type[StatusChange], *, change_id: int, **kwargs: Any) -> None:
    """Queue a message when the reporter left an e-mail address.

    A verb that moves a report by several steps at one moment tells about the last; the answer to an
    objection tells about its steps itself.
    """
    change = StatusChange.objects.select_related("report__part_of").get(pk=change_id)
    same_moment = StatusChange.objects.filter(report=change.report, at=change.at)
    is_told_elsewhere = Appeal.objects.filter(decision__report=change.report, decided_at=change.at).exists()
    is_answer = change.to_status == Status.ANSWERED and change.report.replies.filter(at=change.at).exists()
    if is_told_elsewhere or is_answer or same_moment.order_by("pk").last() != change:
        return
    if _is_mail(contact_of(change.report)):
        tell_reporter.enqueue(change_id)
    if change.to_status != Status.NEEDS_INFO:  # a question is for the person whose report it is
        for member in _members(change.report):
            tell_member.enqueue(change_id, member.pk)


@receiver(replied)
def queue_reply(sender: type[Reply], *, reply_id: int, **kwargs: Any) -> None:
    """Queue the SKPD's answer for the reporter, and for the reporters of all reports merged into it."""
    report = Reply.objects.select_related("report__part_of").get(pk=reply_id).report
    for told in (report, *_members(report)):
        if _is_mail(contact_of(told)):
            tell_reply.enqueue(reply_id, told.pk)


def _members(report: Report) -> list[Report]:
    """The reports in the group that this one heads, whose reporters read mail; none for what only one may read."""
    if report.visibility == Report.Visibility.CONFIDENTIAL:
        return []
    members = report.duplicates.select_related("part_of").order_by("pk")
    return [member for member in members if _is_mail(contact_of(member))]


def contact_of(report: Report) -> str:
    """Whom to write about a report: its reporter, of a part its parent's."""
    return report.part_of.reporter_contact if report.part_of else report.reporter_contact


def queue_outcome(appeal_id: int) -> None:
    """Queue the answer to an objection when the reporter left an e-mail address."""
    contact = Appeal.objects.values_list("decision__report__reporter_contact", flat=True).get(pk=appeal_id)
    if _is_mail(contact):
        tell_outcome.enqueue(appeal_id)


@task()
def tell_reporter(change_id: int) -> None:
    """Write to the reporter about one status change; the link opens the reporter's own view."""
    change = StatusChange.objects.select_related("report__agency", "report__category", "report__part_of").get(
        pk=change_id
    )
    decision = ModerationDecision.objects.filter(change=change).first()
    _write(
        change.report,
        _("Laporan %(code)s: %(status)s") % {"code": change.report.code, "status": change.get_to_status_display()},
        "status",
        {
            "change": change,
            "decision": decision,
            "reason": REASONS.get(decision.reason) if decision else None,
            "question": change.report.questions.filter(at=change.at).last(),
        },
    )


@task()
def tell_member(change_id: int, member_id: int) -> None:
    """Write to the reporter of a merged report what happened to the report that it was merged into."""
    change = StatusChange.objects.select_related("report__agency", "report__category").get(pk=change_id)
    member = Report.objects.select_related("category", "part_of").get(pk=member_id)
    if member.merged_into_id == change.report_id:
        names = {"code": member.code, "status": change.get_to_status_display()}
        _write(member, _("Laporan %(code)s: %(status)s") % names, "member", {"change": change, "head": change.report})


@task()
def tell_reply(reply_id: int, report_id: int) -> None:
    """Write the SKPD's answer to the reporter of the report, or of one merged into it."""
    reply = Reply.objects.select_related("agency", "report").get(pk=reply_id)
    report = Report.objects.select_related("category", "part_of").get(pk=report_id)
    if reply.report_id in {report.pk, report.merged_into_id}:
        names = {"code": report.code, "agency": reply.agency.short_name}
        _write(report, _("Laporan %(code)s: %(agency)s menjawab") % names, "reply", {"reply": reply})


@task()
def tell_outcome(appeal_id: int) -> None:
    """Write to the reporter how an objection was judged."""
    appeal = Appeal.objects.select_related("decision__report__category").get(pk=appeal_id)
    report = appeal.decision.report
    subject = _("Laporan %(code)s: jawaban atas keberatan Anda") % {"code": report.code}
    _write(report, subject, "appeal", {"appeal": appeal})


def _write(report: Report, subject: str, name: str, context: dict[str, Any]) -> None:
    contact = contact_of(report)
    if not _is_mail(contact):
        return
    more = {"report": report, "link": reporter_link(report), "city": City.objects.first()}
    send_mail(
        subject=subject,
        message=render_to_string(f"geo_reports/mail/{name}.txt", context | more),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[contact],
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
