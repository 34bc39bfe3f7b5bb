"""What the public may see of a report: the only writer of visibility, always with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation

from geo_reports.locks import locked
from geo_reports.models import ModerationDecision, Photo, Report
from geo_reports.photos import storing
from geo_reports.photos.masking import Mask
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


@storing.all_or_nothing()
def mask_photo(photo_id: int, masks: Sequence[Mask], *, actor: User, at: datetime | None = None) -> Photo:
    """Cover these regions of a photo and no others; the fresh row. What was covered before is kept for undoing.

    Raises ValueError with a sentence for people when there is no region or there are too many,
    Photo.DoesNotExist, and FileNotFoundError when the picture is lost.
    """
    photo = _held(photo_id)
    before = {"masks": photo.masks}
    photo = storing.mask(photo_id, masks)
    ModerationDecision.objects.create(
        report_id=photo.report_id,
        kind=ModerationDecision.Kind.MASK,
        actor=actor,
        at=at or timezone.now(),
        before=before,
        photo=photo,
    )
    return photo


@storing.all_or_nothing()
def unmask_photo(photo_id: int, *, actor: User, at: datetime | None = None) -> Photo:
    """Show a photo as it came in: undoes every decision to mask it; the fresh row. Raises Photo.DoesNotExist."""
    photo = storing.unmask(_held(photo_id).pk)
    photo.decisions.filter(kind=ModerationDecision.Kind.MASK, undone_at=None).update(
        undone_at=at or timezone.now(), undone_by=actor
    )
    return photo


def _held(photo_id: int) -> Photo:
    """The photo, its report locked."""
    report_id = Photo.objects.values_list("report_id", flat=True).get(pk=photo_id)
    locked(report_id)
    return Photo.objects.get(pk=photo_id)
