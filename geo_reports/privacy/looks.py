"""Looks of the desk at personal data of reporters: each is permitted and written down, or does not happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from geo_reports.models import PersonalDataLook, Report
from geo_reports.workers import Worker

# A page shows all originals of a report at once, and again after each change: that is one look.
SAME_PHOTO_LOOK: Final = timedelta(hours=1)
What = PersonalDataLook.What


class NotPermitted(Exception):
    """This person may not see it; nothing was shown."""


def may_look(worker: Worker, report: Report) -> bool:
    """Whether `worker` may see personal data of this report's reporter.

    Verifikator and administrators, and none of them for a report about the own SKPD: that is from
    whom a reporter has to be protected.
    """
    return worker.may_moderate(report)


@transaction.atomic
def look(worker: Worker, report: Report, what: PersonalDataLook.What, *, reason: str = "") -> PersonalDataLook:
    """Check that `worker` may look at this personal data, and append it to the audit log.

    Call before showing anything. Looks of one person at the original photos of one report within
    an hour are one line. Raises NotPermitted for everybody who may not.
    """
    if not may_look(worker, report):
        raise NotPermitted
    now = timezone.now()
    if what == What.ORIGINAL_PHOTO:
        recent = PersonalDataLook.objects.filter(
            report=report, user=worker.user, what=what, at__gt=now - SAME_PHOTO_LOOK
        ).first()
        if recent is not None:
            return recent
    return PersonalDataLook.objects.create(
        report=report,
        user=worker.user,
        username=worker.user.username,
        role=worker.role,
        what=what,
        reason=reason,
        at=now,
    )


@contextmanager
def open_log() -> Iterator[None]:
    """Let the lines of the log be changed or deleted; for retention and erasing only, inside a transaction.

    When the block fails, the transaction does, and the switch with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('geo_reports.forgetting', 'on', true)")
        yield
        cursor.execute("SELECT set_config('geo_reports.forgetting', '', true)")
