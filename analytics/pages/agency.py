"""The page of one SKPD, and each of its tables as CSV."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import ages, measures, queries
from analytics.agency import charts, names, tables
from analytics.agency.finding import Asked, Findings, Group
from analytics.agency.panels import panels
from analytics.agency.streams import streams
from analytics.figures.style import styles
from analytics.measures import Clock
from analytics.pages.asked import refusal
from analytics.pages.files import as_file
from analytics.restricted_mean import RestrictedMean
from analytics.scales import Scale
from analytics.shown import drawings
from analytics.templatetags.waiting import scale_days
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.models import Agency
from geo_reports.pages.choices import Choice, active_filters, filter_choices
from geo_reports.workers import worker_of

SELECTS: Final = ("kategori", "kecamatan", "kelurahan")
OVERDUE_SHOWN: Final = 10
WORKING: Final = "kerja"
KATEGORI: Final = "kategori"
KECAMATAN: Final = "kecamatan"


def _asked(request: HttpRequest, agency: Agency) -> Asked:
    """What the address asks for; the SKPD is that of the page. Raises InvalidFilter."""
    filters = replace(read_filters(request.GET), skpd=(agency.pk,), status=(), q="")
    return Asked(agency.pk, filters, timezone.now(), request.GET.get("hari") == WORKING)


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """The page. An impossible filter is named and everything of this SKPD is shown instead."""
    shown, problem = get_object_or_404(Agency, slug=slug), ""
    try:
        asked = _asked(request, shown)
    except InvalidFilter as error:
        problem = str(error)
        asked = Asked(shown.pk, ReportFilters(skpd=(shown.pk,)), timezone.now())
    by = KECAMATAN if request.GET.get("per") == KECAMATAN else KATEGORI
    context = _context(asked, shown, by) | {"problem": problem, "desk": _at_the_desk(request.user, asked)}
    response = render(request, "analytics/agency.html", context, status=400 if problem else 200)
    patch_vary_headers(response, ["Cookie"])
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _context(asked: Asked, shown: Agency, by: str) -> dict[str, Any]:
    found = Findings(asked)
    choices = filter_choices(asked.filters, SELECTS)
    agencies = queries.agencies()
    known = _names(choices, agencies)
    figures = charts.drawn(found, styles([each.pk for each in agencies])[shown.pk])
    links = _links(asked, by)
    addresses = {name: reverse("analytics:agency_csv", args=[shown.pk, name]) + links["here"] for name in tables.SHEETS}
    shown_panels = panels(found, figures, known, addresses)
    return links | {
        "agency": shown,
        "asked": asked,
        "choices": choices,
        "addresses": addresses,
        "found": found,
        "clocks": _clocks(found),
        "day_word": charts.unit(found),
        "handovers": tables.handovers(found, known),
        "totals": _totals(found),
        "oldest": ages.oldest(found.ageing),
        "old_days": queries.OLD_DAYS,
        "has_any": bool(len(found.flow)),
        "in_time": found.on_time,
        "grouping": _grouping(found, known, by, addresses),
        "streams": streams(found.handovers, asked.agency, known.agencies),
        "drawings": drawings(*shown_panels),
        "panels": shown_panels,
        "min_events": measures.MIN_EVENTS,
        "at": asked.at,
    }


def _links(asked: Asked, by: str) -> dict[str, Any]:
    """The filter as it is, and the addresses that differ from this one in one thing."""
    filters = replace(asked.filters, skpd=())
    unit = {"hari": WORKING} if asked.is_working else {}
    per = {"per": KECAMATAN} if by == KECAMATAN else {}
    kept = unit | per
    here = filters.query(**unit)
    return {
        "filters": filters,
        "active": active_filters(filters, **kept),
        "kept": kept,
        "here": f"?{here}" if here else "",
        "calendar_query": filters.query(**per),
        "working_query": filters.query(hari=WORKING, **per),
        "kategori_query": filters.query(**unit),
        "kecamatan_query": filters.query(per=KECAMATAN, **unit),
        "spells_query": filters.query(skpd=asked.agency),
        "year_query": replace(filters, dari=None, sampai=None).query(apa="periode", skpd=asked.agency),
        "other_query": filters.query(apa="skpd", a=asked.agency),
    }


def _names(choices: list[Choice], agencies: list[Agency]) -> tables.Names:
    options: dict[str, dict[str | None, str]] = {
        choice.name: dict[str | None, str](choice.groups[0][1]) for choice in choices if choice.groups
    }
    return tables.Names(
        {each.pk: each.short_name for each in agencies},
        {str(slug): label for slug, label in options["kategori"].items()},
        {**options["kecamatan"], None: _("Di luar kecamatan")},
    )


@dataclass(frozen=True, eq=False)
class ShownClock:
    """A clock of everything, and what the page calls it."""

    label: str
    clock: Clock
    mean: RestrictedMean


def _clocks(found: Findings) -> dict[str, ShownClock]:
    return {
        name: ShownClock(str(names.CLOCKS[name]), clock, clock.restricted_mean_days(tables.MEAN_HORIZON_DAYS))
        for name, clock in found.clocks.items()
    }


def _totals(found: Findings) -> dict[str, int]:
    """What came and left in all months, and what is there now."""
    flow = found.flow
    return {
        "came": int(flow["came"].sum()),
        "left": int(flow["left"].sum()),
        "backlog": int(flow["backlog"].tail(1).sum()),
    }


@dataclass(frozen=True, eq=False)
class Grouping:
    """Clocks side by side on two scales in days."""

    name: str
    title: str
    rows: list[tuple[str, Group]]
    csv: str
    response_scale: Scale
    completion_scale: Scale


def _grouping(found: Findings, known: tables.Names, by: str, addresses: Mapping[str, str]) -> Grouping:
    if by == KECAMATAN:
        title, rows = _("Per kecamatan"), [(known.kecamatan[each.key], each) for each in found.kecamatan]
    else:
        title, rows = _("Per kategori"), [(known.categories.get(each.key, ""), each) for each in found.categories]
    return Grouping(
        by,
        title,
        rows,
        addresses[by],
        scale_days(group.response for _label, group in rows),
        scale_days(group.completion for _label, group in rows),
    )


def _at_the_desk(user: User | AnonymousUser | AbstractBaseUser, asked: Asked) -> dict[str, Any] | None:
    """The overdue reports that somebody of the desk may open, the longest overdue first; None for everybody else."""
    worker = worker_of(user)
    if worker is None or (worker.is_officer and not worker.user.memberships.filter(agency=asked.agency).exists()):
        return None
    overdue = worker.reports().matching(asked.filters).open().overdue().order_by("due_on", "pk")
    rows = overdue.select_related("category", "kelurahan")[: OVERDUE_SHOWN + 1]
    query = asked.filters.query(tampil="lewat-tenggat")
    return {"rows": rows[:OVERDUE_SHOWN], "has_more": len(rows) > OVERDUE_SHOWN, "query": query}


@require_safe
def agency_csv(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One table as CSV (UTF-8, comma, decimal point); empty cells: not reached or too few."""
    shown = get_object_or_404(Agency, slug=slug)
    if name not in tables.SHEETS:
        raise Http404
    try:
        asked = _asked(request, shown)
    except InvalidFilter as error:
        return refusal(str(error))
    known = _names(filter_choices(asked.filters, SELECTS), queries.agencies())
    sheet = tables.SHEETS[name](Findings(asked), known)
    return as_file(replace(sheet, name=f"{slug}-{name}"))
