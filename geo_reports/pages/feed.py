"""The list as RSS, with the same filters."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from geo_reports.filters import ReportFilters
from geo_reports.forms import InvalidFilter, read_filters
from geo_reports.models import City, Report
from geo_reports.templatetags.look import category_label, place_label, status_label

if TYPE_CHECKING:
    BaseFeed = Feed[Report, ReportFilters]
else:
    BaseFeed = Feed

NEWEST = 50
# XML 1.0 has no way to write these, and people do paste them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class ReportFeed(BaseFeed):
    """The newest public reports of a filter."""

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer a wrong filter with its sentence instead of an empty feed."""
        try:
            return super().__call__(request, *args, **kwargs)
        except InvalidFilter as error:
            return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")

    def get_object(self, request: HttpRequest, *args: object, **kwargs: object) -> ReportFilters:
        """The filter in the address."""
        return read_filters(request.GET)

    def title(self, filters: ReportFilters) -> str:
        """The name of the service."""
        city = City.objects.first()
        return _("Laporan warga: %(brand)s") % {"brand": city.brand if city else ""}

    def description(self, filters: ReportFilters) -> str:
        """What a reader subscribes to."""
        return _("Laporan terbaru dengan saringan yang sama seperti di halaman daftar.")

    def link(self, filters: ReportFilters) -> str:
        """The list with the same filter."""
        query = filters.query()
        return reverse("reports:list") + (f"?{query}" if query else "")

    def items(self, filters: ReportFilters) -> list[Report]:
        """The newest reports; 3 queries."""
        found = Report.objects.public().matching(filters).for_cards()
        return list(found.order_by("-submitted_at", "-pk")[:NEWEST])

    def item_title(self, item: Report) -> str:
        """Category, place and status."""
        return _clean(f"{category_label(item.category)}, {place_label(item)} ({status_label(item.status)})")

    def item_description(self, item: Report) -> str:
        """The text, once a person has checked it."""
        return _clean(item.__dict__["public_text"] or _("Uraian dan foto tampil setelah diperiksa."))

    def item_pubdate(self, item: Report) -> datetime:
        """When it was sent."""
        return item.submitted_at

    def item_guid(self, item: Report) -> str:
        """The report number: it stays when the site moves."""
        return item.code

    item_guid_is_permalink = False


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text)
