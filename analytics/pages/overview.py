"""The overview: how long the city and each SKPD take; and its CSV twins."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import pandas as pd
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics import ages, charts, last_month, measures, queries, stages, table
from analytics.clocks import COMPLETION, RESPONSE
from analytics.measures import Clock
from analytics.pages.asked import asked, refusal
from analytics.pages.files import as_file
from analytics.sheets import Sheet
from analytics.shown import drawings
from analytics.templatetags.waiting import scale_days
from analytics.tiles import tiles
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.models import Agency

RESPONSE_HORIZON_DAYS: Final = 14


@dataclass(frozen=True, eq=False)
class Analysis:
    """Everything counted for one filter at one moment."""

    agencies: Sequence[Agency]
    rows: list[table.Row]
    total: table.Total
    clocks: dict[str, Clock]
    flow: pd.DataFrame
    ages: pd.DataFrame
    numbers: list[last_month.Number]


def analyse(filters: ReportFilters, at: datetime) -> Analysis:
    """Count and measure; 7 queries whatever the number of reports."""
    agencies = queries.agencies()
    counts = queries.report_counts(filters, "agency", at)
    outcomes = queries.outcome_counts(filters, "city", at, clocks=stages.CLOCKS)
    everything = queries.events(outcomes)
    clocks = stages.clocks(everything)
    flow = queries.flow(filters, at)
    month = last_month.last_full(timezone.localdate(at), filters.dari, filters.sampai)
    return Analysis(
        agencies,
        table.rows(counts, queries.clock_counts(filters, "agency", at), agencies),
        table.total(counts, everything, clocks, RESPONSE_HORIZON_DAYS),
        clocks,
        flow,
        queries.ages(outcomes[outcomes["clock"] == COMPLETION]),
        _numbers(filters, flow, month, at) if month else [],
    )


def _numbers(filters: ReportFilters, flow: pd.DataFrame, month: date, at: datetime) -> list[last_month.Number]:
    """Those of the last full month. Clocks are counted of the months that are compared only: there are many times."""
    first = last_month.months_until(month)[0]
    compared = replace(filters, dari=max(filters.dari or first, first))
    clocks = queries.clock_counts(compared, "month", at)
    counts = last_month.Counts(flow, clocks, queries.on_time_counts(filters, "month", at))
    return last_month.numbers(counts, month, filters.dari)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page. An impossible filter is named and everything is shown instead."""
    question = asked(request)
    filters = question.filters
    order = request.GET.get("urut", "-n")
    found = analyse(filters, question.at)
    figures = charts.drawn(found.rows, found.agencies, filters)
    figures |= {
        each.name: each
        for each in (
            stages.flow_figure(found.flow, filters),
            stages.curves(found.clocks, filters),
            stages.ages_figure(found.ages, found.total.open, filters),
        )
        if each
    }
    context = question.context(n=found.total.n) | {
        "total": found.total,
        "tiles": tiles(found.numbers),
        "stages": stages.sheet(found.clocks),
        "rows": table.arranged(found.rows, order),
        "columns": _columns(filters, order),
        "agency_query": filters.query(skpd="", status="", q=""),
        "scales": {
            clock: scale_days(getattr(row, clock) for row in (*found.rows, found.total))
            for clock in (RESPONSE, COMPLETION)
        },
        "only_skpd": filters.skpd[0] if len(filters.skpd) == 1 else "",
        "spells_query": filters.query(),
        "long_days": RESPONSE_HORIZON_DAYS,
        "oldest": ages.oldest(found.ages),
        "old_days": queries.OLD_DAYS,
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


CSV_CLOCK: Final = ("median_hari", "bawah_95", "atas_95", "rata_rata_selesai_hari", "diikuti", "peristiwa")


def _csv_clock(clock: Clock) -> list[str]:
    median = clock.median_days
    days = (median.value, median.low, median.high, None if clock.is_few else clock.mean_days)
    return ["" if part is None else f"{part:.2f}" for part in days] + [str(clock.n), str(clock.events)]


def _agency_rows(filters: ReportFilters, at: datetime) -> list[table.Row]:
    counts = queries.report_counts(filters, "agency", at)
    return table.rows(counts, queries.clock_counts(filters, "agency", at), queries.agencies())


@require_safe
def agencies_csv(request: HttpRequest) -> HttpResponse:
    """The table as CSV (UTF-8, comma, decimal point); empty cells: not reached or too few."""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return refusal(str(error))
    rows = _agency_rows(filters, timezone.now())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="waktu-tanggap-skpd-{timezone.localdate():%Y-%m-%d}.csv"'
    writer = csv.writer(response)
    names = [f"{clock}_{column}" for clock in ("tanggapan", "selesai") for column in CSV_CLOCK]
    writer.writerow(["skpd", "nama", "laporan", "terbuka", *names])
    for row in table.arranged(rows, request.GET.get("urut", "-n")):
        clocks = _csv_clock(row.response) + _csv_clock(row.completion)
        writer.writerow([row.slug, row.full_name or row.name, row.n, row.open, *clocks])
    return response


def _answered_curves(filters: ReportFilters, at: datetime) -> Sheet:
    return charts.curve_sheet(_agency_rows(filters, at))


def _flow(filters: ReportFilters, at: datetime) -> Sheet:
    return stages.flow_sheet(queries.flow(filters, at))


def _stages(filters: ReportFilters, at: datetime) -> Sheet:
    return stages.sheet(stages.clocks(queries.clock_counts(filters, "city", at, clocks=stages.CLOCKS)))


def _stage_curves(filters: ReportFilters, at: datetime) -> Sheet:
    return stages.curve_sheet(stages.clocks(queries.clock_counts(filters, "city", at, clocks=stages.CLOCKS)))


def _ages(filters: ReportFilters, at: datetime) -> Sheet:
    return ages.sheet(queries.ageing(filters, at))


SHEETS: Final = {
    "arus": _flow,
    "umur": _ages,
    "tahap": _stages,
    "kurva-tahap": _stage_curves,
    "kurva": _answered_curves,
}


@require_safe
def table_csv(request: HttpRequest, name: str) -> HttpResponse:
    """One of the page's other tables as CSV."""
    if name not in SHEETS:
        raise Http404
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        return refusal(str(error))
    return as_file(SHEETS[name](filters, timezone.now()))
