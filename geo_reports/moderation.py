"""What the public may see of a report: the only writer of visibility, always with a reason."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation

from geo_reports.models import Report
from geo_reports.transitions import change_status
from geo_reports.workflow import Role, Status


@transaction.atomic
def publish(report_id: int, *, actor: User) -> Report:
    """Show text, photos and name, and pass a waiting report on to its SKPD.

    A report that no rule could assign stays "verified" until a person names the SKPD.
    """
    report = Report.objects.select_for_update().get(pk=report_id)
    report.visibility, report.withheld_reason = Report.Visibility.PUBLISHED, ""
    report.save(update_fields=["visibility", "withheld_reason"])
    if report.status == Status.WITHHELD:
        report = change_status(report_id, Status.WAITING, role=Role.VERIFIER, actor=actor)
    if report.status == Status.WAITING:
        to = Status.FORWARDED if report.agency_id else Status.VERIFIED
        report = change_status(report_id, to, role=Role.VERIFIER, actor=actor)
    return report


@transaction.atomic
def withhold(report_id: int, reason: Report.WithheldReason, *, actor: User, note: str = "") -> Report:
    """Take a report off the public pages; the reporter reads the reason and may send again.

    Raises transitions.NotAllowed when the report's status has no way to "withheld".
    """
    with translation.override(settings.LANGUAGE_CODE):  # kept for others, whatever language the moderator reads
        label = str(reason.label)
    change_status(report_id, Status.WITHHELD, role=Role.VERIFIER, actor=actor, note=note or label)
    report = Report.objects.select_for_update().get(pk=report_id)
    report.visibility, report.withheld_reason = Report.Visibility.WITHHELD, reason
    report.save(update_fields=["visibility", "withheld_reason"])
    return report
