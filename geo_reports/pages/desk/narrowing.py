"""What the address of the queue asks for beside the pile: the public filters, who handles it, a search."""

from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from geo_reports.filters import ReportFilters
from geo_reports.forms import read_filters
from geo_reports.models import ReportQuerySet
from geo_reports.pages.choices import SELECTS, Active, Choice, filter_choices, since, until
from geo_reports.workers import Worker, desk_people, name_of

ME, NOBODY = "saya", "belum"
MAX_NAME: Final = 150


@dataclass(frozen=True)
class Narrowing:
    """The filter in the address. `handler` is "", ME, NOBODY or an account's name."""

    filters: ReportFilters = field(default_factory=ReportFilters)
    handler: str = ""

    def apply(self, reports: ReportQuerySet, worker: Worker) -> ReportQuerySet:
        """The reports that remain; words are searched whether published or not."""
        found = reports.matching(replace(self.filters, q=""))
        if self.filters.q:
            found = found.found_at_the_desk(self.filters.q)
        if self.handler == ME:
            return found.filter(handler=worker.user)
        if self.handler == NOBODY:
            return found.filter(handler=None)
        return found.filter(handler__username=self.handler) if self.handler else found

    def query(self, **replaced: str) -> str:
        """The query string, without "?"; `replaced` parameters win or are added, empty ones go."""
        parts = dict(parse_qsl(self.filters.query())) | {"petugas": self.handler} | replaced
        return urlencode({key: value for key, value in parts.items() if value}, safe=",")


def read_narrowing(query: QueryDict) -> Narrowing:
    """What the address asks for. Raises InvalidFilter with a sentence for people."""
    handler = query.get("petugas", "").replace("\0", "")[:MAX_NAME]
    return Narrowing(read_filters(query), handler)


def choices(narrowing: Narrowing, worker: Worker) -> list[Choice]:
    """The selects of the filter, the public ones and the person; at most 5 queries."""
    named = [(person.username, name_of(person)) for person in desk_people(worker)]
    options = ((ME, _("Saya")), (NOBODY, _("Belum ada petugas")), *named)
    offered = filter_choices(narrowing.filters, [name for name in SELECTS if name != "skpd" or not worker.is_officer])
    return [*offered, Choice("petugas", _("Petugas"), _("Semua petugas"), (("", options),), narrowing.handler)]


def in_force(narrowing: Narrowing, offered: list[Choice], pile: str) -> list[Active]:
    """A chip for each part in force with the query string without it; words come from the selects, no query."""
    chips = []
    for choice in offered:
        chosen = [part for part in choice.value.split(",") if part]
        words = {value: label for _heading, options in choice.groups for value, label in options}
        if chosen:
            label = ", ".join(str(words.get(value, value)) for value in chosen)
            chips.append(Active(label, narrowing.query(**{choice.name: "", "tampil": pile})))
    for name, words_of in (("dari", since), ("sampai", until)):
        day = getattr(narrowing.filters, name)
        if day:
            chips.append(Active(words_of(day), narrowing.query(**{name: "", "tampil": pile})))
    if narrowing.filters.q:
        chips.append(Active(f"“{narrowing.filters.q}”", narrowing.query(q="", tampil=pile)))
    return chips
