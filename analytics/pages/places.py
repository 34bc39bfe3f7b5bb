"""The page of hot spots, its CSV twins, and the cells for its map."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics.pages.asked import asked, refusal
from analytics.places import files
from analytics.places.page import Places, context, map_url
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page; with `?sel=semua` every cell that holds reports. An impossible filter is named and all is shown."""
    question = asked(request)
    found = Places(question.filters)
    page = question.context(n=found.counts.n) | context(found, is_whole=request.GET.get("sel") == "semua")
    page["config"] = _config(question.filters, page)
    return render(request, "analytics/places/page.html", page, status=question.status)


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


def _places(request: HttpRequest) -> Places | HttpResponse:
    """What a program asks about, or why not."""
    try:
        return Places(read_filters(request.GET))
    except InvalidFilter as error:
        return refusal(str(error))


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One of the tables as CSV, all of its rows."""
    if name not in files.TABLES:
        raise Http404
    found = _places(request)
    if isinstance(found, HttpResponse):
        return found
    response = HttpResponse(files.as_csv(name, found), content_type="text/csv; charset=utf-8")
    stem = f"titik-rawan-{name}-{timezone.localdate():%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
    return response


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    """The hexagons of the city as GeoJSON."""
    found = _places(request)
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(files.as_geojson(found), content_type="application/geo+json")
