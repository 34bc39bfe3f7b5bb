"""The page that compares two SKPD, two kecamatan or two periods; and its table as CSV."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import compared_periods, measures, queries
from analytics.compared_periods import Incomparable, Period
from analytics.comparison import Pair, compared, nothing, read
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
SIDES: Final = ("a", "b")


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
        "given": _given(request, pair, timezone.localdate(question.at)),
        "others": {kind: filters.query(apa=kind) for kind in COMMON},
    }
    if pair.is_chosen:
        one, other = compared(pair, filters, question.at)
        csv = f"{reverse('analytics:comparison_csv')}?{request.GET.urlencode()}"
        found = differences(one, other, csv)
        figures = [each.figure for each in found if each.figure]
        context |= {
            "one": one,
            "other": other,
            "cautions": _cautions(pair, timezone.localdate(question.at)),
            "differences": found,
            "tables": [each for each in found if not each.is_few],
            "csv": csv,
            "figures": figures,
            "drawings": drawings(*figures),
        }
    return context


def _given(request: HttpRequest, pair: Pair, today: date) -> dict[str, str]:
    """What stands in the form: what was asked for, also where that is impossible; the usual periods else."""
    if pair.kind != "periode":
        return {name: request.GET.get(name, "") for name in SIDES}
    found: dict[str, str] = {}
    for side, usual in zip(SIDES, compared_periods.usual_periods(today), strict=True):
        given = compared_periods.days_of(side, request.GET)
        if not any(given.values()):
            given = {"dari": usual.since.isoformat(), "sampai": usual.until.isoformat()}
        found |= {f"{side}_{part}": value for part, value in given.items()}
    return found


def _cautions(pair: Pair, today: date) -> list[str]:
    if isinstance(pair.first, Period) and isinstance(pair.second, Period):
        return compared_periods.cautions(pair.first, pair.second, today)
    return []


@require_safe
def comparison_csv(request: HttpRequest) -> HttpResponse:
    """The numbers of both and their differences."""
    question = asked(request)
    if question.problem:
        return refusal(question.problem)
    try:
        pair = read(request.GET, timezone.localdate(question.at))
        if not pair.is_chosen:
            return refusal(_("Sebutkan keduanya: a dan b."))
        common = _common(question.filters, pair)
        one, other = compared(pair, common, question.at)
    except Incomparable as error:
        return refusal(str(error))
    return as_file(whole(differences(one, other, ""), one, other, common.query()))
