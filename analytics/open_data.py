"""Downloads of the section: what the numbers are made of."""

from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from analytics.spells import lines
from geo_reports import downloads
from geo_reports.forms.filters import InvalidFilter, read_filters


@require_safe
def spells(request: HttpRequest) -> HttpResponseBase:
    """Every spell of the filter with its moments; see `analytics.spells`."""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    chunks = None if request.method == "HEAD" else lines(filters)
    return downloads.attachment(chunks, stem="penugasan", suffix="csv", content_type="text/csv; charset=utf-8")
