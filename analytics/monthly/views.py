"""The monthly report as a PDF for everybody."""

import tempfile
from pathlib import PurePath
from typing import IO, Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from analytics.monthly import asking
from analytics.monthly.making import Edition, print_to

IN_MEMORY_BYTES: Final = 2_000_000


@require_safe
def report(request: HttpRequest) -> HttpResponseBase:
    """The report of `bulan` (YYYY-MM, the last complete one by default) on `skpd` (the city by default).

    Whoever has it already, with the same numbers, gets a 304 before anything is drawn.
    """
    at = timezone.now()
    try:
        agency = asking.agency_asked(request.GET.get("skpd", "").strip())
        month = asking.month_asked(request.GET.get("bulan", "").strip(), at)
    except asking.Impossible as error:
        return _refused(request, error)
    edition = Edition.gathered(agency, month, at)
    etag = edition.etag
    response = get_conditional_response(request, etag=etag) or _printed(edition, asking.file_name(agency, month))
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "no-cache"
    return response


def _printed(edition: Edition, name: PurePath) -> FileResponse:
    paper: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    print_to(paper, edition)
    paper.seek(0)
    return FileResponse(paper, filename=str(name), content_type="application/pdf")


def _refused(request: HttpRequest, error: asking.Impossible) -> HttpResponse:
    status = 400 if isinstance(error, asking.Misspelt) else 404
    return render(request, "analytics/no_monthly_report.html", {"sentence": str(error)}, status=status)
