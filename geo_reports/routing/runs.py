"""Previews and re-routings as background work: in chunks, with progress, resumable after a kill.

Each chunk is one transaction together with the run's own progress, so what is counted is done and
what was killed is done again from the last whole chunk.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from geo_reports.models import Report, RoutingRun
from geo_reports.routing import compiling, rerouting, versions
from geo_reports.routing.replay import Replay, replay
from geo_reports.workflow import OPEN

logger = logging.getLogger(__name__)

CHUNK = 25_000
# A run that has not moved for so long was killed; whoever looks may continue it.
SILENT_AFTER = timedelta(minutes=2)
UPTO = "SELECT max(id) FROM (SELECT id FROM geo_reports_report WHERE id > %s ORDER BY id LIMIT %s) next"


class AlreadyRunning(Exception):
    """There is one at work; `str()` says what to do."""


def start_preview(author: User | None, *, latest: int | None = None) -> RoutingRun:
    """Replay the draft on the `latest` reports, or on all. Only writes the run; `work` does it."""
    compiling.forget_rehearsals()
    draft = versions.rehearse(author=author)
    reports = Report.objects.order_by("-pk").values_list("pk", flat=True)
    first = reports[latest : latest + 1].first() if latest else None
    total = Report.objects.filter(pk__gt=first or 0).count()
    return RoutingRun.objects.create(
        kind=RoutingRun.Kind.PREVIEW,
        version=draft,
        compared_with=versions.current(),
        author=author,
        first_id=first or 0,
        last_id=first or 0,
        total=total,
    )


def start_reroute(author: User | None) -> RoutingRun:
    """Route all open reports again by the version in force. Only writes the run; `work` does it.

    Raises AlreadyRunning, and versions.Unpublishable when nothing was ever published.
    """
    version = versions.current()
    if version is None:
        raise versions.Unpublishable(_("Belum ada versi aturan yang diterbitkan."))
    try:
        with transaction.atomic():
            return RoutingRun.objects.create(
                kind=RoutingRun.Kind.REROUTE, version=version, author=author, total=Report.objects.count()
            )
    except IntegrityError as error:
        raise AlreadyRunning(_("Penugasan ulang lain masih berjalan. Lanjutkan atau tunggu sampai selesai.")) from error


@task()
def work_in_background(run_id: int) -> None:
    """`work` in the worker."""
    work(run_id)


def work(run_id: int, *, chunk: int = CHUNK, tell: Callable[[RoutingRun], None] | None = None) -> RoutingRun:
    """Do what is left of a run, chunk by chunk, and return it. Safe to call again after a kill.

    `tell` hears of each chunk that is done.
    """
    try:
        while _step(run_id, chunk):
            if tell:
                tell(RoutingRun.objects.get(pk=run_id))
    except DatabaseError as error:
        # Loud, and kept where the person looks who started it.
        logger.exception("routing run %s failed", run_id)
        RoutingRun.objects.filter(pk=run_id).update(
            state=RoutingRun.State.FAILED, error=str(error).splitlines()[0], beat_at=timezone.now()
        )
    return RoutingRun.objects.get(pk=run_id)


@transaction.atomic
def _step(run_id: int, chunk: int) -> bool:
    """One chunk; False when there is nothing left. The row's lock keeps a second worker out."""
    run = RoutingRun.objects.select_for_update(of=("self",)).select_related("version", "compared_with").get(pk=run_id)
    if run.state == RoutingRun.State.DONE:
        return False
    if run.kind == RoutingRun.Kind.REROUTE:
        _follow(run)
    upto = _upto(run.last_id, chunk)
    if upto is None:
        run.state = RoutingRun.State.DONE
    elif run.kind == RoutingRun.Kind.PREVIEW and run.compared_with != versions.current():
        run.state = RoutingRun.State.FAILED
        run.error = _("Aturan lain diterbitkan selama pratinjau ini. Mulailah pratinjau baru.")
        upto = None
    elif run.kind == RoutingRun.Kind.PREVIEW:
        seen = Replay.read(run.result)
        run.result = replay(run.last_id, upto, draft=run.version, past=run.compared_with, seen=seen).as_json()
    else:
        now = timezone.now()
        tally = rerouting.Tally(**run.result) + rerouting.reroute(
            run.last_id, upto, on=timezone.localdate(now), at=now, statuses=OPEN
        )
        run.result = asdict(tally)
    if upto is not None:
        run.done += Report.objects.filter(pk__gt=run.last_id, pk__lte=upto).count()
        run.last_id, run.state, run.error = upto, RoutingRun.State.RUNNING, ""
    run.save()
    return run.state == RoutingRun.State.RUNNING


def _follow(run: RoutingRun) -> None:
    """Begin again when other rules were published meanwhile: the earlier ones are no longer compiled."""
    version = versions.current()
    if version is not None and version != run.version:
        run.version, run.last_id, run.done, run.result = version, run.first_id, 0, {}


def _upto(after: int, chunk: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(UPTO, [after, chunk])
        upto: int | None = cursor.fetchone()[0]
    return upto


def is_silent(run: RoutingRun) -> bool:
    """Whether a running run seems to have been killed."""
    return run.state == RoutingRun.State.RUNNING and timezone.now() - run.beat_at > SILENT_AFTER
