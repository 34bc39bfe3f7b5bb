"""For reporters who lost their link: prove by the mailbox who they are, then the same rights for all their reports."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from geo_reports.forms.privacy import EraseForm, MailboxForm
from geo_reports.models import Report
from geo_reports.pages.client import is_over_limit
from geo_reports.pages.own_data import erased, private, zipped
from geo_reports.privacy import erasing, links

PER_HOUR: Final = 10  # of one client


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Where to send the link. The answer is the same whether or not the address is known."""
    form = MailboxForm(request.POST if request.method == "POST" else None)
    is_sent, status = False, 200
    if request.method == "POST":
        if is_over_limit(request, "data link", PER_HOUR):
            form.add_error(None, _("Terlalu banyak permintaan dari jaringan ini. Coba lagi satu jam lagi."))
            status = 429
        elif form.is_valid():
            links.ask(form.cleaned_data["surel"])
            is_sent = True
        else:
            status = 422
    context = {"form": form, "is_sent": is_sent, "minutes": links.VALID_FOR.seconds // 60}
    return private(render(request, "geo_reports/data/ask.html", context, status=status))


@require_safe
def reports(request: HttpRequest, token: str) -> HttpResponseBase:
    """The reports of the mailbox; an old link says how to get a new one."""
    found = links.reports_of(token)
    if not found:
        return private(render(request, "geo_reports/data/link_over.html", status=404))
    return private(render(request, "geo_reports/data/reports.html", {"reports": found, "token": token}))


@require_POST
def download(request: HttpRequest, token: str) -> HttpResponseBase:
    """A ZIP file with everything of all of them."""
    return private(zipped(_of(token), "data-saya"))


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask once more, saying what stays; then erase all of them for good."""
    found = _of(token)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erasing.erase([report.pk for report in found], with_words=form.cleaned_data["hapus_isi"])
        return private(erased(request, found))
    context = {"reports": found, "form": form, "token": token}
    return private(render(request, "geo_reports/data/erase.html", context, status=422 if form.errors else 200))


def _of(token: str) -> list[Report]:
    found = links.reports_of(token)
    if not found:
        raise Http404
    return found
