"""/transparansi/: what is not shown, counted by reason; how fast and how fairly it is decided. Never content."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.moderation.counting import SHOWING, Counts, Month, appeal_rows, counted, decision_rows, months_before
from geo_reports.reasons import REASONS, Reason

MONTHS: Final = 12
KEPT_S: Final = 300  # anybody may ask; counting a million decisions takes a second
BEGINNING: Final = date(2000, 1, 1)
MEDIAN, NINE_OF_TEN = 0.5, 0.9
Kind = ModerationDecision.Kind
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """A part of a bar, in percent of the whole bar."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class MonthLine:
    """A month with its bar, whose length compares it with the busiest month."""

    month: Month
    published: int
    withheld: int
    confidential: int
    bar: Sequence[Part]


@dataclass(frozen=True)
class ReasonLine:
    """A reason with its count, its share of what was withheld, and its months."""

    slug: str
    label: str
    reason: Reason
    n: int
    share: float
    bar: Sequence[Part]
    months: Sequence[int]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page: the last twelve months, the current one included."""
    today = timezone.localdate()
    start = months_before(today, MONTHS - 1)
    found = _kept(f"transparency.1.{today}", lambda: counted(start, today))
    months = found.months(start, today)
    kinds = found.kinds
    context = {
        "start": start,
        "today": today,
        "found": found,
        "shares": {kind.value: _percent(kinds[kind], found.total) for kind in SHOWING},
        "kinds": {kind.value: kinds[kind] for kind in Kind},
        "median": _told(found.waits.within(MEDIAN)),
        "nine_of_ten": _told(found.waits.within(NINE_OF_TEN)),
        "longest": _told(found.waits.longest_days),
        "months": _month_lines(months),
        "reasons": _reason_lines(found, months),
        "appeals": {outcome.value: found.appeals[outcome] for outcome in Appeal.Outcome},
    }
    return render(request, "geo_reports/transparency.html", context)


@require_safe
def counts_csv(request: HttpRequest) -> HttpResponse:
    """All months as CSV (UTF-8, comma): decisions by kind and reason, objections by outcome."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="transparansi-{timezone.localdate():%Y-%m-%d}.csv"'
    writer = csv.writer(response)
    writer.writerow(["bulan", "jenis", "rincian", "jumlah", "dibatalkan"])
    writer.writerows(_kept("transparency.csv.1", _csv_rows))
    return response


def _kept(key: str, count: Callable[[], T]) -> T:
    """What was counted a moment ago, else count it now."""
    found: T = cache.get_or_set(key, count, KEPT_S)  # type: ignore[assignment]
    return found


def _csv_rows() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        (f"{row.month:%Y-%m}", row.kind, row.reason, row.n, row.undone) for row in decision_rows(BEGINNING)
    ]
    return rows + [(f"{month:%Y-%m}", "appeal", outcome, n, "") for month, outcome, n in appeal_rows(BEGINNING)]


def _percent(n: int, total: int) -> float | None:
    return 100 * n / total if total else None


def _told(days: int | None) -> str:
    """Working days in words; "" when there is no number."""
    if days is None:
        return ""
    if days == 0:
        return _("hari yang sama")
    return ngettext("%d hari kerja", "%d hari kerja", days) % days


def _month_lines(months: Sequence[Month]) -> list[MonthLine]:
    """Newest first."""
    busiest = max((month.total for month in months), default=0)
    return [
        MonthLine(
            month,
            month.kinds[Kind.PUBLISH],
            month.kinds[Kind.WITHHOLD],
            month.kinds[Kind.CONFIDENTIAL],
            _bar([(kind.value, month.kinds[kind]) for kind in SHOWING], busiest),
        )
        for month in reversed(months)
    ]


def _reason_lines(found: Counts, months: Sequence[Month]) -> list[ReasonLine]:
    """The commonest first; those that did not occur too."""
    counts, total = found.reasons, found.kinds[Kind.WITHHOLD]
    most = max(counts.values(), default=0)
    lines = [
        ReasonLine(
            reason.value,
            str(reason.label),
            REASONS[reason],
            counts[reason],
            _percent(counts[reason], total) or 0,
            _bar([("withhold", counts[reason])], most),
            [month.reasons[reason] for month in months],
        )
        for reason in Report.WithheldReason
    ]
    return sorted(lines, key=lambda line: -line.n)


def _bar(parts: Sequence[tuple[str, int]], whole: int) -> list[Part]:
    drawn: list[Part] = []
    at = 0.0
    for kind, n in parts:
        width = 100 * n / whole if whole else 0.0
        if n:
            drawn.append(Part(kind, at, width))
        at += width
    return drawn
