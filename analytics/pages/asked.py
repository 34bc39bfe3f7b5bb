"""What a request asks of a page of the section: its filter, and what every page says about that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone

from analytics import queries
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import InvalidFilter, read_filters
from geo_reports.pages.choices import active_filters, filter_choices

# Not the status: it chooses reports by their outcome. An address may still carry it, with a warning.
SELECTS: Final = ("kategori", "skpd", "kecamatan")


@dataclass(frozen=True)
class Asked:
    """A filter, the moment at which it is answered, and what was wrong with the address: then everything is shown."""

    filters: ReportFilters
    at: datetime
    problem: str = ""

    @property
    def status(self) -> int:
        """Of the answer."""
        return 400 if self.problem else 200

    def context(self, *, n: int | None = None, selects: tuple[str, ...] = SELECTS) -> dict[str, Any]:
        """What the head of a page shows: how many reports its `n` leaves out, selects, chips.

        A query for each select, and with a filter one more and one for each part of the filter in force.
        """
        hidden = 0
        if n is not None and not self.filters.is_empty:
            hidden = int(queries.report_counts(ReportFilters(), "city", self.at)["n"].sum()) - n
        return {
            "filters": self.filters,
            "problem": self.problem,
            "choices": filter_choices(self.filters, selects),
            "active": active_filters(self.filters),
            "hidden": hidden,
            "at": self.at,
        }


def asked(request: HttpRequest) -> Asked:
    """An impossible filter is named and everything is shown instead."""
    at = timezone.now()
    try:
        return Asked(read_filters(request.GET), at)
    except InvalidFilter as error:
        return Asked(ReportFilters(), at, str(error))


def refusal(sentence: str) -> HttpResponse:
    """A machine's answer to an impossible question."""
    return HttpResponseBadRequest(sentence, content_type="text/plain; charset=utf-8")
