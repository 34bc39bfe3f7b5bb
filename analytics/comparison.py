"""Two SKPD, two kecamatan or two periods side by side: what is asked, and the clocks of both."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from analytics import compared_periods, measures, queries
from analytics.clocks import COMPLETION, RESPONSE
from analytics.compared_periods import Incomparable, Period
from analytics.figures.style import DASHES, HUES, Style, styles
from analytics.measures import NOTHING, Clock
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import named
from geo_reports.models import Kecamatan

Kind = Literal["skpd", "kecamatan", "periode"]
CLOCKS: Final = (RESPONSE, COMPLETION)
PLAIN: Final = (Style(HUES[0], DASHES[0]), Style(HUES[1], DASHES[1]))


@dataclass(frozen=True)
class Pair:
    """What is compared: slugs of SKPD, codes of kecamatan, or periods; "" where nothing has been chosen."""

    kind: Kind
    first: str | Period
    second: str | Period

    @property
    def is_chosen(self) -> bool:
        """Whether there are two."""
        return bool(self.first and self.second)


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two with its clocks.

    `short` is what it is called in a figure, `named` in a sentence, `key` in files.
    """

    key: str
    label: str
    short: str
    named: str
    style: Style
    clocks: dict[str, Clock]


def read(query: QueryDict, at: date) -> Pair:
    """What an address asks for: `apa`, and `a` and `b`, or the days of both periods. Raises Incomparable."""
    kind = query.get("apa", "skpd")
    if kind == "periode":
        return Pair("periode", *compared_periods.read(query, at))
    if kind not in {"skpd", "kecamatan"}:
        raise Incomparable(_("Yang dapat dibandingkan: dua SKPD, dua kecamatan, atau dua periode."))
    first_key, second_key = query.get("a", ""), query.get("b", "")
    if first_key and first_key == second_key:
        raise Incomparable(_("Pilih dua yang berbeda."))
    return Pair("skpd" if kind == "skpd" else "kecamatan", first_key, second_key)


def nothing(kind: str) -> Pair:
    """A pair of this kind of which nothing has been chosen; of SKPD where there is no such kind."""
    if kind == "periode":
        return Pair("periode", "", "")
    return Pair("kecamatan" if kind == "kecamatan" else "skpd", "", "")


def compared(pair: Pair, filters: ReportFilters, at: datetime) -> tuple[Side, Side]:
    """Both sides; of a period two queries, else 2 altogether. Raises Incomparable for what does not exist."""
    if isinstance(pair.first, Period) and isinstance(pair.second, Period):
        first, second = (_in_period(period, filters, at) for period in (pair.first, pair.second))
        return (
            Side(pair.first.written, pair.first.label, _("Pertama"), _("periode pertama"), PLAIN[0], first),
            Side(pair.second.written, pair.second.label, _("Kedua"), _("periode kedua"), PLAIN[1], second),
        )
    keys = (str(pair.first), str(pair.second))
    known = _known(pair.kind, keys)
    if pair.kind == "skpd":
        counts = queries.clock_counts(replace(filters, skpd=keys), "agency", at, clocks=CLOCKS)
    else:
        counts = queries.clock_counts(replace(filters, kecamatan=keys), "kecamatan", at, clocks=CLOCKS)
    found = measures.measured(counts)
    one, other = (
        Side(key, name, name, name, style, {clock: found.get((clock, key), NOTHING) for clock in CLOCKS})
        for key, (name, style) in ((key, known[key]) for key in keys)
    )
    return one, other


def _in_period(period: Period, filters: ReportFilters, at: datetime) -> dict[str, Clock]:
    counts = queries.window_counts(filters, period.since, period.until, at, clocks=CLOCKS)
    found = measures.measured(counts)
    return {name: found.get((name, None), NOTHING) for name in CLOCKS}


def _known(kind: Kind, keys: tuple[str, str]) -> dict[str, tuple[str, Style]]:
    """Name and look of both: an SKPD has its lasting colour."""
    found: dict[str, tuple[str, Style]]
    if kind == "skpd":
        agencies = queries.agencies()
        looks = styles([each.pk for each in agencies])
        found = {each.pk: (each.short_name, looks[each.pk]) for each in agencies}
    else:
        areas = {each.pk: each.label for each in Kecamatan.objects.all()}
        found = {key: (areas[key], style) for key, style in zip(keys, PLAIN, strict=True) if key in areas}
    unknown = [key for key in keys if key not in found]
    if unknown:
        raise Incomparable(_("“%(value)s” tidak dikenal.") % {"value": named(unknown[0])})
    return found
