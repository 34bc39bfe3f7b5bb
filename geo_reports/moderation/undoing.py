"""Taking a decision back, as long as nothing later depends on it. Nothing is deleted: it is marked as undone."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.moderation.deciding import held
from geo_reports.photos import storing
from geo_reports.photos.masking import read_masks
from geo_reports.transitions import NotAllowed, last_step, take_back

OPEN_TO_OTHERS = frozenset({Report.Visibility.PENDING, Report.Visibility.PUBLISHED})


@storing.all_or_nothing()
def undo(decision_id: int, *, actor: User, at: datetime | None = None) -> Report:
    """Put the report back as it was before this decision; the fresh row.

    Raises NotYours, NotAllowed with the obstacle as a sentence, ModerationDecision.DoesNotExist, and
    FileNotFoundError when the picture under a mask is lost.
    """
    report_id = ModerationDecision.objects.values_list("report_id", flat=True).get(pk=decision_id)
    report = held(report_id, actor)
    at = at or timezone.now()
    decision = ModerationDecision.objects.get(pk=decision_id)
    if sentence := obstacle(decision, report):
        raise NotAllowed(sentence)
    for step in reversed(decision.before.get("steps", [])):
        take_back(step, actor=actor, at=at)
    if was := decision.before.get("was"):
        Report.objects.filter(pk=report_id).update(**was)
    if decision.photo_id:
        _mask_as_before(decision.photo_id, decision.before)
    decision.undone_at, decision.undone_by = at, actor
    decision.save(update_fields=["undone_at", "undone_by"])
    return Report.objects.get(pk=report_id)


def undoable(report: Report) -> ModerationDecision | None:
    """The decision that can be taken back now, if any: never another than the last. `report` is as it is now."""
    last = report.decisions.filter(undone_at=None).last()
    return last if last and not obstacle(last, report) else None


def obstacle(decision: ModerationDecision, report: Report) -> str:
    """Why the decision cannot be taken back, as a sentence for people; "" when it can."""
    if decision.undone_at:
        return _("Keputusan ini sudah dibatalkan.")
    if report.decisions.filter(undone_at=None).last() != decision:
        return _("Sesudahnya sudah ada keputusan lain. Batalkan yang terakhir lebih dulu.")
    if Appeal.objects.filter(decision=decision, outcome=Appeal.Outcome.PENDING).exists():
        return _("Pelapor mengajukan keberatan. Putuskan keberatan itu lebih dulu.")
    if decision.kind == ModerationDecision.Kind.MASK:
        return "" if decision.photo and decision.photo.is_masked else _("Foto aslinya sudah tidak tersimpan.")
    return _moved_on(decision.before, report)


def _moved_on(before: dict[str, Any], report: Report) -> str:
    """What happened to the report since that the decision's undoing would destroy."""
    steps, was, became = before.get("steps", []), before.get("was"), before.get("became", {})
    if was is None:
        return _("Keadaan sebelumnya sudah tidak tersimpan.")
    step = last_step(report) if steps else None
    if step and step.pk != steps[-1]:
        return _("Laporan ini sudah berjalan lagi sesudahnya: kini “%(status)s”.") % {
            "status": report.get_status_display()
        }
    if any(getattr(report, name) != value for name, value in became.items()):
        return _("Laporan ini sudah diubah sesudahnya.")
    if report.wants_confidential and was.get("visibility") in OPEN_TO_OTHERS:
        return _("Pelapor meminta laporan ini dirahasiakan.")
    return ""


def _mask_as_before(photo_id: int, before: dict[str, Any]) -> None:
    masks = before.get("masks")
    if masks:
        storing.mask(photo_id, read_masks(masks))
    else:
        storing.unmask(photo_id)
