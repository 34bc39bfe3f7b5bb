"""Mail to the city's own people about due dates: a reminder before, an escalation to pimpinan after.

One message for each person, with codes and dates only: what citizens wrote stays behind the sign-in.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from geo_reports.models import City, DeskRole, Nudge, Report
from geo_reports.workers import Worker, worker_of
from geo_reports.workflow import AT_VERIFIER

# A message lists so many reports; the desk shows all of them.
LISTED = 50


@task()
def tell_staff(nudge_ids: list[int]) -> None:
    """Write to everybody whom these nudges concern; people without an e-mail address see them at the desk."""
    nudges = Nudge.objects.filter(pk__in=nudge_ids)
    kinds = set(nudges.values_list("kind", flat=True))
    messages = [
        _message(worker, Nudge.Kind(kind), reports)
        for kind in sorted(kinds)
        for worker, reports in _concerned(Nudge.Kind(kind), list(nudges.filter(kind=kind)))
    ]
    if messages:
        get_connection().send_messages(messages)


def _concerned(kind: Nudge.Kind, nudges: Iterable[Nudge]) -> Iterator[tuple[Worker, list[Report]]]:
    """Who is told of which reports: those who have to act; of an escalation only pimpinan."""
    ids = [nudge.report_id for nudge in nudges]
    for user in User.objects.filter(is_active=True).exclude(email=""):
        worker = worker_of(user)
        if worker is None or (worker.role is DeskRole.LEADER) is not (kind is Nudge.Kind.ESCALATION):
            continue
        reports = worker.reports().filter(pk__in=ids)
        if worker.is_verifier:
            reports = reports.filter(status__in=sorted(AT_VERIFIER))
        found = list(reports.select_related("agency").order_by(F("due_on").asc(nulls_last=True), "pk"))
        if found:
            yield worker, found


def _message(worker: Worker, kind: Nudge.Kind, reports: list[Report]) -> EmailMessage:
    subjects = {
        Nudge.Kind.REMINDER: _("%(n)d laporan mendekati tenggat"),
        Nudge.Kind.ESCALATION: _("%(n)d laporan lewat tenggat"),
    }
    body = render_to_string(
        f"geo_reports/mail/{kind.value}.txt",
        {
            "reports": reports[:LISTED],
            "more": max(len(reports) - LISTED, 0),
            "city": City.objects.first(),
            "site": settings.SITE_URL,
        },
    )
    return EmailMessage(subjects[kind] % {"n": len(reports)}, body, settings.DEFAULT_FROM_EMAIL, [worker.user.email])
