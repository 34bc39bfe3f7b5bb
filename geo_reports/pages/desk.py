"""The desk of verifikator and petugas: the queue, one report, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from geo_reports import moderation, routing, transitions
from geo_reports.forms import InvalidFilter, read_filters
from geo_reports.forms.desk import AnswerForm, CorrectionForm, HandOverForm, StatusForm, WithholdForm
from geo_reports.intake.submit import outside_sentence
from geo_reports.models import Report, ReportQuerySet
from geo_reports.pages.access import reports_of
from geo_reports.routing import words
from geo_reports.workflow import OPEN, Role, Status, is_allowed

PAGE_SIZE = 50
Action = Callable[[HttpRequest, Role, str], HttpResponse]


def acting(view: Action) -> Action:
    """For what only POST may do. Opened by hand, or after signing in anew, it leads to the report."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def act(request: HttpRequest, role: Role, code: str) -> HttpResponse:
        return view(request, role, code) if request.method == "POST" else redirect("desk:detail", code)

    return act


@dataclass(frozen=True)
class Tab:
    """One pile of the queue."""

    slug: str
    label: str | Promise
    condition: Q


_OPEN = Tab("terbuka", gettext_lazy("Semua yang terbuka"), Q(status__in=sorted(OPEN)))
_ALL = Tab("semua", gettext_lazy("Semua laporan"), Q())
TABS = {
    Role.VERIFIER: (
        Tab("menunggu", gettext_lazy("Menunggu verifikasi"), Q(status=Status.WAITING)),
        Tab("tanpa-skpd", gettext_lazy("Tanpa SKPD"), Q(agency=None, status__in=sorted(OPEN))),
        _OPEN,
        _ALL,
    ),
    Role.OFFICER: (Tab("baru", gettext_lazy("Baru diteruskan"), Q(status=Status.FORWARDED)), _OPEN, _ALL),
}


@require_safe
def queue(request: HttpRequest, role: Role) -> HttpResponse:
    """The reports this person can work on, oldest first, one pile at a time."""
    mine = _mine(request, role)
    try:
        mine, error = mine.matching(read_filters(request.GET)), ""
    except InvalidFilter as problem:
        error = str(problem)
    tabs = TABS[role]
    tab = next((tab for tab in tabs if tab.slug == request.GET.get("tampil")), tabs[0])
    page = Paginator(mine.filter(tab.condition).for_cards().order_by("submitted_at", "pk"), PAGE_SIZE)
    context = {
        "role": role,
        "tabs": [(each, mine.filter(each.condition).count()) for each in tabs],
        "tab": tab,
        "page": page.get_page(request.GET.get("halaman")),
        "error": error,
    }
    return render(request, "geo_reports/desk/queue.html", context)


