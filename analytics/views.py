"""The analytics page, its CSV twin, and waiting times per area for the map."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import charts, measures, queries, table
from analytics.areas import by_code
from analytics.clocks import COMPLETION, RESPONSE
from analytics.measures import Clock
from analytics.survival import Estimate
from analytics.timing.reading import Key
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.models import Agency, Report
from geo_reports.pages.choices import active_filters, filter_choices

RESPONSE_HORIZON_DAYS: Final = 14
COMPLETION_HORIZON_DAYS: Final = 60
LEVELS: Final[dict[str, Key]] = {"kecamatan": "kecamatan", "kelurahan": "kelurahan"}
# Not the status: it chooses reports by their outcome. An address may still carry it, with a warning.
SELECTS: Final = frozenset({"kategori", "skpd", "kecamatan"})


@dataclass(frozen=True, eq=False)
class Analysis:
    """Everything counted for one filter at one moment."""

    agencies: Sequence[Agency]
    rows: list[table.Row]
    total: table.Total


def analyse(filters: ReportFilters, at: datetime) -> Analysis:
    """Count and measure; 4 queries whatever the number of reports."""
    agencies = queries.agencies()
    counts = queries.report_counts(filters, "agency", at)
    return Analysis(
        agencies,
        table.rows(counts, queries.clock_counts(filters, "agency", at), agencies),
        table.total(counts, queries.clock_counts(filters, "city", at), RESPONSE_HORIZON_DAYS),
    )


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page. An impossible filter is named and everything is shown instead."""
    problem = ""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        filters, problem = ReportFilters(), str(error)
    order = request.GET.get("urut", "-n")
    at = timezone.now()
    found = analyse(filters, at)
    everything = found.total.n if filters.is_empty else Report.objects.public().count()
    context = {
        "filters": filters,
        "problem": problem,
        "choices": [choice for choice in filter_choices(filters) if choice.name in SELECTS],
        "active": active_filters(filters),
        "hidden": everything - found.total.n,
        "total": found.total,
        "rows": table.arranged(found.rows, order),
        "columns": _columns(filters, order),
        "scales": {clock: _scale([*found.rows, found.total], clock) for clock in (RESPONSE, COMPLETION)},
        "horizons": _horizons(found.total),
        "long_days": RESPONSE_HORIZON_DAYS,
        "min_events": measures.MIN_EVENTS,
        "figures": charts.drawn(found.rows, found.agencies),
        "at": at,
    }
    return render(request, "analytics/overview.html", context, status=400 if problem else 200)


def _columns(filters: ReportFilters, order: str) -> list[dict[str, str]]:
    """Heads of the table: each a link that sorts by it, and back to front when it already does."""
    heads = {
        "skpd": (_("SKPD"), "skpd"),
        "n": (_("Laporan"), "-n"),
        "terbuka": (_("Masih terbuka"), "-terbuka"),
        "tanggapan": (_("Tanggapan pertama"), "tanggapan"),
        "selesai": (_("Penyelesaian"), "selesai"),
    }
    current = order if order.removeprefix("-") in heads else "-n"
    columns = []
    for name, (label, usual) in heads.items():
        is_current = current.removeprefix("-") == name
        turned = name if current.startswith("-") else f"-{name}"
        sort = ("descending" if current.startswith("-") else "ascending") if is_current else ""
        query = filters.query(urut=turned if is_current else usual)
        columns.append({"name": name, "label": label, "query": query, "sort": sort})
    return columns


def _scale(rows: Sequence[table.Row | table.Total], clock: str) -> float:
    """The days at the right end of the bars of a column; open intervals get room to point on."""
    estimates = [getattr(row, clock).median_days for row in rows]
    largest = max((part for e in estimates for part in (e.value, e.low, e.high) if part is not None), default=0.0)
    return largest * 1.08 if any(e.low is not None and e.high is None for e in estimates) else largest


def _horizons(total: table.Total) -> list[dict[str, Any]]:
    """Shares that were answered, and settled, within a plain number of days."""
    return [
        {"label": label % {"days": days}, "few": clock.is_few, "share": _in_percent(clock.share_within(days))}
        for label, days, clock in (
            (_("Ditanggapi dalam %(days)s hari"), RESPONSE_HORIZON_DAYS, total.response),
            (_("Selesai dalam %(days)s hari"), COMPLETION_HORIZON_DAYS, total.completion),
        )
    ]


def _in_percent(share: Estimate) -> Estimate:
    return Estimate(*(None if part is None else part * 100 for part in (share.value, share.low, share.high)))


def _refusal(sentence: str) -> HttpResponse:
    """A machine's answer to an impossible question."""
    return HttpResponseBadRequest(sentence, content_type="text/plain; charset=utf-8")


CSV_CLOCK: Final = ("median_hari", "bawah_95", "atas_95", "rata_rata_selesai_hari", "diikuti", "peristiwa")


def _csv_clock(clock: Clock) -> list[str]:
    median = clock.median_days
    days = (median.value, median.low, median.high, None if clock.is_few else clock.mean_days)
    return ["" if part is None else f"{part:.2f}" for part in days] + [str(clock.n), str(clock.events)]


@require_safe
def agencies_csv(request: HttpRequest) -> HttpResponse:
    """The table as CSV (UTF-8, comma, decimal point); empty cells: not reached or too few."""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return _refusal(str(error))
    found = analyse(filters, timezone.now())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="waktu-tanggap-skpd-{timezone.localdate():%Y-%m-%d}.csv"'
    writer = csv.writer(response)
    names = [f"{clock}_{column}" for clock in ("tanggapan", "selesai") for column in CSV_CLOCK]
    writer.writerow(["skpd", "nama", "laporan", "terbuka", *names])
    for row in table.arranged(found.rows, request.GET.get("urut", "-n")):
        clocks = _csv_clock(row.response) + _csv_clock(row.completion)
        writer.writerow([row.slug, row.full_name or row.name, row.n, row.open, *clocks])
    return response


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Waiting times and the share in time by area code, for `level` kecamatan or kelurahan; see `areas.by_code`."""
    level = request.GET.get("level", "kecamatan")
    if level not in LEVELS:
        return _refusal(_("level harus kecamatan atau kelurahan."))
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return _refusal(str(error))
    return JsonResponse(by_code(filters, LEVELS[level], timezone.now()))
