"""A reporter's own data on demand: corrected, or erased while the problem itself stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.functions import RandomUUID
from django.db.models import Q
from django.utils import timezone

from geo_reports import moderation
from geo_reports.locks import locked
from geo_reports.models import DataRequest, Report
from geo_reports.photos import storing
from geo_reports.privacy import forgetting
from geo_reports.privacy.scrubbing import scrub


@dataclass(frozen=True)
class Wishes:
    """What a reporter may change: who they are, how to reach them, and who may know."""

    name: str
    contact: str
    is_anonymous: bool
    wants_confidential: bool


def may_show_name(report: Report, name: str) -> bool:
    """Whether the public may be shown this name now: on a published report only the one that it shows already.

    A verifikator checks names together with the report, before it is published; later nobody would.
    """
    return not report.is_published or (not report.is_anonymous and name == report.reporter_name)


@storing.all_or_nothing()
def correct(report_id: int, wishes: Wishes) -> Report:
    """Write what the reporter wants to be known by; the fresh row.

    Confidential from now on: out of everything public at once. Not confidential any more: a
    verifikator publishes it, nobody else. Raises Report.DoesNotExist.
    """
    report = locked(report_id)
    is_hidden = wishes.is_anonymous or not wishes.name or not may_show_name(report, wishes.name)
    Report.objects.filter(pk=report_id).update(
        reporter_name=wishes.name,
        reporter_contact=wishes.contact,
        is_anonymous=is_hidden,
        wants_confidential=wishes.wants_confidential,
    )
    DataRequest.objects.create(report=report, what=DataRequest.What.CORRECT, at=timezone.now())
    if wishes.wants_confidential:
        _keep_from_public(report)
    return Report.objects.get(pk=report_id)


def _keep_from_public(report: Report) -> None:
    """The report and the parts that were split off it: they have its place and its photos."""
    Report.objects.filter(part_of=report).update(wants_confidential=True)
    for member in _family(report):
        if member.visibility in {Report.Visibility.PENDING, Report.Visibility.PUBLISHED}:
            moderation.await_check(member.pk, at=timezone.now())


def _family(report: Report) -> list[Report]:
    """The report with the parts that were split off it, locked."""
    rows = Report.objects.select_for_update(no_key=True)
    return list(rows.filter(Q(pk=report.pk) | Q(part_of=report)).order_by("pk"))


@storing.all_or_nothing()
def erase(report_ids: Sequence[int], *, with_words: bool) -> None:
    """Erase everything about the reporter of these reports, for good; all or nothing.

    Name, contact, exact place, originals, answers, objections, internal notes and hidden photos go;
    so do text and photos that were not public, or all of them `with_words`. Names and contacts in
    texts of the desk are covered. Category, kelurahan, the place as it was shown, status and history
    stay. Old links die. Raises Report.DoesNotExist.
    """
    for report_id in sorted(report_ids):
        _erase(locked(report_id), with_words=with_words)


def _erase(report: Report, *, with_words: bool) -> None:
    # A part that was split off has the place and the photos of its parent, and nothing else of the reporter.
    family = _family(report)
    ids = [member.pk for member in family]
    secrets = [words for member in family for words in (member.reporter_name, member.reporter_contact)]
    hidden = [member.pk for member in family if with_words or not member.is_published]
    forgetting.forget_place(ids)
    forgetting.forget_words(hidden)
    forgetting.forget_originals(ids)
    forgetting.forget_hidden_photos(ids)
    forgetting.forget_dialogue(ids)
    forgetting.forget_own_steps(ids)
    forgetting.forget_identity(ids)
    scrub(ids, secrets)
    # A phone that sends its draft once more must not be handed the new secret.
    Report.objects.filter(pk__in=ids).update(secret=RandomUUID(), submission_id=RandomUUID())
    DataRequest.objects.create(report=report, what=DataRequest.What.ERASE, at=timezone.now())
