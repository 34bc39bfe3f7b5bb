"""The page that compares two SKPD, two kecamatan or two periods; and its table as CSV."""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import measures, queries
from analytics.comparison import Incomparable, Pair, compared, nothing, read
from analytics.differences import differences, whole
from analytics.pages.asked import Asked, asked, refusal
from analytics.pages.files import as_file
from analytics.shown import drawings
from geo_reports.filters import ReportFilters
from geo_reports.models import Kecamatan

# Besides what is compared: what both have in common.
COMMON: Final = {
    "skpd": ("kategori", "kecamatan"),
    "kecamatan": ("kategori", "skpd"),
    "periode": ("kategori", "skpd", "kecamatan"),
}


def _common(filters: ReportFilters, pair: Pair) -> ReportFilters:
    """The filter without what the two sides take the place of."""
    if pair.kind == "periode":
        return replace(filters, dari=None, sampai=None)
    return replace(filters, skpd=()) if pair.kind == "skpd" else replace(filters, kecamatan=(), kelurahan=())


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """The page; with a form for what to compare until two are chosen. What is impossible is named."""
    question = asked(request)
    today = timezone.localdate(question.at)
    problem = question.problem
    try:
        context = _context(request, question, read(request.GET, today))
    except Incomparable as error:
        problem = problem or str(error)
        context = _context(request, question, nothing(request.GET.get("apa", "")))
    context["problem"] = problem
    return render(request, "analytics/comparison.html", context, status=400 if problem else 200)


def _context(request: HttpRequest, question: Asked, pair: Pair) -> dict[str, Any]:
    filters = _common(question.filters, pair)
    context: dict[str, Any] = question.context(selects=COMMON[pair.kind]) | {
        "filters": filters,
        "pair": pair,
        "agencies": [(each.pk, each.short_name) for each in queries.agencies()],
        "kecamatan": [(each.pk, each.name) for each in Kecamatan.objects.order_by("name")],
        "min_events": measures.MIN_EVENTS,
        "others": {kind: filters.query(apa=kind) for kind in COMMON},
    }
    if pair.is_chosen:
        one, other = compared(pair, filters, question.at)
        csv = f"{reverse('analytics:comparison_csv')}?{request.GET.urlencode()}"
        found = differences(one, other, csv)
        figures = [each.figure for each in found if each.figure]
        context |= {"one": one, "other": other, "differences": found, "csv": csv, "drawings": drawings(*figures)}
    return context


@require_safe
def comparison_csv(request: HttpRequest) -> HttpResponse:
    """The numbers of both and their differences."""
    question = asked(request)
    if question.problem:
        return refusal(question.problem)
    try:
        pair = read(request.GET, timezone.localdate(question.at))
        one, other = compared(pair, _common(question.filters, pair), question.at)
    except Incomparable as error:
        return refusal(str(error))
    return as_file(whole(differences(one, other, ""), one, other))
