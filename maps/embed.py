"""The map within another website: who may frame it, the way back to the full page, the code to paste."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from geo_reports.filters import ReportFilters
from maps.params import parse_position

Page = Callable[[HttpRequest], HttpResponseBase]
HEIGHT_PX = 600


def is_asked_for(request: HttpRequest) -> bool:
    """Whether the address is that of the framed page; any other value of `embed` means nothing."""
    return request.GET.get("embed") == "1"


def frameable(page: Page) -> Page:
    """Let the websites of EMBED_ORIGINS and our own show this page in a frame, and no other page.

    X-Frame-Options knows no list, so it is left out: `frame-ancestors` takes its place.
    """

    @wraps(page)
    def answer(request: HttpRequest) -> HttpResponseBase:
        ancestors = [SELF, *settings.EMBED_ORIGINS]
        framed: HttpResponseBase = csp_replace({"frame-ancestors": ancestors})(xframe_options_exempt(page))(request)
        return framed

    return answer


def links(request: HttpRequest, filters: ReportFilters) -> dict[str, Any]:
    """For the page's template: the full page and the framed one, and the code that frames it."""
    place = {"ukuran": request.GET.get("ukuran", ""), "peta": parse_position(request.GET.get("peta", ""))}
    home = reverse("home")
    embed_url = request.build_absolute_uri(f"{home}?{_query(filters, embed='1', **place)}")
    full_query = _query(filters, **place)
    return {
        "is_embedded": is_asked_for(request),
        "full_url": f"{home}?{full_query}" if full_query else home,
        "embed_url": embed_url,
        "embed_code": _code(embed_url) if settings.EMBED_ORIGINS else "",
        "embed_sites": "" if "https:" in settings.EMBED_ORIGINS else ", ".join(settings.EMBED_ORIGINS),
    }


def _query(filters: ReportFilters, **own: str) -> str:
    """Spelt as the page's script does it: a position keeps its slashes."""
    return filters.query(**own).replace("%2F", "/")


def _code(url: str) -> str:
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" frameborder="0" loading="lazy"'
        ' allow="geolocation"></iframe>',
        url,
        _("Peta laporan warga"),
        HEIGHT_PX,
    )
