"""Which kinds of personal data retention knows: who still has something of a kind, and how it goes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from geo_reports.models import (
    Appeal,
    ModerationDecision,
    Note,
    Photo,
    Question,
    ReopenRequest,
    Report,
    RetentionRule,
)
from geo_reports.privacy import forgetting
from geo_reports.privacy.forgetting import Gone

What, Visibility = RetentionRule.What, Report.Visibility
UNSEEN: Final = (Visibility.WITHHELD, Visibility.CONFIDENTIAL)


def has(what: RetentionRule.What) -> Q:
    """Whether a report still has something of this kind: what is gone is not found again."""
    mine = {"report": OuterRef("pk")}
    gone = forgetting.removed()
    hides_place = Q(category__is_sensitive=True) | Q(visibility__in=UNSEEN)
    is_exact = ~Q(point__same_as=F("public_point")) | Q(public_point=None) | Q(visibility__in=UNSEEN)
    requests = ReopenRequest.objects.filter(**mine).exclude(Q(text=gone) | forgetting.OTHERS)
    conditions: dict[RetentionRule.What, Q] = {
        What.IDENTITY: ~Q(reporter_name="") | ~Q(reporter_contact=""),
        What.ORIGINALS: ~Q(original_text="")
        | Q(Exists(Photo.objects.filter(**mine).exclude(original_image="")))
        | Q(Exists(ModerationDecision.objects.filter(**mine, kind="redact").exclude(before={}))),
        What.WITHHELD: Q(Exists(Photo.objects.filter(**mine, is_hidden=True).exclude(kind=Photo.Kind.AFTER)))
        | (Q(visibility=Visibility.WITHHELD) & (~Q(text=gone) | ~Q(address=""))),
        What.DIALOGUE: Q(Exists(requests))
        | Q(Exists(Question.objects.filter(**mine).exclude(answer="")))
        | Q(Exists(Appeal.objects.filter(decision__report=OuterRef("pk")).exclude(text=gone)))
        | Q(Exists(Note.objects.filter(**mine).exclude(text=gone))),
        What.PLACE: hides_place
        & (~Q(address="") | ~Q(place_answer="") | Q(accuracy_m__isnull=False) | (Q(point__isnull=False) & is_exact)),
    }
    return conditions[what]


def _forget_withheld(ids: Sequence[int]) -> Gone:
    withheld = list(Report.objects.filter(pk__in=ids, visibility=Visibility.WITHHELD).values_list("pk", flat=True))
    gone = forgetting.forget_words(withheld) + forgetting.forget_originals(withheld)
    return gone + forgetting.forget_hidden_photos(ids)


FORGET: Final[Mapping[RetentionRule.What, Callable[[Sequence[int]], Gone]]] = {
    What.IDENTITY: forgetting.forget_identity,
    What.ORIGINALS: forgetting.forget_originals,
    What.WITHHELD: _forget_withheld,
    What.DIALOGUE: forgetting.forget_dialogue,
    What.PLACE: forgetting.forget_place,
    What.LOOKS: forgetting.forget_looks,
}
