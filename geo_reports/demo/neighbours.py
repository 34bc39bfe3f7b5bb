"""Which agencies are plausibly taken for one another: to whom a demo report may be handed over.

The pairs are data (phrases.yaml), by slug or kind of agency; a city whose agencies have other slugs
falls back on its own routing rules.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geo_reports.demo.phrases import Problem, Theme
from geo_reports.models import Agency, RoutingRule

RELATED_AGENCIES = 5


@dataclass(frozen=True)
class Other:
    """An agency to which a report may be handed over; without a reason any general one will do."""

    agency: str
    reason: str = ""


@dataclass(frozen=True)
class Neighbours:
    """Who is taken for whom. `by_kind` and `offices` (by kecamatan) resolve what is no slug."""

    agencies: frozenset[str]
    by_kind: dict[str, list[str]]
    offices: dict[str, str]
    rivals: dict[str, list[str]]
    busiest: list[str]

    @classmethod
    def of_city(cls, agencies: list[Agency], rules: list[RoutingRule]) -> "Neighbours":
        """Read off the agencies and the rules."""
        kinds = {agency.pk: agency.kind for agency in agencies}
        by_kind: dict[str, list[str]] = {}
        for slug, kind in sorted(kinds.items()):
            by_kind.setdefault(kind, []).append(slug)
        rivals: dict[str, list[str]] = {}
        for rule in rules:
            if rule.agency_id not in rivals.setdefault(rule.category_id, []):
                rivals[rule.category_id].append(rule.agency_id)
        offices = {
            str(agency.kecamatan_id): agency.pk
            for agency in agencies
            if agency.kecamatan_id and agency.kind == Agency.Kind.KECAMATAN
        }
        busiest = [slug for slug, _count in Counter(rule.agency_id for rule in rules).most_common(RELATED_AGENCIES)]
        return cls(frozenset(kinds), by_kind, offices, rivals, busiest)

    def of(self, category: str, theme: Theme, problem: Problem, kecamatan: str, street: str) -> Sequence[Other]:
        """What the word list says of the problem; where it knows no agency of this city, what the rules suggest."""
        if self._knows(theme):
            here = [to for to in problem.hand_overs if not to.streets or street in to.streets]
            return [Other(slug, to.reason) for to in here for slug in self._slugs(to.to, kecamatan)]
        near = [slug for slug in self.rivals.get(category, []) if slug not in self.offices.values()]
        office = self.offices.get(kecamatan)
        near += [office] if office else []
        return [Other(slug) for slug in (near if len(near) > 1 else self.busiest)]

    def _knows(self, theme: Theme) -> bool:
        named = {to.to for problem in theme.problems for to in problem.hand_overs}
        return not named.isdisjoint(self.agencies)

    def _slugs(self, to: str, kecamatan: str) -> list[str]:
        if to == Agency.Kind.KECAMATAN:
            return [self.offices[kecamatan]] if kecamatan in self.offices else []
        return self.by_kind.get(to, [to] if to in self.agencies else [])
