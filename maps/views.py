"""The public map and its data. Parses, asks the other rooms, answers; reads nothing itself."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from maps import boundaries as screen
from maps import embed, exports, geojson, grid
from maps import home as page
from maps import search as places
from maps.collections import report_rows
from maps.measures import summarise
from maps.params import BadParameter, Level, parse_bbox, parse_level, parse_measure, parse_words, parse_zoom

View = Callable[..., HttpResponseBase]
BOUNDARY_CACHE = "public, max-age=3600, stale-while-revalidate=86400"


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
        return render(request, "maps/_latest.html", context, status=status)
    context |= page.frame(filters, request.GET.get("ukuran", ""))
    context |= embed.links(request, filters)
    return render(request, "maps/home.html", context, status=status)


@machine
def export(request: HttpRequest) -> HttpResponseBase:
    """All public reports that match the list's filters, as one GeoJSON file."""
    filters = read_filters(request.GET)
    chunks = None if request.method == "HEAD" else geojson.stream(report_rows(filters), "laporan")
    return exports.attachment(chunks, stem="laporan", suffix="geojson", content_type=geojson.CONTENT_TYPE)


@machine
def boundaries(request: HttpRequest, level: str) -> HttpResponseBase:
    """The areas of a level for drawing; of one kecamatan with `?kecamatan=`."""
    found = screen.current(Level(level), read_filters(request.GET).kecamatan)
    etag = quote_etag(found.fingerprint)
    known = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    response = (
        HttpResponseNotModified()
        if etag in known
        else HttpResponse(geojson.collection(found.features(), level), content_type=geojson.CONTENT_TYPE)
    )
    response.headers["ETag"], response.headers["Cache-Control"] = etag, BOUNDARY_CACHE
    return response


@machine
def measures(request: HttpRequest) -> HttpResponseBase:
    """Numbers for the areas of a level, and the totals they add up to."""
    level, measure = parse_level(request.GET.get("level", "")), parse_measure(request.GET.get("ukuran", ""))
    return JsonResponse(summarise(read_filters(request.GET), level, measure).as_json())


@machine
def search(request: HttpRequest) -> HttpResponseBase:
    """Areas, streets and reports that the words of `?q=` may mean."""
    return JsonResponse(places.find(parse_words(request.GET.get("q", ""))).as_json())


@machine
def clusters(request: HttpRequest) -> HttpResponseBase:
    """The reports in the map's window, gathered into cells of the screen."""
    window, zoom = parse_bbox(request.GET.get("bbox", "")), parse_zoom(request.GET.get("zoom", ""))
    rows = grid.cell_rows(read_filters(request.GET), window, zoom)
    return HttpResponse(geojson.document(rows, "sel", total_of="jumlah"), content_type=geojson.CONTENT_TYPE)
