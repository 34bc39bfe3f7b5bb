"""The overview: how long the city and each SKPD take; and its CSV twins."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import charts, measures, queries, table
from analytics.clocks import COMPLETION, RESPONSE
from analytics.measures import Clock
from analytics.pages.asked import asked, refusal
from analytics.pages.files import as_file
from analytics.shown import drawings
from analytics.survival import Estimate
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.models import Agency

RESPONSE_HORIZON_DAYS: Final = 14
COMPLETION_HORIZON_DAYS: Final = 60


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
    question = asked(request)
    filters = question.filters
    order = request.GET.get("urut", "-n")
    found = analyse(filters, question.at)
    figures = charts.drawn(found.rows, found.agencies, filters)
    context = question.context(n=found.total.n) | {
        "total": found.total,
        "rows": table.arranged(found.rows, order),
        "columns": _columns(filters, order),
        "scales": {clock: _scale([*found.rows, found.total], clock) for clock in (RESPONSE, COMPLETION)},
        "horizons": _horizons(found.total),
        "long_days": RESPONSE_HORIZON_DAYS,
        "min_events": measures.MIN_EVENTS,
        "figures": figures,
        "drawings": drawings(*figures.values()),
    }
    return render(request, "analytics/overview.html", context, status=question.status)


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
        return refusal(str(error))
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
def curves_csv(request: HttpRequest) -> HttpResponse:
    """The curves of the largest SKPD, day by day."""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return refusal(str(error))
    return as_file(charts.curve_sheet(analyse(filters, timezone.now()).rows))
