"""Personal data of reporters: every look at it goes through here and is written down."""

from django.db import transaction
from django.utils import timezone

from geo_reports.models import PersonalDataLook, Report
from geo_reports.workers import Worker


class NotPermitted(Exception):
    """This person may not see it; nothing was shown."""


@transaction.atomic
def look(worker: Worker, report: Report, what: PersonalDataLook.What, *, reason: str = "") -> PersonalDataLook:
    """Check that `worker` may look at this personal data, and append it to the audit log.

    Call before showing anything. Raises NotPermitted for everybody but verifikator and administrators.
    """
    if not worker.is_verifier:
        raise NotPermitted
    return PersonalDataLook.objects.create(
        report=report, user=worker.user, username=worker.user.username, what=what, reason=reason, at=timezone.now()
    )
