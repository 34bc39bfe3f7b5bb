"""One report at the desk: everything known about it, and the acts that are possible now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from geo_reports import routing
from geo_reports.forms.desk import ActForm
from geo_reports.locks import Overtaken, require_seen
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done
from geo_reports.pages.desk.registry import ACTS
from geo_reports.photos.storing import all_or_nothing
from geo_reports.routing import words
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker

View = Callable[[HttpRequest, Worker, str], HttpResponse]
GROUPS = ("main", "show", "assign", "more")
# What a verb raises with a sentence for people when it cannot be done.
REFUSALS = (NotAllowed, Overtaken)


@dataclass(frozen=True)
class Offer:
    """An act with its form, as the page shows it; `is_refused` when it comes back with errors."""

    act: Act
    form: ActForm
    is_refused: bool = False


@require_safe
def detail(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
    """One report with its history and the forms that its status and the role allow."""
    return _page(request, worker, report_of(worker, code))


def perform(act: Act) -> View:
    """The view of one act. Opened by hand, or after signing in anew, it leads to the report."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
        if request.method != "POST":
            return redirect("desk:detail", code)
        report = report_of(worker, code)
        form = act.form(worker, report, request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, worker, report, Offer(act, form, is_refused=True))
        try:
            done = _done(act, worker, report, form)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return _page(request, worker, report_of(worker, code), Offer(act, form, is_refused=True))
        tell(request, done)
        return redirect("desk:detail", code)

    return view


@all_or_nothing()
def _done(act: Act, worker: Worker, report: Report, form: ActForm) -> Done:
    seen = form.cleaned_data.get("seen")
    if seen is not None:
        require_seen(report.pk, seen)
    if not act.possible(worker, report):
        raise NotAllowed(_("“%(act)s” tidak dapat dilakukan pada laporan ini oleh Anda.") % {"act": act.title})
    return act.perform(worker, report, form.cleaned_data)


def tell(request: HttpRequest, done: Done) -> None:
    """Put the sentence on the next page."""
    messages.success(request, done.sentence)


def report_of(worker: Worker, code: str) -> Report:
    """The report if this person may open it. Raises Http404 otherwise."""
    return get_object_or_404(worker.reports().for_cards(), code=code.replace("\0", ""))


def _page(request: HttpRequest, worker: Worker, report: Report, refused: Offer | None = None) -> HttpResponse:
    """Render one report; the form that was refused comes back with what was typed and its errors."""
    offers = [
        refused if refused and refused.act is act else Offer(act, act.form(worker, report))
        for act in ACTS
        if act.possible(worker, report) or (refused and refused.act is act)
    ]
    context = {
        "worker": worker,
        "report": report,
        "may_moderate": worker.may_moderate(report),
        "photos": report.photos.model.objects.filter(report=report),
        "changes": report.changes.select_related("actor", "assignment__agency"),
        "spells": report.assignments.select_related("agency"),
        "replies": report.replies.select_related("agency"),
        "groups": [(group, [offer for offer in offers if offer.act.group == group]) for group in GROUPS],
        "candidates": words.told(routing.tied(report.undecided["trace"])) if report.undecided else [],
    }
    return render(request, "geo_reports/desk/detail.html", context, status=422 if refused else 200)
