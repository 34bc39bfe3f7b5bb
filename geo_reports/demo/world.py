"""What the demo data needs to know of the loaded city: areas, categories, agencies, decisions.

Reads only. Decisions are routing's own, remembered per category, kelurahan and span of the rules.
"""

import bisect
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.utils import timezone
from psycopg2 import sql
from shapely.geometry.base import BaseGeometry

from geo_reports.demo import phrases
from geo_reports.demo.calendar import Calendar
from geo_reports.demo.facts import Assigned
from geo_reports.demo.neighbours import Neighbours, Other
from geo_reports.demo.paces import Pace, deal
from geo_reports.demo.phrases import Problem, Theme
from geo_reports.demo.targets import Targets
from geo_reports.models import (
    Agency,
    Category,
    City,
    Holiday,
    Kelurahan,
    KelurahanBoundary,
    ResponseTarget,
    RoutingRule,
)
from geo_reports.routing import Decision, Verdict, engine, tied

ACTIVITY_SPREAD = 0.3
SPOTS = sql.SQL("""
    SELECT number AS id, NULL::geometry AS point, NULL::float8 AS accuracy_m, category_id, '' AS street, on_date,
           nullif(area, '') AS placed_in, '' AS answer
    FROM unnest(%(categories)s::text[], %(areas)s::text[], %(days)s::date[])
        WITH ORDINALITY AS wanted (category_id, area, on_date, number)
""")


class NotReady(Exception):
    """The city is not loaded yet; `str()` says what to run first."""


@dataclass(frozen=True)
class Area:
    """A kelurahan: polygon in EPSG:4326, anchor as hexadecimal EWKB, weight as a share of reports."""

    kelurahan: Kelurahan
    polygon: BaseGeometry
    anchor: str
    weight: float


@dataclass(frozen=True)
class Topic:
    """A category with the theme of its texts and its share of all reports."""

    category: Category
    theme: Theme
    weight: float


