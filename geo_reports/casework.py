"""What the desk does to a case when it takes more than one writer: hand it over, give it back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports import routing
from geo_reports.locks import locked
from geo_reports.models import Agency, Report
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import AT_AGENCY, Role, Status


@transaction.atomic
def hand_over(
    report_id: int, agency: Agency, *, role: Role, reason: str, actor: User | None, at: datetime | None = None
) -> Report:
    """Give a report to another SKPD: one spell ends, the next begins, and the work starts anew.

    A report that no SKPD had yet taken up keeps its status. Raises NotAllowed for the SKPD that has it
    already, and for an officer whose report is not in an SKPD's hands.
    """
    at = at or timezone.now()
    report = locked(report_id)
    if report.agency_id == agency.pk:
        raise NotAllowed(_("%(agency)s sudah menangani laporan ini.") % {"agency": agency})
    if role is Role.OFFICER and report.status not in AT_AGENCY:
        raise NotAllowed(_("Laporan ini sedang tidak di tangan SKPD."))
    report = routing.hand_over(report_id, agency, reason=reason, actor=actor, at=at)
    if report.status in AT_AGENCY - {Status.FORWARDED}:
        report = change_status(report_id, Status.FORWARDED, role=role, actor=actor, at=at)
    return report


@transaction.atomic
def give_back(report_id: int, *, reason: str, actor: User, at: datetime | None = None) -> Report:
    """An SKPD returns a report to the verifikator, who names another one. `reason` is public.

    Raises NotAllowed when the report is not in an SKPD's hands.
    """
    at = at or timezone.now()
    report = change_status(report_id, Status.VERIFIED, role=Role.OFFICER, actor=actor, note=reason, at=at)
    routing.give_back(report.pk, at=at)
    return Report.objects.get(pk=report_id)