@require_safe
def detail(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """One report with its history and the forms that its status and the role allow."""
    return _detail(request, role, _report(request, role, code))


@acting
def publish(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """Show the report to everybody and pass it on."""
    report = _report(request, role, code)
    report = moderation.publish(report.pk, actor=_user(request))
    forwarded = report.status == Status.FORWARDED
    messages.success(
        request,
        _("%(code)s ditayangkan dan diteruskan.") % {"code": code}
        if forwarded
        else _("%(code)s ditayangkan. Tentukan SKPD-nya agar dapat diteruskan.") % {"code": code},
    )
    return redirect("desk:detail", code)


@acting
def withhold(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """Take the report off the public pages."""
    report = _report(request, role, code)
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return _detail(request, role, report, withhold=form)
    reason = Report.WithheldReason(form.cleaned_data["reason"])
    try:
        moderation.withhold(report.pk, reason, actor=_user(request))
    except transitions.NotAllowed as error:
        form.add_error(None, str(error))
        return _detail(request, role, report, withhold=form)
    messages.success(request, _("%(code)s tidak ditayangkan.") % {"code": code})
    return redirect("desk:detail", code)


@acting
def hand_over(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """Give the report to another agency."""
    report = _report(request, role, code)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _detail(request, role, report, hand_over=form)
    agency, reason = form.cleaned_data["agency"], form.cleaned_data["reason"]
    routing.hand_over(report.pk, agency, reason=reason, actor=_user(request))
    messages.success(request, _("%(code)s diserahkan kepada %(agency)s.") % {"code": code, "agency": agency})
    return redirect("desk:detail", code)


@acting
def correct(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """Correct category, street or place; the report is routed again."""
    report = _report(request, role, code)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _detail(request, role, report, correct=form)
    placement = routing.place(form.point) if form.point else routing.placement_of(report)
    if form.point and placement.outcome is routing.Outcome.OUTSIDE:
        form.add_error(None, outside_sentence(placement))
        return _detail(request, role, report, correct=form)
    report = routing.correct(
        report.pk,
        category=form.cleaned_data["category"],
        street=form.cleaned_data["street"],
        placement=placement,
        actor=_user(request),
    )
    told = {"code": code, "agency": report.agency or _("verifikator")}
    messages.success(request, _("%(code)s diperbaiki. Penanggung jawab: %(agency)s.") % told)
    return redirect("desk:detail", code)


@acting
def answer(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """Publish the agency's answer."""
    report = _report(request, role, code)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _detail(request, role, report, answer=form)
    try:
        transitions.answer(report.pk, form.cleaned_data["text"], actor=_user(request))
    except transitions.NotAllowed as error:
        form.add_error(None, str(error))
        return _detail(request, role, report, answer=form)
    messages.success(request, _("Tanggapan untuk %(code)s ditayangkan.") % {"code": code})
    return redirect("desk:detail", code)


@acting
def change_status(request: HttpRequest, role: Role, code: str) -> HttpResponse:
    """Move the report along the workflow."""
    report = _report(request, role, code)
    form = StatusForm(report, role, request.POST)
    if not form.is_valid():
        return _detail(request, role, report, status=form)
    to = Status(form.cleaned_data["status"])
    try:
        transitions.change_status(report.pk, to, role=role, actor=_user(request), note=form.cleaned_data["note"])
    except transitions.NotAllowed as error:
        form.add_error(None, str(error))
        return _detail(request, role, report, status=form)
    messages.success(request, _("%(code)s: %(status)s.") % {"code": code, "status": to.label})
    return redirect("desk:detail", code)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (`access.only` let nobody else in)
    return request.user


def _mine(request: HttpRequest, role: Role) -> ReportQuerySet:
    return reports_of(_user(request), role)


def _report(request: HttpRequest, role: Role, code: str) -> Report:
    return get_object_or_404(_mine(request, role).for_cards(), code=code.replace("\0", ""))


def _as_it_is(report: Report) -> dict[str, object]:
    lon, lat = report.point.coords if report.point else (None, None)
    return {"category": report.category_id, "street": report.address, "lon": lon, "lat": lat}


def _likeliest(report: Report) -> str | None:
    """Of the agencies that the rules could not decide between, the first."""
    candidates = routing.tied(report.undecided["trace"]) if report.undecided else []
    return next((line["agency"] for line in candidates if line.get("agency")), None)


def _detail(request: HttpRequest, role: Role, report: Report, **bound: Form) -> HttpResponse:
    """Render one report; a form that was refused comes back with its errors, the others empty."""
    status = Status(report.status)
    forms: dict[str, Form] = {"status": StatusForm(report, role)}
    if role is Role.VERIFIER:
        forms["hand_over"] = HandOverForm(initial={"agency": _likeliest(report)})
        forms["correct"] = CorrectionForm(initial=_as_it_is(report))
        if is_allowed(status, Status.WITHHELD, role):
            forms["withhold"] = WithholdForm()
    if is_allowed(status, Status.ANSWERED, role) or (role is Role.OFFICER and status is Status.ANSWERED):
        forms["answer"] = AnswerForm()
    context = {
        "role": role,
        "report": report,
        "changes": report.changes.select_related("actor", "assignment__agency"),
        "spells": report.assignments.select_related("agency"),
        "replies": report.replies.select_related("agency"),
        "forms": forms | bound,
        "candidates": words.told(routing.tied(report.undecided["trace"])) if report.undecided else [],
        "can_publish": role is Role.VERIFIER and not report.is_published,
    }
    return render(request, "geo_reports/desk/detail.html", context, status=422 if bound else 200)
