"""One report at the desk: everything known about it, and the acts that are possible now."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from geo_reports import routing
from geo_reports.forms.desk import ActForm, moment
from geo_reports.locks import Overtaken, require_seen, told_of_deadlocks
from geo_reports.models import Photo, Report
from geo_reports.pages.desk.acts import MAIN, Act, Done
from geo_reports.pages.desk.around import around
from geo_reports.pages.desk.judging import judging
from geo_reports.pages.desk.placing import named_places
from geo_reports.pages.desk.queue import PART
from geo_reports.pages.desk.registry import ACTS
from geo_reports.pages.desk.since import Happening, happened_since
from geo_reports.pages.desk.taking_back import undo_after
from geo_reports.pages.desk.texts import TEXTS
from geo_reports.photos.storing import all_or_nothing
from geo_reports.routing import words
from geo_reports.transitions import NotAllowed, last_step
from geo_reports.workers import Worker

View = Callable[[HttpRequest, Worker, str], HttpResponse]
GROUPS: Final = (
    ("show", gettext_lazy("Penayangan")),
    ("assign", gettext_lazy("Penugasan dan lokasi")),
    ("group", gettext_lazy("Gabungan dan bagian")),
    ("end", gettext_lazy("Akhiri tanpa perbaikan")),
    ("more", gettext_lazy("Lainnya")),
)


@dataclass(frozen=True)
class Offer:
    """An act with its form, as the page shows it; `is_refused` when it comes back with errors."""

    act: Act
    form: ActForm
    is_refused: bool = False
    happened: Sequence[Happening] | None = None  # when colleagues were faster: what they did

    @property
    def is_plain(self) -> bool:
        """Whether a button alone does it: there is nothing to fill in, nothing went wrong."""
        return not self.form.visible_fields() and not self.is_refused


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
        if form.is_draft:
            return _page(request, worker, report, Offer(act, form.redrafted(), is_refused=True))
        if not form.is_valid():
            return _page(request, worker, report, Offer(act, form, is_refused=True))
        try:
            done = _done(act, worker, report, form)
        except Overtaken as overtaken:
            form.add_error(None, str(overtaken))
            return _overtaken(request, worker, code, Offer(act, form, is_refused=True))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return _page(request, worker, report_of(worker, code), Offer(act, form, is_refused=True))
        tell(request, done)
        return _after(request, worker, report.code)

    return view


def _overtaken(request: HttpRequest, worker: Worker, code: str, refused: Offer) -> HttpResponse:
    """The form as it was typed, what happened meanwhile, and a button that sends it all the same."""
    report = report_of(worker, code)
    shown_at = refused.form.cleaned_data.get("shown_at")
    sent = request.POST.copy()
    sent["seen"], sent["shown_at"] = str(report.version), timezone.now().isoformat()
    refused.form.data = sent
    happened = happened_since(report, shown_at) if shown_at else []
    return _page(request, worker, report, replace(refused, happened=happened))


def _after(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
    """Back to the report, or to the queue when it is in other hands now; a script gets the part that it shows."""
    report = worker.reports().for_cards().filter(code=code).first()
    if request.headers.get(PART) == "case":
        return _page(request, worker, report) if report else render(request, "geo_reports/desk/_gone.html")
    return redirect("desk:detail", code) if report else redirect("desk:queue")


@require_safe
def pulse(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
    """Whether the report is still as the page showed it: 304 with the page's version, else who changed it (JSON).

    `sejak` is when the page was shown (ISO 8601).
    """
    report = report_of(worker, code)
    etag = f'"{report.version}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    at = moment(request.GET.get("sejak", "")[:40])
    last = happened_since(report, at)[-1:] if at else []
    told = {"who": last[0].who, "what": last[0].what} if last else {"who": "", "what": ""}
    return JsonResponse(told | {"version": report.version}, headers={"ETag": etag})


@told_of_deadlocks()
@all_or_nothing()
def _done(act: Act, worker: Worker, report: Report, form: ActForm) -> Done:
    seen = form.cleaned_data.get("seen")
    if seen is not None:
        require_seen(report.pk, seen)
    if not act.possible(worker, report):
        raise NotAllowed(_("“%(act)s” tidak dapat dilakukan pada laporan ini oleh Anda.") % {"act": act.title})
    before = last_step(report)
    done = act.perform(worker, report, form.cleaned_data)
    return done if done.undo else replace(done, undo=undo_after(worker, report, before))


def tell(request: HttpRequest, done: Done) -> None:
    """Put the sentence on the next page, with the button that takes it back; see `undo_of`."""
    undo = {"url": done.undo.url, "fields": done.undo.fields} if done.undo else {}
    messages.success(request, done.sentence, extra_tags=json.dumps(undo))


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
        "judging": judging(worker, report),
        "photos": _photos(worker, report),
        "casework": around(report),
        "places": named_places([report]) if worker.is_verifier else {},
        "changes": report.changes.select_related("actor", "assignment__agency"),
        "spells": report.assignments.select_related("agency"),
        "replies": report.replies.select_related("agency"),
        "main": _of(offers, report, MAIN),
        "others": [(label, chosen) for group, label in GROUPS if (chosen := _of(offers, report, group))],
        "is_other_refused": bool(refused and refused.act.place(report) != MAIN),
        "candidates": words.told(routing.tied(report.undecided["trace"])) if report.undecided else [],
    }
    is_part = request.headers.get(PART) == "case"
    context |= {"today": timezone.localdate(), "now": timezone.now(), "is_part": is_part, "texts": TEXTS}
    page = "geo_reports/desk/_case.html" if is_part else "geo_reports/desk/detail.html"
    return render(request, page, context, status=422 if refused and refused.form.is_bound else 200)


def _photos(worker: Worker, report: Report) -> QuerySet[Photo]:
    """All photos; those that nobody has checked yet are for those who check them."""
    photos = Photo.objects.filter(report=report)
    return photos if worker.is_verifier else photos.filter(is_hidden=False)


def _of(offers: Sequence[Offer], report: Report, group: str) -> list[Offer]:
    return [offer for offer in offers if offer.act.place(report) == group]
