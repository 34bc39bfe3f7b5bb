"""The honest ends: claimed fixed, confirmed fixed, not the city's to do, not to be done."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from geo_reports import transitions
from geo_reports.models import Photo, Report
from geo_reports.photos.cleaning import CleanPhoto
from geo_reports.photos.storing import all_or_nothing, store
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import Role, Status


@all_or_nothing()
def finish(
    report_id: int,
    *,
    actor: User,
    photo: CleanPhoto | None = None,
    no_photo_reason: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Report:
    """The SKPD says that the problem is fixed, and shows it or says why it cannot.

    Raises NotAllowed when the table has no such move, or there is neither a photo nor a reason why not.
    """
    report = transitions.complete(
        report_id, has_photo=photo is not None, no_photo_reason=no_photo_reason, actor=actor, note=note, at=at
    )
    if photo is not None:
        store(report, photo, kind=Photo.Kind.AFTER)
    return report


def confirm(report_id: int, *, at: datetime | None = None) -> Report:
    """The reporter says that it is fixed indeed. Raises NotAllowed unless it was claimed."""
    return change_status(report_id, Status.CONFIRMED, role=Role.REPORTER, at=at)


def not_ours(report_id: int, *, owner: str, text: str, role: Role, actor: User, at: datetime | None = None) -> Report:
    """Close what is not the city's to do, naming whose it is. Raises NotAllowed without owner or text."""
    return transitions.disown(report_id, owner=owner, note=text, role=role, actor=actor, at=at)


def decline(report_id: int, text: str, *, actor: User, at: datetime | None = None) -> Report:
    """The SKPD says in public that it will not do it, and why. Raises NotAllowed without a text."""
    if not text.strip():
        raise NotAllowed(_("Tulis penjelasan untuk warga: mengapa tidak dikerjakan."))
    return change_status(report_id, Status.DECLINED, role=Role.OFFICER, actor=actor, note=text, at=at)
