"""Which parts of a photo are covered. The files are written by `photos.storing`, the decision here."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from geo_reports.models import ModerationDecision, Photo
from geo_reports.moderation.deciding import held
from geo_reports.photos import storing
from geo_reports.photos.masking import Mask


@storing.all_or_nothing()
def mask_photo(photo_id: int, masks: Sequence[Mask], *, actor: User, at: datetime | None = None) -> Photo:
    """Cover these regions of a photo and no others; the fresh row. What was covered before is kept for undoing.

    Raises ValueError with a sentence for people when there is no region or there are too many, NotYours,
    Photo.DoesNotExist, and FileNotFoundError when the picture is lost.
    """
    photo = _held(photo_id, actor)
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
    """Show a photo as it came in: undoes every decision to mask it; the fresh row.

    Raises NotYours and Photo.DoesNotExist.
    """
    photo = storing.unmask(_held(photo_id, actor).pk)
    photo.decisions.filter(kind=ModerationDecision.Kind.MASK, undone_at=None).update(
        undone_at=at or timezone.now(), undone_by=actor
    )
    return photo


def _held(photo_id: int, actor: User) -> Photo:
    """The photo, its report locked."""
    report_id = Photo.objects.values_list("report_id", flat=True).get(pk=photo_id)
    held(report_id, actor)
    return Photo.objects.get(pk=photo_id)
