"""The public map and its data. Parses, asks the other rooms, answers; reads nothing itself."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from geo_reports import downloads
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from maps import boundaries as screen
from maps import embed, geojson, tiles
from maps import home as page
from maps import search as places
from maps.collections import report_rows
from maps.history import history
from maps.holding import holding
from maps.measures import summarise
from maps.params import (
    MAX_ZOOM,
    BadParameter,
    Level,
    parse_cells,
    parse_level,
    parse_measure,
    parse_skipped,
    parse_words,
)
from maps.world import Square

View = Callable[..., HttpResponseBase]
BOUNDARY_CACHE = "public, max-age=3600, stale-while-revalidate=86400"
# New reports are seen within seconds, and what was taken from view is gone as fast.
LIVE_CACHE = "public, max-age=10, stale-while-revalidate=20"


def machine(view: View) -> View:
    """For endpoints that programs read: a wrong parameter is a 400 with its sentence as text."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except (InvalidFilter, BadParameter) as wrong:
            response = HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def fingerprinted(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """A live answer: its ETag is made of the content, so whoever has it gets a 304 without a body."""
    return _unless_known(request, sha256(body).hexdigest()[:20], lambda: body, content_type, LIVE_CACHE)


def _unless_known(
    request: HttpRequest, fingerprint: str, body: Callable[[], bytes], content_type: str, cache: str
) -> HttpResponse:
    etag = quote_etag(fingerprint)
    known = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    response = HttpResponseNotModified() if etag in known else HttpResponse(body(), content_type=content_type)
    response.headers["ETag"], response.headers["Cache-Control"] = etag, cache
    return response


def _json(request: HttpRequest, data: object) -> HttpResponse:
    return fingerprinted(request, json.dumps(data, separators=(",", ":")).encode(), "application/json")


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The map of the city with the latest reports beside it; only the list with `?bagian=daftar`.

    An impossible filter is named and everything is shown instead. With `?embed=1` it is made for a
    frame in another website.
    """
    return embed.frameable(_map_page)(request) if embed.is_asked_for(request) else _map_page(request)


def _map_page(request: HttpRequest) -> HttpResponse:
    problem = ""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as wrong:
        filters, problem = ReportFilters(), str(wrong)
    context = page.latest(filters) | {"problem": problem}
    status = 400 if problem else 200
    if request.GET.get("bagian") == "daftar":
        part = render(request, "maps/_latest.html", context, status=status)
        return part if problem else _live_part(request, part)
    context |= page.frame(filters, request.GET.get("ukuran", ""))
    context |= embed.links(request, filters)
    return render(request, "maps/home.html", context, status=status)


def _live_part(request: HttpRequest, part: HttpResponse) -> HttpResponse:
    """A part of a page that scripts ask for again and again; in the reader's language, so not for shared caches."""
    response = fingerprinted(request, part.content, part.headers["Content-Type"])
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@machine
def export(request: HttpRequest) -> HttpResponseBase:
    """All public reports that match the list's filters, as one GeoJSON file."""
    filters = read_filters(request.GET)
    chunks = None if request.method == "HEAD" else geojson.stream(report_rows(filters), "laporan")
    return downloads.attachment(chunks, stem="laporan", suffix="geojson", content_type=geojson.CONTENT_TYPE)


@machine
def boundaries(request: HttpRequest, level: str) -> HttpResponseBase:
    """The areas of a level for drawing; of one kecamatan with `?kecamatan=`."""
    found = screen.current(Level(level), read_filters(request.GET).kecamatan)
    return _unless_known(
        request,
        found.fingerprint,
        lambda: geojson.collection(found.features(), level),
        geojson.CONTENT_TYPE,
        BOUNDARY_CACHE,
    )


@machine
def measures(request: HttpRequest) -> HttpResponseBase:
    """Numbers for the areas of a level, and the totals they add up to."""
    level, measure = parse_level(request.GET.get("level", "")), parse_measure(request.GET.get("ukuran", ""))
    return _json(request, summarise(read_filters(request.GET), level, measure).as_json())


@machine
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponseBase:
    """A vector tile of the reports that match; a tile that the world does not have is a 404."""
    of = Square(z, x, y)
    if z > MAX_ZOOM or not of.exists:
        raise Http404
    return fingerprinted(request, tiles.tile(read_filters(request.GET), of), tiles.CONTENT_TYPE)


@machine
def tilejson(request: HttpRequest) -> HttpResponseBase:
    """Where the tiles are and what is in them (TileJSON 3.0.0), with the filter of this address."""
    filters = read_filters(request.GET)
    return _json(request, tiles.describe(request.build_absolute_uri, filters))


@machine
def cell(request: HttpRequest) -> HttpResponseBase:
    """What some cells hold."""
    cells, skipped = parse_cells(request.GET.get("sel", "")), parse_skipped(request.GET.get("lewati", ""))
    return _json(request, holding(read_filters(request.GET), cells, skipped).as_json())


@machine
def months(request: HttpRequest) -> HttpResponseBase:
    """Reports per month of the filter, whatever its days."""
    return _json(request, {"bulan": [asdict(month) for month in history(read_filters(request.GET))]})


@machine
def search(request: HttpRequest) -> HttpResponseBase:
    """Areas, streets and reports that the words of `?q=` may mean."""
    return _json(request, places.find(parse_words(request.GET.get("q", ""))).as_json())
