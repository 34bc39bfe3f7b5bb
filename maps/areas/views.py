"""The pages of a kecamatan and of a kelurahan. Who measures waiting times is the composition root's choice."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.models import Kecamatan, Kelurahan
from geo_reports.waits import Measured
from maps.areas import page


@require_safe
def kecamatan(request: HttpRequest, code: str, measured: Measured) -> HttpResponse:
    """What is going on in one kecamatan, narrowed by `kategori`, `dari` and `sampai`."""
    return _page(request, Kecamatan.objects.all(), code, measured)


@require_safe
def kelurahan(request: HttpRequest, code: str, measured: Measured) -> HttpResponse:
    """What is going on in one kelurahan, narrowed like the page of a kecamatan."""
    return _page(request, Kelurahan.objects.select_related("kecamatan"), code, measured)


def _page(request: HttpRequest, areas: QuerySet[Any], code: str, measured: Measured) -> HttpResponse:
    """An impossible filter is named and everything is shown instead; parts that mean nothing here are left out."""
    area = get_object_or_404(areas, code=code.replace("\0", ""))
    chosen, problem = ReportFilters(), ""
    try:
        asked = read_filters(request.GET)
        chosen = ReportFilters(kategori=asked.kategori, dari=asked.dari, sampai=asked.sampai)
    except InvalidFilter as wrong:
        problem = str(wrong)
    found = page.context(area, chosen, measured, timezone.now()) | {"problem": problem}
    return render(request, "maps/areas/page.html", found, status=400 if problem else 200)
