"""Taking away one kind of personal data from many reports at once. What hangs on each kind is said here only.

Every verb takes report ids whose rows the caller holds, runs inside the caller's
`storing.all_or_nothing`, and finds nothing to do the second time. Files go after the commit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from geo_reports.models import (
    Appeal,
    ModerationDecision,
    Note,
    PersonalDataLook,
    Photo,
    Question,
    ReopenRequest,
    Report,
    StatusChange,
)
from geo_reports.photos import storing
from geo_reports.privacy.looks import open_log
from geo_reports.workflow import Role

Ids = Sequence[int]
# Reopening is open to everybody: while it is undecided, text and photo are somebody else's.
OTHERS: Final = Q(outcome=ReopenRequest.Outcome.PENDING)


@dataclass(frozen=True)
class Gone:
    """How much was taken away: values of rows, and photos or originals of photos."""

    values: int = 0
    photos: int = 0

    def __add__(self, other: "Gone") -> "Gone":
        return Gone(self.values + other.values, self.photos + other.photos)


def forget_identity(ids: Ids) -> Gone:
    """Name and contact; who has no name is anonymous."""
    named = Report.objects.filter(pk__in=ids).exclude(reporter_name="", reporter_contact="")
    return Gone(named.update(reporter_name="", reporter_contact="", is_anonymous=True, version=F("version") + 1))


def forget_originals(ids: Ids) -> Gone:
    """What was covered: the words before redaction, also where undoing would need them, and pixels under masks."""
    values = Report.objects.filter(pk__in=ids).exclude(original_text="").update(original_text="")
    redactions = ModerationDecision.objects.filter(report__in=ids, kind=ModerationDecision.Kind.REDACT)
    values += redactions.exclude(before={}).update(before={})
    return Gone(values, _each(Photo.objects.filter(report__in=ids).exclude(original_image=""), storing.forget_original))


def forget_dialogue(ids: Ids) -> Gone:
    """What the reporter wrote after the report itself, and what the desk noted for itself."""
    gone = removed()
    values = Question.objects.filter(report__in=ids).exclude(answer="").update(answer="")
    values += Appeal.objects.filter(decision__report__in=ids).exclude(text=gone).update(text=gone)
    values += Note.objects.filter(report__in=ids).exclude(text=gone).update(text=gone)
    values += ReopenRequest.objects.filter(report__in=ids).exclude(OTHERS | Q(text=gone)).update(text=gone)
    return Gone(values)


def forget_own_steps(ids: Ids) -> Gone:
    """What the reporter wrote into the public history. Only for who asks: it is no secret."""
    steps = StatusChange.objects.filter(report__in=ids, role=Role.REPORTER).exclude(note="")
    return Gone(steps.update(note=""))


# A place that nobody saw goes altogether; one that was shown blurred stays as it was shown. The road
# or the asset that decided is a place too, so the trace goes with it.
PLACE: Final = """
UPDATE geo_reports_report report
SET point = CASE WHEN report.visibility IN ('pending', 'published') THEN report.public_point END,
    public_point = CASE WHEN report.visibility IN ('pending', 'published') THEN report.public_point END,
    placement = CASE
        WHEN report.visibility IN ('pending', 'published') THEN report.placement
        WHEN report.kelurahan_id IS NULL THEN 'none' ELSE 'chosen' END,
    address = '', accuracy_m = NULL, place_answer = '', version = report.version + 1,
    undecided = CASE WHEN report.undecided IS NULL THEN NULL ELSE jsonb_set(report.undecided, '{trace}', '[]') END
FROM geo_reports_category category
WHERE report.id = ANY(%(ids)s) AND category.slug = report.category_id
    AND (category.is_sensitive OR report.visibility IN ('withheld', 'confidential'))
    AND (
        report.address <> '' OR report.accuracy_m IS NOT NULL OR report.place_answer <> ''
        OR (report.point IS NOT NULL AND (
            report.visibility IN ('withheld', 'confidential')
            OR report.point::bytea IS DISTINCT FROM report.public_point::bytea
        ))
    )
RETURNING report.id
"""
TRACES: Final = """
UPDATE geo_reports_assignment SET trace = '[]', reason = %(reason)s
WHERE report_id = ANY(%(ids)s) AND trace <> '[]'
"""


def forget_place(ids: Ids) -> Gone:
    """The exact place of reports whose place is not public: of sensitive categories, withheld, confidential."""
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("dasar penentuan dihapus bersama titik yang tepat")
    with connection.cursor() as cursor:
        cursor.execute(PLACE, {"ids": list(ids)})
        changed = [row[0] for row in cursor.fetchall()]
        cursor.execute(TRACES, {"ids": changed, "reason": reason})
    return Gone(len(changed))


def forget_words(ids: Ids) -> Gone:
    """The report's own text, address and photos of the problem. Photos of the repair are the SKPD's."""
    gone = removed()
    values = Report.objects.filter(pk__in=ids).exclude(text=gone).update(text=gone, version=F("version") + 1)
    values += Report.objects.filter(pk__in=ids).exclude(address="").update(address="")
    return Gone(values, _each(_photos_of_reporters(ids), storing.remove))


def forget_hidden_photos(ids: Ids) -> Gone:
    """Photos of the problem that were never for the public."""
    return Gone(photos=_each(_photos_of_reporters(ids).filter(is_hidden=True), storing.remove))


def forget_looks(look_ids: Ids) -> Gone:
    """Lines of the log of looks; the only place that may."""
    with open_log():
        count, _each_model = PersonalDataLook.objects.filter(pk__in=look_ids).delete()
    return Gone(count)


def removed() -> str:
    """What stands where a text was; stored, therefore in the city's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("[dihapus]")


def _photos_of_reporters(ids: Ids) -> QuerySet[Photo]:
    others = ReopenRequest.objects.filter(OTHERS, report__in=ids, photo__isnull=False).values("photo")
    return Photo.objects.filter(report__in=ids).exclude(kind=Photo.Kind.AFTER).exclude(pk__in=others)


def _each(photos: QuerySet[Photo], forget: Callable[[int], object]) -> int:
    keys = list(photos.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        forget(key)
    return len(keys)