@dataclass
class World:
    """The loaded city, ready for drawing reports; `outside` has the names of agencies that it does not command."""

    prefix: str
    areas: list[Area]
    topics: list[Topic]
    paces: dict[str, Pace]
    calendar: Calendar
    targets: Targets
    neighbours: Neighbours
    turns: list[date]
    outside: dict[str, str]
    by_code: dict[str, Area] = field(init=False)
    _decided: dict[tuple[str, str, int], Assigned] = field(init=False, default_factory=dict)
    _others: dict[tuple[str, str, str, str], Sequence[Other]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_code = {area.kelurahan.pk: area for area in self.areas}

    def decide(self, topic: Topic, kelurahan: str, on: date) -> Assigned:
        """What routing decides for this category, kelurahan code (or "") and date."""
        wanted = (topic.category.pk, kelurahan, on)
        self.foresee([wanted])
        return self._decided[self._key(*wanted)]

    def foresee(self, wanted: Iterable[tuple[str, str, date]]) -> None:
        """Ask routing, in one query, what is not known yet of (category, kelurahan or "", date)."""
        days = {self._key(*row): row[2] for row in wanted}
        missing = [key for key in days if key not in self._decided]
        if not missing:
            return
        values: dict[str, Any] = {
            "categories": [category for category, _area, _span in missing],
            "areas": [area for _category, area, _span in missing],
            "days": [days[key] for key in missing],
        }
        with connection.cursor() as cursor:
            cursor.execute(engine.statement(SPOTS), values | engine.VALUES)
            for number, _kelurahan, agency, _verdict, reason, trace in cursor.fetchall():
                self._decided[missing[number - 1]] = _assigned(agency, reason, trace)

    def _key(self, category: str, kelurahan: str, on: date) -> tuple[str, str, int]:
        return category, kelurahan, bisect.bisect_right(self.turns, on)

    def others(self, topic: Topic, problem: Problem, kecamatan: str, street: str) -> Sequence[Other]:
        """To whom such a report from this kind of street is plausibly handed over; may be nobody."""
        key = (topic.category.pk, problem.text, kecamatan, street)
        if key not in self._others:
            self._others[key] = self.neighbours.of(topic.category.pk, topic.theme, problem, kecamatan, street)
        return self._others[key]


def _assigned(agency: str | None, reason: str, trace: str) -> Assigned:
    lines = json.loads(trace)
    if agency:
        return Assigned(agency, reason, json.dumps(lines))
    verdict = Verdict.AMBIGUOUS if tied(lines) else Verdict.NOBODY
    return Assigned("", "", "", json.dumps(Decision(verdict, None, None, "", lines).stored))


def look(until: datetime, rng: np.random.Generator) -> World:
    """Read the city. Raises NotReady when reference data or boundaries are missing."""
    city = City.objects.first()
    categories = list(Category.objects.filter(is_active=True).order_by("order", "slug"))
    if city is None or not categories:
        raise NotReady("The reference data is not loaded: run `manage.py load_reference` first.")
    rules = list(RoutingRule.objects.order_by("pk"))
    agencies = list(Agency.objects.all())
    if not rules or not agencies:
        raise NotReady("There are no agencies or routing rules: run `manage.py load_reference` first.")
    areas = _areas(rng)
    if not areas:
        raise NotReady("There are no boundaries in force: run `manage.py load_boundaries` first.")
    return World(
        prefix=city.report_prefix,
        areas=areas,
        topics=_topics(categories),
        paces=deal(agencies),
        calendar=Calendar.around(until, set(Holiday.objects.values_list("date", flat=True))),
        targets=Targets.of(ResponseTarget.objects.order_by("pk")),
        neighbours=Neighbours.of_city(agencies, rules),
        turns=_turns(agencies, rules),
        outside={agency.pk: agency.name for agency in agencies if not agency.is_city},
    )


def _turns(agencies: list[Agency], rules: list[RoutingRule]) -> list[date]:
    """The days on which a decision may change, ascending."""
    periods = [(agency.valid_from, agency.valid_to) for agency in agencies]
    periods += [(rule.valid_from, rule.valid_to) for rule in rules]
    return sorted({day for period in periods for day in period if day})


def _areas(rng: np.random.Generator) -> list[Area]:
    boundaries = list(
        KelurahanBoundary.objects.filter(version__valid_to=None).select_related("area__kecamatan").order_by("area_id")
    )
    shapes = [shapely.from_wkb(bytes(boundary.geometry.wkb)) for boundary in boundaries]
    weights = _people([boundary.area for boundary in boundaries], [shape.area for shape in shapes])
    weights = weights * rng.lognormal(0, ACTIVITY_SPREAD, len(weights))
    return [
        Area(boundary.area, shape, boundary.anchor.hexewkb.decode(), float(weight))
        for boundary, shape, weight in zip(boundaries, shapes, weights / (weights.sum() or 1), strict=True)
    ]


def _people(kelurahan: list[Kelurahan], sizes: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Inhabitants of each kelurahan: as known, else its share by area of the kecamatan's, else by mean density."""
    by_kecamatan: Counter[str] = Counter()
    for area, size in zip(kelurahan, sizes, strict=True):
        by_kecamatan[area.kecamatan_id] += size  # type: ignore[assignment]  # Counter of sizes
    known = {area.kecamatan_id: area.kecamatan.population for area in kelurahan if area.kecamatan.population}
    covered = sum(by_kecamatan[code] for code in known)
    mean = sum(known.values()) / covered if covered else 1.0
    density = {code: known[code] / size if code in known else mean for code, size in by_kecamatan.items()}
    return np.array(
        [area.population or size * density[area.kecamatan_id] for area, size in zip(kelurahan, sizes, strict=True)],
        dtype=float,
    )


def _topics(categories: list[Category]) -> list[Topic]:
    """Categories that share a theme share its weight."""
    words = phrases.load()
    themes = [words.theme_of(category.icon) for category in categories]
    uses = Counter(theme.name for theme in themes)
    shares = [theme.weight / uses[theme.name] for theme in themes]
    return [
        Topic(category, theme, share / sum(shares))
        for category, theme, share in zip(categories, themes, shares, strict=True)
    ]


def default_until() -> datetime:
    """Now, to the minute."""
    return timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
