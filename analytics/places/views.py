"""The page of hot spots, its CSV twins, and the cells for its map."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics.places import counting, files
from analytics.places.page import Places, context, map_url
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.pages.choices import active_filters, filter_choices

# Not the status: recurrence follows what is settled, whatever became of the rest.
SELECTS = frozenset({"kategori", "skpd", "kecamatan"})


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page; with `?sel=semua` every cell that holds reports. An impossible filter is named and all is shown."""
    problem = ""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        filters, problem = ReportFilters(), str(error)
    found = Places(filters)
    everything = found.counts.n if filters.is_empty else counting.number(ReportFilters())
    page = context(found, is_whole=request.GET.get("sel") == "semua") | {
        "filters": filters,
        "problem": problem,
        "choices": [choice for choice in filter_choices(filters) if choice.name in SELECTS],
        "active": active_filters(filters),
        "hidden": everything - found.counts.n,
        "at": timezone.now(),
    }
    page["config"] = _config(filters, page)
    return render(request, "analytics/places/page.html", page, status=400 if problem else 200)


def _config(filters: ReportFilters, page: dict[str, Any]) -> dict[str, Any]:
    """What the map's script needs: addresses, and the numbered places."""
    query = f"?{filters.query()}" if filters.query() else ""
    spots = [
        {"number": row.number, "lat": point.y, "lon": point.x}
        for row in page["spots"]
        if (point := row.spot.report.public_point)
    ]
    return {
        "cells": reverse("analytics:places_cells") + query,
        "borders": reverse("maps:boundaries", args=["kelurahan"]),
        "map": map_url(filters, 15, 0, 0).replace("0.00000/0.00000", "LAT/LON"),
        "spots": spots,
    }


def _asked(request: HttpRequest) -> Places | HttpResponse:
    """What a program asks about, or why not."""
    try:
        return Places(read_filters(request.GET))
    except InvalidFilter as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One of the tables as CSV, all of its rows."""
    if name not in files.TABLES:
        raise Http404
    found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    response = HttpResponse(files.as_csv(name, found), content_type="text/csv; charset=utf-8")
    stem = f"titik-rawan-{name}-{timezone.localdate():%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
    return response


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    """The hexagons of the city as GeoJSON."""
    found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(files.as_geojson(found), content_type="application/geo+json")
