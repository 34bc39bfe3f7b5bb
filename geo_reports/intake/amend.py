"""The reporter changes a report that nobody has passed on yet, or one that was not shown, and sends it again."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports import moderation, routing
from geo_reports.intake.submit import Refused, Submission, cleaned, placed, text_errors
from geo_reports.intake.texts import tidy, tidy_line
from geo_reports.locks import locked
from geo_reports.models import Photo, Report
from geo_reports.photos.cleaning import MAX_PHOTOS, CleanPhoto
from geo_reports.photos.storing import all_or_nothing, remove, store
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Status


@dataclass(frozen=True)
class Amendment:
    """The report as its reporter wants it now. Without `point` (EPSG:4326) and kelurahan the place stays."""

    text: str
    address: str = ""
    point: Point | None = None
    kelurahan_code: str = ""
    removed: Collection[uuid.UUID] = ()
    photos: Sequence[UploadedFile[bytes]] = ()


def may_amend(report: Report) -> bool:
    """Whether the reporter may change it: while it waits unpublished, or was withheld and no objection waits."""
    if report.status == Status.WITHHELD:
        return moderation.pending_appeal(report) is None
    return report.status == Status.WAITING and not report.is_published


def removable(report: Report) -> QuerySet[Photo]:
    """The photos that the reporter sent with the report."""
    return report.photos.filter(kind=Photo.Kind.BEFORE, is_hidden=False)


@all_or_nothing()
def amend(report_id: int, amendment: Amendment, *, at: datetime | None = None) -> Report:
    """Change the report under the same checks as a new one, and let a person read it again; the fresh row.

    The caller knows that it is the reporter. Raises Refused with every reason at once, or when nothing
    was changed; NotAllowed when it is too late; Report.DoesNotExist. Nothing is written then.
    """
    report = locked(report_id)
    at = at or timezone.now()
    if not may_amend(report):
        raise NotAllowed(_("Laporan ini sudah diproses, maka tidak dapat diubah lagi."))
    gone = list(removable(report).filter(uid__in=amendment.removed))
    placement, photos = _checked(report, amendment, room=MAX_PHOTOS - removable(report).count() + len(gone))
    changes = _new_words(report, amendment)
    if not (changes or placement or photos or gone):
        raise Refused({"": _("Belum ada yang diubah. Perbaiki dulu bagian yang disebut di atas, lalu kirim lagi.")})
    Report.objects.filter(pk=report_id).update(amended_at=at, **changes)
    if placement or "address" in changes:
        routing.correct(report_id, placement=placement, street=changes.get("address"), at=at)
    for photo in gone:
        remove(photo.pk)
    for clean in photos:
        store(report, clean)
    return moderation.await_check(report_id, at=at)


def _checked(report: Report, amendment: Amendment, *, room: int) -> tuple[routing.Placement | None, list[CleanPhoto]]:
    """The new place, if any, and the new photos. Raises Refused."""
    submission = Submission(
        submission_id=report.submission_id,
        category=report.category,
        text=amendment.text,
        point=amendment.point,
        kelurahan_code=amendment.kelurahan_code,
        photos=amendment.photos,
    )
    errors = text_errors(submission)
    photos = cleaned(submission, errors, room=room)
    is_moved = amendment.point is not None or amendment.kelurahan_code
    placement = placed(submission, errors) if is_moved else None
    if errors:
        raise Refused(errors)
    return placement, photos


def _new_words(report: Report, amendment: Amendment) -> dict[str, str]:
    """The fields that change. Words that stay as they were sent stay covered where they are."""
    words, changes = moderation.words_of(report), dict[str, str]()
    text, address = tidy(amendment.text), tidy_line(amendment.address)
    if text != words.text.source:
        changes |= {"text": text, "original_text": ""}
    if address != words.address.source:
        changes |= {"address": address}
    return changes
