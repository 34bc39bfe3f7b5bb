"""Who works on it: the SKPD hands it over or gives it back, and somebody there handles it."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from geo_reports import routing
from geo_reports.locks import locked
from geo_reports.models import Agency, Note, Report
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workers import name_of, worker_of
from geo_reports.workflow import AT_AGENCY, Role, Status

FORWARDED_ANEW = AT_AGENCY - {Status.FORWARDED} | {Status.VERIFIED, Status.REOPENED}


@transaction.atomic
def hand_over(
    report_id: int, agency: Agency, *, role: Role, reason: str, actor: User | None, at: datetime | None = None
) -> Report:
    """Give a report to another SKPD: one spell ends, the next begins, and the work starts anew.

    A checked report that waited for the verifikator to name an SKPD is forwarded with that; one that
    is still to be checked, waits for the reporter or is closed keeps its status. Raises NotAllowed
    for the SKPD that has it already, and for an officer whose report is not in an SKPD's hands.
    """
    report = locked(report_id)
    at = at or timezone.now()
    if report.agency_id == agency.pk:
        raise NotAllowed(_("%(agency)s sudah menangani laporan ini.") % {"agency": agency})
    if role is Role.OFFICER and report.status not in AT_AGENCY:
        raise NotAllowed(_("Laporan ini sedang tidak di tangan SKPD."))
    report = routing.hand_over(report_id, agency, reason=reason, actor=actor, at=at)
    if report.status in FORWARDED_ANEW:
        report = change_status(report_id, Status.FORWARDED, role=role, actor=actor, at=at)
    return report


@transaction.atomic
def give_back(report_id: int, *, reason: str, actor: User, at: datetime | None = None) -> Report:
    """An SKPD returns a report to the verifikator, who names another one. `reason` is public.

    Raises NotAllowed when the report is not in an SKPD's hands.
    """
    locked(report_id)
    at = at or timezone.now()
    report = change_status(report_id, Status.VERIFIED, role=Role.OFFICER, actor=actor, note=reason, at=at)
    routing.give_back(report.pk, at=at)
    return Report.objects.get(pk=report_id)


@transaction.atomic
def assign_handler(report_id: int, handler: User | None, *, actor: User, at: datetime | None = None) -> Report:
    """Name the person who handles a report, or nobody; the desk's notes keep who was named.

    Raises NotAllowed for somebody who could not open the report, and Report.DoesNotExist.
    """
    report = locked(report_id)
    if handler is not None and not can_handle(handler, report):
        raise NotAllowed(_("%(person)s tidak dapat membuka laporan ini.") % {"person": name_of(handler)})
    if report.handler_id == (handler.pk if handler else None):
        return report
    report.handler = handler
    report.save(update_fields=["handler"])
    with translation.override(settings.LANGUAGE_CODE):  # kept for others, whatever language this person reads
        text = _("Ditugaskan kepada %(person)s.") % {"person": name_of(handler)} if handler else _("Tanpa petugas.")
    Note.objects.create(report=report, author=actor, text=text, at=at or timezone.now())
    return report


def can_handle(person: User, report: Report) -> bool:
    """Whether this person works at the desk, may act, and may open the report."""
    worker = worker_of(person)
    return worker is not None and worker.acts_as is not None and worker.reports().filter(pk=report.pk).exists()
