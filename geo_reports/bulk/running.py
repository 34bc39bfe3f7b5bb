"""Doing one act to many reports, and taking it back: report by report, each a transaction of its own.

What is done is written with the report that it was done to, so a worker that is killed loses the report
in its hands at most, and whoever goes on repeats nothing. Two at work on the same action do different reports.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from geo_reports.bulk.verbs import VERBS, Verb, verbs_of
from geo_reports.models import BulkAction, BulkItem, Report
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker, worker_of

logger = logging.getLogger(__name__)

MOST: Final = 500
INLINE: Final = 100  # more than so many are done in the background
SILENT_AFTER: Final = timedelta(seconds=20)
Outcome = BulkItem.Outcome


def start(worker: Worker, verb: Verb, parameters: dict[str, Any], report_ids: Sequence[int]) -> BulkAction:
    """Write down what is to be done to which reports, and do it: at once when they are few, else in the background.

    Raises NotAllowed for a verb that is not this person's, and for more than MOST reports.
    """
    if verb not in verbs_of(worker):
        raise NotAllowed(_("Peran Anda tidak dapat melakukan ini."))
    if len(report_ids) > MOST:
        raise NotAllowed(_("Paling banyak %(most)d laporan sekaligus.") % {"most": MOST})
    now = timezone.now()
    with transaction.atomic():
        action = BulkAction.objects.create(
            verb=verb.slug, actor=worker.user, parameters=parameters, at=now, beat_at=now
        )
        BulkItem.objects.bulk_create(
            BulkItem(action=action, report_id=pk, outcome=Outcome.PENDING) for pk in dict.fromkeys(report_ids)
        )
    _go_on(action, len(report_ids))
    return action


def start_undo(action_id: int, worker: Worker) -> BulkAction:
    """Take back what can still be taken back.

    Raises NotAllowed for people who neither did it nor decide for the city, and when it is not done yet.
    """
    with transaction.atomic():
        action = BulkAction.objects.select_for_update(of=("self",)).get(pk=action_id)
        _require_undoable(action, worker)
        action.undone_at = action.beat_at = timezone.now()
        action.undone_by = worker.user
        action.save(update_fields=["undone_at", "undone_by", "beat_at"])
    _go_on(action, action.items.filter(outcome=Outcome.DONE).count())
    return action


def _require_undoable(action: BulkAction, worker: Worker) -> None:
    if action.actor_id != worker.user.pk and not worker.is_verifier:
        raise NotAllowed(_("Yang melakukannya, atau seorang verifikator, dapat membatalkannya."))
    if action.undone_at is not None:
        raise NotAllowed(_("Ini sudah dibatalkan."))
    if action.items.filter(outcome=Outcome.PENDING).exists():
        raise NotAllowed(_("Tunggu sampai semuanya selesai."))


def resume(action: BulkAction) -> bool:
    """Go on with what was killed; False when it is at work or there is nothing left."""
    if not is_silent(action):
        return False
    BulkAction.objects.filter(pk=action.pk).update(beat_at=timezone.now())
    work_in_background.enqueue(action.pk)
    return True


def is_silent(action: BulkAction) -> bool:
    """Whether something is left to do and nobody has done anything for a while."""
    return timezone.now() - action.beat_at > SILENT_AFTER and _left(action).exists()


def _go_on(action: BulkAction, count: int) -> None:
    if count <= INLINE:
        work(action.pk)
    else:
        work_in_background.enqueue(action.pk)


@task()
def work_in_background(action_id: int) -> None:
    """`work` in the worker."""
    work(action_id)


def work(action_id: int) -> None:
    """Do what is left of an action, or of taking it back. Safe to call again after a kill."""
    while _step(action_id):
        pass


@transaction.atomic
def _step(action_id: int) -> bool:
    """One report; False when there is nothing left."""
    action = BulkAction.objects.select_related("actor", "undone_by").get(pk=action_id)
    item = _left(action).select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if item is None:
        return False
    undoing = action.undone_at is not None
    try:
        with transaction.atomic():
            if undoing:
                _undo(action, item)
            else:
                _do(action, item)
    except (NotAllowed, Report.DoesNotExist) as refusal:
        item.outcome, item.sentence = (Outcome.KEPT if undoing else Outcome.REFUSED), str(refusal)[:300]
    except DatabaseError:
        logger.exception("bulk action %s failed for report %s", action.pk, item.report_id)
        item.outcome = Outcome.KEPT if undoing else Outcome.REFUSED
        item.sentence = _("Gangguan pada basis data. Coba lagi untuk laporan ini.")
    item.save(update_fields=["outcome", "sentence", "before"])
    BulkAction.objects.filter(pk=action_id).update(beat_at=timezone.now())
    return True


def _left(action: BulkAction) -> Any:
    """What is still to be done, or to be taken back."""
    return action.items.filter(outcome=Outcome.PENDING if action.undone_at is None else Outcome.DONE)


def _do(action: BulkAction, item: BulkItem) -> None:
    worker = worker_of(action.actor) if action.actor else None
    if worker is None or VERBS[action.verb] not in verbs_of(worker):
        raise NotAllowed(_("Peran Anda tidak dapat melakukan ini."))
    report = worker.reports().filter(pk=item.report_id).select_related("agency").first()
    if report is None:
        raise NotAllowed(_("Laporan ini tidak lagi di tangan Anda."))
    verb = VERBS[action.verb]
    objection = verb.objection(worker, report)
    if objection:
        raise NotAllowed(objection)
    item.before = verb.run(worker, report, action.parameters)
    item.outcome = Outcome.DONE


def _undo(action: BulkAction, item: BulkItem) -> None:
    if action.undone_by is None:
        raise NotAllowed(_("Akun yang membatalkan sudah tidak ada."))
    report = Report.objects.select_related("agency").get(pk=item.report_id)
    VERBS[action.verb].undo(action.undone_by, report, item.before)
    item.outcome = Outcome.UNDONE
