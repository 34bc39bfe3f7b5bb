"""After a report was sent: the reporter answers and judges, others say that it is still there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from geo_reports import casework
from geo_reports.casework.reopening import may_be_reopened
from geo_reports.forms.reporter import NotFixedForm, QuestionForm, ReopenForm
from geo_reports.models import Report
from geo_reports.pages.client import is_over_limit, too_often
from geo_reports.pages.shown import own_address, own_report, secret_of
from geo_reports.transitions import NotAllowed

PER_HOUR = 10  # of one client: answers, or requests to open again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter answers the open question. Opened by hand it leads to the report."""
    report = own_report(request, code)
    form = QuestionForm(request.POST or None)
    if request.method != "POST":
        return _back(report)
    if not form.is_valid():
        return _form(request, report, form, _("Jawaban Anda"))
    try:
        casework.answer_question(report.pk, form.cleaned_data["jawaban"])
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Terima kasih. Jawaban Anda diteruskan; laporan berjalan lagi."))
    return _back(report)


@never_cache
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter says that it is fixed."""
    report = own_report(request, code)
    try:
        casework.confirm(report.pk)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Terima kasih. Laporan Anda kini “dikonfirmasi selesai”."))
    return _back(report)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter says that it is not fixed, and in which way."""
    report = own_report(request, code)
    form = NotFixedForm(request.POST, request.FILES) if request.method == "POST" else NotFixedForm()
    title = _("Belum beres")
    if not form.is_bound:
        return _form(request, report, form, title)
    if request.FILES and is_over_limit(request, "photos", PER_HOUR):
        return _form(request, report, form, title, too_often(), 429)
    if not form.is_valid():
        return _form(request, report, form, title)
    try:
        casework.dispute(report.pk, form.cleaned_data["uraian"], photo=form.cleaned_data["foto"])
    except NotAllowed as refusal:
        return _form(request, report, form, title, str(refusal))
    messages.success(request, _("Laporan Anda dibuka kembali. Verifikator akan menindaklanjutinya."))
    return _back(report)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody says, with a new photo, that a closed problem is still there."""
    report = Report.objects.public().for_cards().filter(code=code.replace("\0", "")).first()
    if report is None or not may_be_reopened(report):
        raise Http404
    form = ReopenForm(request.POST, request.FILES) if request.method == "POST" else ReopenForm()
    title = _("Masih belum beres?")
    if not form.is_bound:
        return _form(request, report, form, title)
    if is_over_limit(request, "reopen", PER_HOUR):
        return _form(request, report, form, title, too_often(), 429)
    if not form.is_valid():
        return _form(request, report, form, title)
    if form.cleaned_data["website"]:
        return _form(request, report, form, title, _("Kosongkan kolom “Situs web”, lalu kirim lagi."))
    try:
        casework.request_reopening(report.pk, form.cleaned_data["uraian"], photo=form.cleaned_data["foto"])
    except NotAllowed as refusal:
        return _form(request, report, form, title, str(refusal))
    messages.success(request, _("Terima kasih. Verifikator akan melihat foto Anda, lalu memutuskan."))
    return redirect(report.get_absolute_url())


def _back(report: Report) -> HttpResponse:
    return redirect(own_address(report))


def _form(
    request: HttpRequest,
    report: Report,
    form: QuestionForm | NotFixedForm,
    title: str,
    problem: str = "",
    status: int = 422,
) -> HttpResponse:
    is_own = secret_of(request) == report.secret
    context = {
        "report": report,
        "form": form,
        "title": title,
        "problem": problem,
        "secret": report.secret if is_own else "",
        "had_photo": bool(request.FILES),
    }
    code = status if form.is_bound and (form.errors or problem) else 200
    response = render(request, "geo_reports/following.html", context, status=code)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
