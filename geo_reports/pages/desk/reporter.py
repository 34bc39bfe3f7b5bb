"""Looking at what is hidden of a report: who sent it, and its words before redaction. Logged, shown once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from geo_reports import privacy
from geo_reports.forms.privacy import LookForm
from geo_reports.models import PersonalDataLook, Report
from geo_reports.pages.desk.case import report_of
from geo_reports.workers import Worker

View = Callable[[HttpRequest, Worker, str], HttpResponse]


@dataclass(frozen=True)
class Hidden:
    """Something that only a logged look shows."""

    what: PersonalDataLook.What
    title: str | Promise
    button: str | Promise
    exists: Callable[[Report], bool]


IDENTITY: Final = Hidden(
    PersonalDataLook.What.IDENTITY,
    gettext_lazy("Identitas pelapor"),
    gettext_lazy("Lihat identitas pelapor"),
    lambda report: bool(report.reporter_name or report.reporter_contact),
)
ORIGINAL_TEXT: Final = Hidden(
    PersonalDataLook.What.ORIGINAL_TEXT,
    gettext_lazy("Uraian asli"),
    gettext_lazy("Lihat uraian asli"),
    lambda report: bool(report.original_text),
)


def look_at(hidden: Hidden) -> View:
    """The view that asks why, writes it down, and then shows it in that one answer.

    A reload asks again: what was shown is in no address, session or cache.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
        report = report_of(worker, code)
        if not privacy.may_look(worker, report):
            raise PermissionDenied
        if not hidden.exists(report):
            raise Http404
        form = LookForm(request.POST if request.method == "POST" else None)
        is_shown = request.method == "POST" and form.is_valid()
        if is_shown:
            privacy.look(worker, report, hidden.what, reason=form.cleaned_data["reason"])
        context = {
            "report": report,
            "hidden": hidden,
            "form": form,
            "is_shown": is_shown,
            "looks": report.looks.filter(what=hidden.what),
        }
        response = render(request, "geo_reports/desk/look.html", context, status=422 if form.errors else 200)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return view
