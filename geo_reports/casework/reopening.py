"""A closed problem that is still there: the reporter says so, or anybody with a new photo.

New photos are hidden until a verifikator has looked at them; texts are read by the desk only.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.locks import locked
from geo_reports.models import Photo, ReopenRequest, Report
from geo_reports.photos import storing
from geo_reports.photos.cleaning import CleanPhoto
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import Role, Status, is_allowed

MOST_PENDING = 5  # per report: one look of the verifikator answers them all


@storing.all_or_nothing()
def dispute(report_id: int, text: str, *, photo: CleanPhoto | None = None, at: datetime | None = None) -> Report:
    """The reporter says that it is not fixed: back to the verifikator, with what was said.

    Raises NotAllowed when the report is not closed, or nothing is said.
    """
    locked(report_id)
    at = at or timezone.now()
    if not text.strip():
        raise NotAllowed(_("Tulis apa yang belum beres."))
    report = change_status(report_id, Status.REOPENED, role=Role.REPORTER, at=at)
    ReopenRequest.objects.create(
        report=report,
        photo=_kept(report, photo),
        text=text,
        at=at,
        outcome=ReopenRequest.Outcome.ACCEPTED,
        decided_at=at,
    )
    return report


@storing.all_or_nothing()
def request_reopening(report_id: int, text: str, *, photo: CleanPhoto, at: datetime | None = None) -> ReopenRequest:
    """Anybody says, with a new photo, that a closed problem is still there; a verifikator decides.

    Raises NotAllowed when the report is not published or not closed, nothing is said, or several
    such requests wait already.
    """
    report = locked(report_id)
    if not may_be_reopened(report):
        raise NotAllowed(_("Laporan ini tidak dapat dibuka kembali."))
    if not text.strip():
        raise NotAllowed(_("Tulis apa yang belum beres."))
    if report.reopen_requests.filter(outcome=ReopenRequest.Outcome.PENDING).count() >= MOST_PENDING:
        raise NotAllowed(_("Beberapa warga sudah meminta hal yang sama; verifikator akan memeriksanya."))
    return ReopenRequest.objects.create(report=report, photo=_kept(report, photo), text=text, at=at or timezone.now())


@storing.all_or_nothing()
def accept_reopening(request_id: int, *, actor: User, at: datetime | None = None) -> Report:
    """Open the report again and show the new photo.

    A report that was opened meanwhile stays as it is. Raises NotAllowed when the request is decided
    already, or the status has no way to "reopened".
    """
    request, report = _pending(request_id)
    at = at or timezone.now()
    if is_allowed(Status(report.status), Status.REOPENED, Role.VERIFIER):
        report = change_status(report.pk, Status.REOPENED, role=Role.VERIFIER, actor=actor, at=at)
    elif report.closed_at is not None:
        raise NotAllowed(_("Laporan berstatus “%(status)s” tidak dapat dibuka kembali.") % _named(report))
    if request.photo_id:
        storing.show(request.photo_id)
    _decide(request, ReopenRequest.Outcome.ACCEPTED, actor, at)
    return report


@storing.all_or_nothing()
def decline_reopening(request_id: int, note: str, *, actor: User, at: datetime | None = None) -> Report:
    """Leave the report closed; `note` is public, the photo stays hidden.

    Raises NotAllowed when the request is decided already, or nothing is explained.
    """
    request, report = _pending(request_id)
    if not note.strip():
        raise NotAllowed(_("Tulis penjelasan: mengapa laporan ini tidak dibuka kembali."))
    request.note = note
    _decide(request, ReopenRequest.Outcome.DECLINED, actor, at or timezone.now())
    return report


def may_be_reopened(report: Report) -> bool:
    """Whether the public may say that it is still there: it is shown, closed, and has an end of its own."""
    has_own_end = not report.is_open and report.status != Status.MERGED
    return report.is_published and has_own_end and is_allowed(Status(report.status), Status.REOPENED, Role.VERIFIER)


def _kept(report: Report, photo: CleanPhoto | None) -> Photo | None:
    return storing.store(report, photo, kind=Photo.Kind.STILL, is_hidden=True) if photo else None


def _pending(request_id: int) -> tuple[ReopenRequest, Report]:
    """The request and its report, held. Raises NotAllowed when somebody has decided."""
    report = locked(ReopenRequest.objects.values_list("report", flat=True).get(pk=request_id))
    request = ReopenRequest.objects.get(pk=request_id)
    if request.outcome != ReopenRequest.Outcome.PENDING:
        raise NotAllowed(_("Permintaan ini sudah diputuskan."))
    return request, report


def _decide(request: ReopenRequest, outcome: ReopenRequest.Outcome, actor: User, at: datetime) -> None:
    request.outcome, request.decided_by, request.decided_at = outcome, actor, at
    request.save(update_fields=["outcome", "decided_by", "decided_at", "note"])


def _named(report: Report) -> dict[str, str]:
    return {"status": str(Status(report.status).label)}
