"""What is stored about the reporter of one report: seen, corrected, downloaded, erased. Only with the secret.

Meets the reporter's rights of UU 27/2022 at once, without anybody at the desk.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from geo_reports.forms.privacy import EraseForm, WishesForm
from geo_reports.models import DataRequest, Report
from geo_reports.pages.shown import own_report
from geo_reports.privacy import erasing, own_data
from geo_reports.privacy.export import archive

View = Callable[[HttpRequest, Report], HttpResponseBase]


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by no browser, proxy or search engine; the secret in the address is not told to other sites."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def of_reporter(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Give the view the report whose secret is in the address; without it there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponseBase:
        return private(view(request, own_report(request, code)))

    return guarded


@require_safe
@of_reporter
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """All that is stored, and what can be done with it."""
    return _page(request, report, _wishes_of(report))


@require_POST
@of_reporter
def correct(request: HttpRequest, report: Report) -> HttpResponse:
    """Change name, contact and who may know."""
    form = WishesForm(request.POST)
    if not form.is_valid():
        return _page(request, report, form, status=422)
    wishes = form.wishes
    fresh = erasing.correct(report.pk, wishes)
    told = _("Data Anda sudah diperbaiki.")
    if fresh.is_anonymous and not wishes.is_anonymous and wishes.name:
        told += " " + _("Nama belum diperiksa, jadi tidak ditampilkan pada laporan yang sudah tayang.")
    if report.wants_confidential and not wishes.wants_confidential:
        told += " " + _("Laporan tampil untuk umum setelah verifikator menayangkannya.")
    messages.success(request, told)
    return redirect(_address(fresh))


@require_POST
@of_reporter
def download(request: HttpRequest, report: Report) -> StreamingHttpResponse:
    """A ZIP file with everything."""
    return zipped([report], f"data-{report.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@of_reporter
def erase(request: HttpRequest, report: Report) -> HttpResponse:
    """Ask once more, saying what stays; then erase for good."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erasing.erase([report.pk], with_words=form.cleaned_data["hapus_isi"])
        return erased(request, [report])
    context = {"report": report, "form": form, "secret": report.secret}
    return render(request, "geo_reports/data/erase.html", context, status=422 if form.errors else 200)


def zipped(reports: list[Report], stem: str) -> StreamingHttpResponse:
    """The download, and the note that it happened."""
    at = timezone.now()
    DataRequest.objects.bulk_create(DataRequest(report=each, what=DataRequest.What.EXPORT, at=at) for each in reports)
    response = StreamingHttpResponse(archive(reports), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def erased(request: HttpRequest, reports: list[Report]) -> HttpResponse:
    """The page after erasing: the old link is dead, so nothing is redirected to."""
    public = Report.objects.public().filter(pk__in=[report.pk for report in reports]).order_by("-submitted_at")
    return render(request, "geo_reports/data/erased.html", {"reports": public, "count": len(reports)})


def _wishes_of(report: Report) -> WishesForm:
    return WishesForm(
        initial={
            "nama": report.reporter_name,
            "kontak": report.reporter_contact,
            "tampilkan_nama": not report.is_anonymous,
            "rahasia": report.wants_confidential,
        }
    )


def _address(report: Report) -> str:
    return f"{report.get_absolute_url()}data/?kunci={report.secret}"


def _page(request: HttpRequest, report: Report, form: WishesForm, status: int = 200) -> HttpResponse:
    context = {
        "report": report,
        "secret": report.secret,
        "form": form,
        "photos": own_data.own_photos(report),
        "questions": report.questions.all(),
        "appeals": own_data.appeals_of(report),
        "looks": own_data.looks_at(report),
        "asked": report.data_requests.all(),
        "may_show_name": not report.is_published or not report.is_anonymous,
    }
    return render(request, "geo_reports/data/show.html", context, status=status)
