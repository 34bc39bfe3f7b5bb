"""The privacy notice: what is stored, why, how long, who sees it. How long comes from the rules in force."""

from dataclasses import dataclass
from typing import Final

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from geo_reports.models import RetentionRule

YEAR_DAYS: Final = 365


@dataclass(frozen=True)
class Kept:
    """How long one kind of data is kept after a report is closed; None when nobody has laid it down."""

    label: str
    days: int | None
    source: str

    @property
    def years(self) -> int | None:
        """Whole years, when it is whole years."""
        return self.days // YEAR_DAYS if self.days and self.days % YEAR_DAYS == 0 else None


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """One page in plain words; 1 query of its own."""
    kept = _kept()
    sources = sorted({each.source for each in kept} - {""})
    return render(request, "geo_reports/privacy.html", {"kept": kept, "sources": sources})


def _kept() -> list[Kept]:
    """Every kind of data with the rule of today; of several, the one that began last."""
    today = timezone.localdate()
    in_force = {
        rule.what: rule
        for rule in RetentionRule.objects.order_by(F("valid_from").asc(nulls_first=True))
        if (rule.valid_from is None or rule.valid_from <= today) and (rule.valid_to is None or today < rule.valid_to)
    }
    return [
        Kept(str(what.label), in_force[what].keep_days, in_force[what].source)
        if what in in_force
        else Kept(str(what.label), None, "")
        for what in RetentionRule.What
    ]
