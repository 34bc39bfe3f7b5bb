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

from geo_reports.models import City, Report, StatusChange
from geo_reports.transitions import status_changed


@receiver(status_changed)
def queue_mail(sender: type[StatusChange], *, change_id: int, **kwargs: Any) -> None:
    """Queue a message when the reporter left an e-mail address."""
    contact = StatusChange.objects.values_list("report__reporter_contact", flat=True).get(pk=change_id)
    if _is_mail(contact):
        tell_reporter.enqueue(change_id)


@task()
def tell_reporter(change_id: int) -> None:
    """Write to the reporter about one status change; the link opens the reporter's own view."""
    change = StatusChange.objects.select_related("report__agency", "report__category").get(pk=change_id)
    report = change.report
    if not _is_mail(report.reporter_contact):
        return
    send_mail(
        subject=_("Laporan %(code)s: %(status)s") % {"code": report.code, "status": change.get_to_status_display()},
        message=render_to_string(
            "geo_reports/mail/status.txt",
            {"report": report, "change": change, "link": reporter_link(report), "city": City.objects.first()},
        ),
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
