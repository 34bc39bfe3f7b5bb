"""The page of kecamatan, and of the kelurahan of one of them; and its table as CSV."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import districts, measures
from analytics.clocks import COMPLETION, RESPONSE
from analytics.models.reporters import LEAST
from analytics.pages.asked import asked, refusal
from analytics.pages.files import as_file
from analytics.shown import drawings
from analytics.templatetags.waiting import scale_days
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.models import Kecamatan

SELECTS: Final = ("kategori", "skpd", "kecamatan")


@require_safe
def kecamatan(request: HttpRequest) -> HttpResponse:
    """The page. An impossible filter is named and everything is shown instead."""
    question = asked(request)
    filters, found = question.filters, districts.districts(question.filters, question.at)
    figures = districts.figures(found, filters)
    n = sum(each.n for each in found)
    context = question.context(n=n, selects=SELECTS) | {
        "n": n,
        "districts": [(each, filters.query(kecamatan=each.code)) for each in found],
        "is_kelurahan": districts.level_of(filters) == "kelurahan",
        "parent": Kecamatan.objects.filter(pk__in=filters.kecamatan).first() if len(filters.kecamatan) == 1 else None,
        "scales": {clock: scale_days(getattr(each, clock) for each in found) for clock in (RESPONSE, COMPLETION)},
        "sources": sorted({each.source for each in found if each.population and each.source}),
        "spread": districts.spread(found),
        "has_population": any(each.population for each in found),
        "has_unknown_population": any(each.code and not each.population for each in found),
        "counted_at": max((each.reporters.counted_at for each in found if each.reporters), default=None),
        "least": LEAST,
        "figures": figures,
        "drawings": drawings(*figures),
        "min_events": measures.MIN_EVENTS,
        "without_area": filters.query(kecamatan="", kelurahan=""),
    }
    return render(request, "analytics/kecamatan.html", context, status=question.status)


@require_safe
def kecamatan_csv(request: HttpRequest) -> HttpResponse:
    """The table."""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return refusal(str(error))
    return as_file(districts.sheet(districts.districts(filters, timezone.now()), districts.level_of(filters)))
