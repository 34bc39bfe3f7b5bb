"""The only writer of a report's status and of the clocks that hang on it.

Each verb locks the row, asks the table in `workflow`, appends to the history and returns the
fresh row. Who is told about it is `notify`'s matter: it listens to `status_changed`.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.models import Assignment, Reply, Report, StatusChange
from geo_reports.workflow import CLOSED, COMPLETED, RESPONDED, Role, Status, is_allowed

# Sent after commit, with `change_id`.
status_changed = Signal()


class NotAllowed(Exception):
    """The table has no such move for this role; `str()` is a sentence for people."""


def open_history(report: Report, *, at: datetime) -> StatusChange:
    """Append the first entry of a report that was just inserted. Call inside that transaction."""
    return _append(report, from_status="", role=Role.REPORTER, at=at)


@transaction.atomic
def change_status(
    report_id: int, to: Status, *, role: Role, actor: User | None = None, note: str = "", at: datetime | None = None
) -> Report:
    """Move a report to `to` and return the fresh row.

    `note` is public. An officer's move stops the clocks of the current assignment spell.
    Raises NotAllowed when the table has no such move, Report.DoesNotExist for an unknown report.
    """
    report = Report.objects.select_for_update().get(pk=report_id)
    _require_allowed(report, to, role)
    return _move(report, to, role=role, actor=actor, note=note, at=at or timezone.now())


@transaction.atomic
def answer(report_id: int, text: str, *, actor: User | None = None, at: datetime | None = None) -> Report:
    """Publish the responsible agency's answer; the status becomes "answered" unless it already is.

    Raises NotAllowed when the report is not in an SKPD's hands.
    """
    at = at or timezone.now()
    report = Report.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report_id)
    agency = report.agency
    if agency is None:
        raise NotAllowed(_("Laporan ini belum mempunyai SKPD."))
    if report.status != Status.ANSWERED:
        _require_allowed(report, Status.ANSWERED, Role.OFFICER)
        report = _move(report, Status.ANSWERED, role=Role.OFFICER, actor=actor, note="", at=at)
    Reply.objects.create(report=report, agency=agency, author=actor, text=text, at=at)
    return report


def _require_allowed(report: Report, to: Status, role: Role) -> None:
    current = Status(report.status)
    if not is_allowed(current, to, role):
        raise NotAllowed(
            _("Laporan berstatus “%(current)s” tidak dapat diubah menjadi “%(to)s” oleh %(role)s.")
            % {"current": current.label, "to": to.label, "role": role.label}
        )
    if role is Role.OFFICER and report.forwarded_at is None:
        raise NotAllowed(_("Laporan ini belum diteruskan kepada SKPD."))


def _move(report: Report, to: Status, *, role: Role, actor: User | None, note: str, at: datetime) -> Report:
    before, report.status = report.status, to
    if to is Status.FORWARDED and report.forwarded_at is None:
        report.forwarded_at = at
    report.closed_at = at if to in CLOSED else None
    report.save(update_fields=["status", "forwarded_at", "closed_at"])
    if role is Role.OFFICER:
        _stop_clocks(report, to, at)
    _append(report, from_status=before, role=role, at=at, actor=actor, note=note)
    return report


def _stop_clocks(report: Report, to: Status, at: datetime) -> None:
    """The first response and the first completion of a spell count; later ones change nothing."""
    spell = report.assignments.filter(ended_at=None)
    if to in RESPONDED:
        spell.filter(responded_at=None).update(responded_at=at)
    if to in COMPLETED:
        spell.filter(completed_at=None).update(completed_at=at)


def _append(
    report: Report, *, from_status: str, role: Role, at: datetime, actor: User | None = None, note: str = ""
) -> StatusChange:
    change = StatusChange.objects.create(
        report=report,
        assignment=Assignment.objects.filter(report=report, ended_at=None).first(),
        from_status=from_status,
        to_status=report.status,
        at=at,
        role=role,
        actor=actor,
        note=note,
    )
    transaction.on_commit(lambda: status_changed.send(StatusChange, change_id=change.pk))
    return change
