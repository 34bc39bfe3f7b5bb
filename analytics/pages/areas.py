"""Waiting times per area as JSON, for the colours of the map."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from analytics.areas import by_code
from analytics.pages.asked import refusal
from analytics.timing.question import Key
from geo_reports.forms.filters import InvalidFilter, read_filters

LEVELS: Final[dict[str, Key]] = {"kecamatan": "kecamatan", "kelurahan": "kelurahan"}


@require_safe
@conditional_page
def areas(request: HttpRequest) -> HttpResponse:
    """Waiting times and the share in time by area code, for `level` kecamatan or kelurahan; see `areas.by_code`."""
    level = request.GET.get("level", "kecamatan")
    if level not in LEVELS:
        return refusal(_("level harus kecamatan atau kelurahan."))
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return refusal(str(error))
    return JsonResponse(by_code(filters, LEVELS[level], timezone.now()))
