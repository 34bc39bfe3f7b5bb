"""One act on many reports: first what would become of each, then doing it, then what became of it and the way back."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from geo_reports import bulk
from geo_reports.forms import InvalidFilter
from geo_reports.forms.bulk import FORMS, BulkForm
from geo_reports.models import BulkAction, BulkItem, Report
from geo_reports.pages.desk.narrowing import read_narrowing
from geo_reports.pages.desk.piles import PILES
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker

Outcome = BulkItem.Outcome


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, worker: Worker) -> HttpResponse:
    """What would become of the chosen reports, and what the verb asks for. Writes nothing.

    Chosen are the reports `kode`, or with `semua` (the query string of a list) the first of that list.
    """
    verb = _verb(worker, request.POST.get("tindakan", ""))
    if request.method != "POST" or verb is None:
        return redirect("desk:queue")
    daftar = request.POST.get("daftar", "").replace("\0", "")[:1000]
    reports = _chosen(worker, request.POST, daftar)
    if not reports:
        messages.warning(request, _("Pilih dulu satu laporan atau lebih."))
        return _back(daftar)
    initial = {"tindakan": verb.slug, "kode": ",".join(report.code for report in reports), "daftar": daftar}
    return _summary(request, worker, verb, FORMS[verb.slug](worker, initial=initial), reports)


@require_POST
def run(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Do it, and lead to what became of it."""
    verb = _verb(worker, request.POST.get("tindakan", ""))
    if verb is None:
        return redirect("desk:queue")
    form = FORMS[verb.slug](worker, request.POST)
    valid = form.is_valid()
    reports = _numbered(worker, form.codes if form.cleaned_data.get("kode") else [])
    if not reports:
        messages.warning(request, _("Pilih dulu satu laporan atau lebih."))
        return redirect("desk:queue")
    if not valid:
        return _summary(request, worker, verb, form, reports)
    possible = [report.pk for report in reports if not verb.objection(worker, report)]
    parameters = form.parameters() | {"daftar": form.cleaned_data["daftar"]}
    action = bulk.start(worker, verb, parameters, possible)
    return redirect("desk:bulk-result", action.pk)


@require_safe
def result(request: HttpRequest, worker: Worker, action_id: int) -> HttpResponse:
    """How far it is, what became of each report, and the way back."""
    action = _action(worker, action_id)
    items = action.items.select_related("report__category").order_by("pk")[: bulk.MOST]
    count = Counter(action.items.values_list("outcome", flat=True))
    left = count[Outcome.DONE] if action.undone_at else count[Outcome.PENDING]
    total = sum(count.values())
    context = {
        "worker": worker,
        "action": action,
        "verb": bulk.VERBS[action.verb],
        "count": {outcome.value: count[outcome] for outcome in Outcome},
        "total": total,
        "left": left,
        "finished": total - left,
        "is_silent": bulk.is_silent(action),
        "troubles": [item for item in items if item.outcome in {Outcome.REFUSED, Outcome.KEPT}],
        "good": [item for item in items if item.outcome in {Outcome.DONE, Outcome.UNDONE}],
        "may_undo": action.actor_id == worker.user.pk or worker.is_verifier,
        "list_query": action.parameters.get("daftar", ""),
        "now": timezone.now(),
    }
    return render(request, "geo_reports/desk/bulk_result.html", context)


@require_POST
def undo(request: HttpRequest, worker: Worker, action_id: int) -> HttpResponse:
    """Take back what can still be taken back."""
    try:
        bulk.start_undo(_action(worker, action_id).pk, worker)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:bulk-result", action_id)


@require_POST
def resume(request: HttpRequest, worker: Worker, action_id: int) -> HttpResponse:
    """Go on with what was killed."""
    bulk.resume(_action(worker, action_id))
    return redirect("desk:bulk-result", action_id)


def _verb(worker: Worker, slug: str) -> bulk.Verb | None:
    return next((verb for verb in bulk.verbs_of(worker) if verb.slug == slug), None)


def _action(worker: Worker, action_id: int) -> BulkAction:
    """The action: one's own, or anybody's for a verifikator. Raises Http404."""
    actions = BulkAction.objects.filter(verb__in=bulk.VERBS).select_related("actor", "undone_by")
    if not worker.is_verifier:
        actions = actions.filter(actor=worker.user)
    return get_object_or_404(actions, pk=action_id)


def _chosen(worker: Worker, sent: QueryDict, daftar: str) -> list[Report]:
    """The reports that were ticked, or the first of the whole list; in the order of the list."""
    if not sent.get("semua"):
        return _numbered(worker, [code.replace("\0", "") for code in sent.getlist("kode")])
    query = QueryDict(daftar)
    try:
        wanted = read_narrowing(query)
    except InvalidFilter:
        return []
    pile = next((pile for pile in PILES[worker.role] if pile.slug == query.get("tampil")), None)
    if pile is None:
        return []
    mine = wanted.apply(worker.reports(), worker).filter(pile.condition(worker, timezone.localdate()))
    return list(pile.order.sort(mine).for_rows()[: bulk.MOST])


def _numbered(worker: Worker, codes: Sequence[str]) -> list[Report]:
    return list(worker.reports().for_rows().filter(code__in=codes[: bulk.MOST]).order_by("due_on", "pk"))


def _summary(
    request: HttpRequest, worker: Worker, verb: bulk.Verb, form: BulkForm, reports: Sequence[Report]
) -> HttpResponse:
    objections: dict[str, list[Report]] = {}
    for report in reports:
        objection = verb.objection(worker, report)
        if objection:
            objections.setdefault(objection, []).append(report)
    possible = len(reports) - sum(map(len, objections.values()))
    context: dict[str, Any] = {
        "worker": worker,
        "verb": verb,
        "form": form,
        "possible": possible,
        "objections": objections.items(),
        "impossible": len(reports) - possible,
        "is_capped": len(reports) == bulk.MOST,
        "most": bulk.MOST,
        "is_long": possible > bulk.INLINE,
        "list_query": form["daftar"].value() or "",
    }
    return render(request, "geo_reports/desk/bulk_summary.html", context, status=422 if form.errors else 200)


def _back(daftar: str) -> HttpResponse:
    response = redirect("desk:queue")
    if parse_qs(daftar):
        response["Location"] += f"?{QueryDict(daftar).urlencode()}"
    return response
