"""Changing who answers where, safely: the draft, its preview, publishing, rolling back, re-routing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from geo_reports.forms.rules import PreviewForm, PublishForm
from geo_reports.models import RoutingEvidence, RoutingRun, RoutingVersion
from geo_reports.pages.rule_texts import changes_told, evidence_told, flows_told, matches_told, sample_features
from geo_reports.routing import audit, runs, versions
from geo_reports.routing.replay import Replay

HISTORY = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is in force, how the draft differs, and what can be done about it."""
    return _overview(request, PublishForm())


def _overview(request: HttpRequest, publish_form: PublishForm, status: int = 200) -> HttpResponse:
    current = versions.current()
    draft = versions.snapshot()
    context = {
        "current": current,
        "changes": changes_told(versions.differences(current.content if current else {}, draft)),
        "evidence": evidence_told(RoutingEvidence.objects.all()),
        "history": RoutingVersion.objects.filter(is_rehearsal=False)
        .select_related("author", "restored_from")
        .defer("content")[:HISTORY],
        "reroute": _shown(RoutingRun.objects.filter(kind=RoutingRun.Kind.REROUTE).first()),
        "last_preview": RoutingRun.objects.filter(kind=RoutingRun.Kind.PREVIEW).first(),
        "preview_form": PreviewForm(),
        "publish_form": publish_form,
    }
    return render(request, "geo_reports/rules/overview.html", context, status=status)


@require_POST
def start_preview(request: HttpRequest) -> HttpResponse:
    """Replay the draft on past reports, in the background."""
    form = PreviewForm(request.POST)
    latest = form.cleaned_data["banyak"] if form.is_valid() else None
    run = runs.start_preview(_user(request), latest=latest or None)
    runs.work_in_background.enqueue(run.pk)
    return redirect("desk:rules-preview", run.pk)


@require_safe
def preview(request: HttpRequest, run_id: int) -> HttpResponse:
    """What the draft would change; while it is at work the page shows how far it is."""
    run = get_object_or_404(
        RoutingRun.objects.select_related("version", "compared_with"), pk=run_id, kind=RoutingRun.Kind.PREVIEW
    )
    seen = Replay.read(run.result)
    context = _shown(run) | {
        "seen": seen,
        "flows": flows_told(seen),
        "sample": sample_features(seen),
        "is_still_draft": run.version.content == versions.snapshot(),
        "gaps": audit.gaps(run.version),
        "conflicts": audit.conflicts(run.version),
        "idle": [*audit.idle_rules(run.version), *audit.idle_features(run.version)],
        "doubts": audit.doubts(run.version),
        "unmatched": matches_told(run.version, seen),
    }
    return render(request, "geo_reports/rules/preview.html", context)


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Put the draft in force, and route the open reports again when that is wanted."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _overview(request, form, status=422)
    try:
        version = versions.publish(author=_user(request), note=form.cleaned_data["catatan"])
    except versions.Unpublishable as error:
        form.add_error(None, str(error))
        return _overview(request, form, status=422)
    messages.success(request, _("%(version)s diterbitkan dan berlaku sekarang.") % {"version": version})
    if form.cleaned_data["tugaskan_ulang"]:
        _reroute(request)
    return redirect("desk:rules")


@require_POST
def roll_back(request: HttpRequest, version_id: int) -> HttpResponse:
    """Put an earlier version in force again."""
    old = get_object_or_404(RoutingVersion, pk=version_id, is_rehearsal=False)
    try:
        version = versions.roll_back(old, author=_user(request), note=_("Dipulihkan dari versi %(n)d") % {"n": old.pk})
    except versions.Unpublishable as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("%(version)s berlaku, sama dengan versi %(n)d.") % {"version": version, "n": old.pk}
        )
    return redirect("desk:rules")


@require_POST
def start_reroute(request: HttpRequest) -> HttpResponse:
    """Route all open reports again by the version in force, in the background."""
    _reroute(request)
    return redirect("desk:rules")


@require_POST
def resume(request: HttpRequest, run_id: int) -> HttpResponse:
    """Go on with a run that was killed or failed, from its last whole chunk."""
    run = get_object_or_404(RoutingRun, pk=run_id)
    if run.state == RoutingRun.State.FAILED or runs.is_silent(run):
        runs.work_in_background.enqueue(run.pk)
        messages.info(request, _("Dilanjutkan dari %(done)d laporan.") % {"done": run.done})
    if run.kind == RoutingRun.Kind.PREVIEW:
        return redirect("desk:rules-preview", run.pk)
    return redirect("desk:rules")


def _reroute(request: HttpRequest) -> None:
    try:
        run = runs.start_reroute(_user(request))
    except (runs.AlreadyRunning, versions.Unpublishable) as error:
        messages.error(request, str(error))
        return
    runs.work_in_background.enqueue(run.pk)
    messages.info(request, _("Laporan yang masih terbuka ditugaskan ulang di latar belakang."))


def _shown(run: RoutingRun | None) -> dict[str, Any]:
    """A run as the pages show it."""
    if run is None:
        return {}
    share = min(100, round(100 * run.done / run.total)) if run.total else 100
    return {
        "run": run,
        "share": share,
        "is_running": run.state == RoutingRun.State.RUNNING,
        "is_resumable": run.state == RoutingRun.State.FAILED or runs.is_silent(run),
        "seconds": round((run.beat_at - run.started_at).total_seconds(), 1),
        "now": timezone.now(),
    }


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (`access.permitted` let nobody else in)
    return request.user
