"""Duplicates become one group with one answer, and apart again."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.locks import group_overtaken, locked
from geo_reports.models import Report
from geo_reports.transitions import NotAllowed, last_step, merge_into, take_back
from geo_reports.workflow import Status


@transaction.atomic
def merge(primary_id: int, report_ids: Collection[int], *, actor: User, at: datetime | None = None) -> Report:
    """Merge reports, each with the group that it heads, into the group of `primary_id`; the fresh primary.

    Nothing is merged unless everything can be. Raises NotAllowed when the primary is in a group
    itself or not shown, one of them is confidential, or the table has no such move; Overtaken when
    somebody changed one of the groups meanwhile.
    """
    chosen = sorted(set(report_ids) - {primary_id})
    if not chosen:
        raise NotAllowed(_("Pilih paling sedikit satu laporan lain."))
    held = _hold({primary_id, *chosen} | set(_followers(chosen)))
    if set(_followers(chosen)) - held.keys():
        raise group_overtaken()
    primary = held[primary_id]
    _require_mergeable(primary, [held[pk] for pk in chosen])
    at = at or timezone.now()
    for pk in chosen:
        merge_into(pk, primary, actor=actor, at=at)
    return Report.objects.get(pk=primary_id)


def merge_back(part_id: int, *, actor: User, at: datetime | None = None) -> Report:
    """Put a part that was split off back into its parent; the fresh parent. Raises NotAllowed like `merge`."""
    parent_id = Report.objects.values_list("part_of", flat=True).get(pk=part_id)
    if parent_id is None:
        raise NotAllowed(_("Laporan ini bukan bagian dari laporan lain."))
    return merge(parent_id, [part_id], actor=actor, at=at)


@transaction.atomic
def unmerge(report_id: int, *, actor: User | None, at: datetime | None = None) -> Report:
    """Take a report out of its group, with the members that it had brought along; its status is as before.

    Raises NotAllowed when it is in no group, Overtaken when somebody changed the group meanwhile.
    """
    report = Report.objects.get(pk=report_id)
    merged = last_step(report)
    if report.status != Status.MERGED or merged is None:
        raise NotAllowed(_("Laporan ini tidak digabung dengan laporan lain."))
    return take_back(merged.pk, actor=actor, at=at)


def may_head(report: Report) -> bool:
    """Whether other reports may be merged into this one: the public may know of it, and it is in no group itself."""
    is_known = report.visibility in {Report.Visibility.PENDING, Report.Visibility.PUBLISHED}
    return is_known and report.status not in {Status.MERGED, Status.WITHHELD, Status.ARCHIVED}


def _hold(ids: Collection[int]) -> dict[int, Report]:
    """All of these, locked in one order, so that two people who merge the same reports do not block each other."""
    return {pk: locked(pk) for pk in sorted(ids)}


def _followers(heads: Collection[int]) -> list[int]:
    return list(Report.objects.filter(merged_into__in=heads).values_list("pk", flat=True))


def _require_mergeable(primary: Report, members: list[Report]) -> None:
    if primary.merged_into:
        raise NotAllowed(
            _("%(code)s sudah digabung ke %(head)s. Pilih %(head)s sebagai laporan utama.")
            % {"code": primary.code, "head": primary.merged_into.code}
        )
    for report in (primary, *members):
        if report.visibility == Report.Visibility.CONFIDENTIAL:
            raise NotAllowed(_("%(code)s rahasia: tidak digabung dengan laporan lain.") % {"code": report.code})
    if not may_head(primary):
        raise NotAllowed(_("%(code)s tidak tayang, jadi tidak dapat menjadi laporan utama.") % {"code": primary.code})
    if {report.category.is_sensitive for report in members} - {primary.category.is_sensitive}:
        raise NotAllowed(_("Laporan yang lokasinya disamarkan hanya digabung dengan yang sama-sama disamarkan."))
