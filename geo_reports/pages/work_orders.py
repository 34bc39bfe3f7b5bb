"""The printable work order of a field crew: which reports, and the PDF made of them."""

import tempfile
from typing import IO, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from geo_reports import work_orders
from geo_reports.codes import normalised
from geo_reports.paper import typeface
from geo_reports.workers import Worker, name_of

IN_MEMORY_BYTES: Final = 2_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def work_order(request: HttpRequest, worker: Worker) -> HttpResponseBase:
    """The reports `kode` (given several times) as a PDF; posting is for lists too long for an address.

    Prints all of them or, with a sentence that says why, nothing.
    """
    asked = request.POST if request.method == "POST" else request.GET
    codes = [normalised(code.replace("\0", "")) for code in asked.getlist("kode") if code.strip()]
    try:
        order = work_orders.gather(codes, worker.reports(), by=name_of(worker.user), now=timezone.now())
    except work_orders.UnknownReports as error:
        return _refused(request, error, 404)
    except work_orders.NoOrder as error:
        return _refused(request, error, 422)
    paper: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    fonts = settings.NODE_MODULES / typeface.FOLDER
    work_orders.write(order, work_orders.words_for(order), paper, fonts=fonts, open_photo=default_storage.open)
    paper.seek(0)
    day = timezone.localdate()
    response = FileResponse(paper, filename=f"surat-tugas-{day:%Y-%m-%d}.pdf", content_type="application/pdf")
    patch_cache_control(response, private=True, no_store=True)
    return response


def _refused(request: HttpRequest, error: work_orders.NoOrder, status: int) -> HttpResponse:
    return render(request, "geo_reports/desk/no_work_order.html", {"sentence": str(error)}, status=status)
