"""One row per SKPD with what the page and its CSV twin show, and the total; made from counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from django.utils.translation import gettext as _

from analytics import measures
from analytics.clocks import COMPLETION, RESPONSE
from analytics.measures import NOTHING, Clock, Clocks
from geo_reports.models import Agency

INFINITE: Final = float("inf")
NO_AGENCY: Final = ""


@dataclass(frozen=True, eq=False)
class Row:
    """The reports an agency holds (`n`, `open`) and the two clocks of all its spells.

    `slug` is NO_AGENCY for reports without SKPD; `kind` is a label for bodies that are no SKPD,
    empty where the name already says it.
    """

    slug: str
    name: str
    full_name: str
    kind: str
    n: int
    open: int
    response: Clock
    completion: Clock

    @property
    def is_few(self) -> bool:
        """Whether neither clock has enough events to be shown."""
        return self.response.is_few and self.completion.is_few


@dataclass(frozen=True, eq=False)
class Total:
    """The whole of the filter: reports, those that no clock follows and why, and the city's clocks."""

    n: int
    open: int
    unclocked: int
    unverified: int
    without_agency: int
    long_waiting: int
    response: Clock
    completion: Clock

    @property
    def closed_unsent(self) -> int:
        """Reports that were settled, with an SKPD named, before they were ever forwarded."""
        return self.unclocked - self.unverified - self.without_agency


def rows(counts: pd.DataFrame, clocks: pd.DataFrame, agencies: Sequence[Agency]) -> list[Row]:
    """A row for every agency with reports or spells, most reports first, from counts by agency.

    The sum of `n` is the length of the list with the same filter.
    """
    numbers, measured = _numbers(counts), measures.measured(clocks)
    present = set(numbers) | {key for _name, key in measured}
    found = [_row(agency, numbers, measured) for agency in agencies if agency.slug in present]
    if NO_AGENCY in numbers:
        found.append(Row(NO_AGENCY, _("Tanpa SKPD"), "", "", *numbers[NO_AGENCY], NOTHING, NOTHING))
    return arranged(found, "-n")


def _numbers(counts: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Slug -> (reports, open reports)."""
    keys = [key or NO_AGENCY for key in counts["key"]]
    return dict(zip(keys, zip(counts["n"].tolist(), counts["open"].tolist(), strict=True), strict=True))


def _row(agency: Agency, numbers: dict[str, tuple[int, int]], clocks: Clocks) -> Row:
    kind = str(Agency.Kind(agency.kind).label)
    is_told = agency.kind == Agency.Kind.SKPD or kind.casefold() in agency.name.casefold()
    return Row(
        agency.slug,
        agency.short_name,
        agency.name,
        "" if is_told else kind,
        *numbers.get(agency.slug, (0, 0)),
        clocks.get((RESPONSE, agency.slug), NOTHING),
        clocks.get((COMPLETION, agency.slug), NOTHING),
    )


def total(counts: pd.DataFrame, city_counts: pd.DataFrame, clocks: Mapping[str, Clock], long_days: int) -> Total:
    """The whole of a filter from its counts by agency, the counts of its clocks, and those by name.

    `long_days`: from how many days without an answer a report has waited long.
    """
    has_agency = counts["key"].notna()
    return Total(
        n=int(counts["n"].sum()),
        open=int(counts["open"].sum()),
        unclocked=int(counts["unclocked"].sum()),
        unverified=int(counts.loc[has_agency, "unverified"].sum()),
        without_agency=int(counts.loc[~has_agency, "unclocked"].sum()),
        long_waiting=measures.waiting_longer(city_counts, RESPONSE, long_days),
        response=clocks.get(RESPONSE, NOTHING),
        completion=clocks.get(COMPLETION, NOTHING),
    )


def _days(clock: Clock) -> tuple[float, float]:
    """Sorts unknown medians after all known ones, by their lower limit."""
    median = clock.median_days
    low = INFINITE if median.low is None else median.low
    return (INFINITE if median.value is None else median.value, low)


ORDERS: Final[dict[str, Callable[[Row], Any]]] = {
    "skpd": lambda row: row.name.casefold(),
    "n": lambda row: row.n,
    "terbuka": lambda row: row.open,
    "tanggapan": lambda row: _days(row.response),
    "selesai": lambda row: _days(row.completion),
}


def arranged(found: Iterable[Row], order: str) -> list[Row]:
    """Sorted by a key of ORDERS, "-" in front for descending; reports without SKPD always last.

    An order that does not exist is taken as the usual one, most reports first.
    """
    name = order.removeprefix("-")
    if name not in ORDERS:
        name, order = "n", "-n"
    by_name = sorted(found, key=ORDERS["skpd"])
    ordered = sorted(by_name, key=ORDERS[name], reverse=order.startswith("-"))
    return sorted(ordered, key=lambda row: row.slug == NO_AGENCY)
