"""The decision in plain Python and shapely, written from what it should mean and not from the SQL.

Slow, and easy to check by reading. `decide` gathers the candidates of a spot, puts the likeliest
first, and asks in which other worlds, that the reporter could not tell from this one, somebody else
would win: the spot a little farther, across a border, or without a doubtful piece of evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from shapely.geometry.base import BaseGeometry

from tests.geo_reports.routing.likeness import likeness_of, street_key
from tests.geo_reports.routing.premises import Spot, World

LEAST_LIKENESS = 0.65
SAME_LIKENESS = 0.05
NO_RULE = 32767


class Ruler:
    """Compares measures, and remembers how close the closest call was, in grains (1 cm for metres)."""

    def __init__(self) -> None:
        self.closest = math.inf

    def at_most(self, measure: float, limit: float, grain: float = 0.01) -> bool:
        self.closest = min(self.closest, abs(measure - limit) / grain)
        return measure <= limit


@dataclass(frozen=True)
class Voice:
    """One rule that speaks in an area."""

    ref: str
    rank: int
    priority: int
    agency: str


@dataclass(frozen=True)
class Ground:
    """What the rules say in an area, strongest first."""

    voices: tuple[Voice, ...]

    @property
    def best(self) -> list[Voice]:
        return [voice for voice in self.voices if (voice.rank, voice.priority) == self._top]

    @property
    def _top(self) -> tuple[int, int]:
        return (self.voices[0].rank, self.voices[0].priority)

    @property
    def is_conflict(self) -> bool:
        return len({voice.agency for voice in self.best}) > 1 if self.voices else False

    @property
    def agency(self) -> str | None:
        return self.best[0].agency if self.voices and not self.is_conflict else None

    @property
    def rank(self) -> int | None:
        return self.voices[0].rank if self.voices else None

    def told(self, standing: str) -> list[tuple[str, str | None, str]]:
        """Lines of a trace when the ground `won`, is `tied` with another candidate, or was `beaten`."""
        lines: list[tuple[str, str | None, str]] = []
        for voice in self.voices:
            if voice in self.best and (standing != "beaten"):
                result = "tied" if self.is_conflict else standing
            elif voice.rank == self.rank and standing != "beaten":
                result = "lower_priority"
            else:
                result = "weaker"
            lines.append((voice.ref, voice.agency, result))
        return lines


@dataclass(frozen=True)
class Candidate:
    ref: str
    kind: str
    rank: int
    agency: str | None
    distance_m: float | None = None
    likeness: float | None = None
    is_hit: bool = True
    is_soft: bool = False


@dataclass(frozen=True)
class Outcome:
    """`trace`: ref, agency and result of every candidate in order. `closest` in grains: see Ruler."""

    verdict: str
    agency: str | None
    area: str | None
    trace: list[tuple[str, str | None, str]] = field(default_factory=list)
    closest: float = math.inf


def is_within(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


def acting_for(world: World, slug: str, day: date) -> str | None:
    """Who acts for an agency on a day: itself, later its successor, and so on; None when nobody does."""
    body = world.bodies[slug]
    while body.until is not None and body.until <= day:
        if body.successor is None:
            return None
        body = world.bodies[body.successor]
    return body.slug if is_within(body.since, body.until, day) else None


def rank_of(world: World, kind: str, category: str, own_categories: tuple[str, ...] = ()) -> int | None:
    """How strong a kind of evidence is; None when it does not count. A feature's own list goes before the kind's."""
    if kind not in world.evidence:
        return None
    rank, categories = world.evidence[kind]
    listed = own_categories or categories
    return rank if not listed or category in listed else None


def ground_of(world: World, category: str, area: str | None, day: date) -> Ground:
    voices = []
    for rule in world.rules:
        rank = rank_of(world, rule.kind, category)
        agency = acting_for(world, rule.agency, day)
        if rule.category != category or not rule.covers(area) or not is_within(rule.since, rule.until, day):
            continue
        if rank is not None and agency is not None:
            voices.append((rule.number, Voice(f"rule:{rule.number}", rank, rule.priority, agency)))
    for body in world.bodies.values():
        rank = rank_of(world, "office", category)
        agency = acting_for(world, body.slug, day)
        is_office = body.office_of is not None and area is not None and area.startswith(body.office_of)
        if is_office and rank is not None and agency is not None:
            voices.append((0, Voice("office", rank, 100, agency)))
    voices.sort(key=lambda each: (each[1].rank, each[1].priority, each[1].agency, each[0]))
    return Ground(tuple(voice for _number, voice in voices))


def area_of(world: World, spot: Spot) -> str | None:
    """A point on a border belongs to the lowest code; without a point, what was named."""
    if spot.point is None:
        return spot.chosen
    return min((code for code, (shape, _m) in world.areas.items() if shape.covers(spot.point)), default=None)


def millimetres(shape: BaseGeometry, spot: Spot) -> float:
    """The distance in metres, to the millimetre: roads that meet in a point are equally far from it."""
    return round(shape.distance(spot.metres), 3)


def shapes_near(world: World, spot: Spot, ruler: Ruler) -> Iterator[Candidate]:
    for feature in world.features:
        rank = rank_of(world, feature.kind, spot.category, feature.categories)
        agency = acting_for(world, feature.agency, spot.on)
        if feature.shape is None or spot.metres is None or rank is None or agency is None:
            continue
        if not is_within(feature.since, feature.until, spot.on):
            continue
        distance = millimetres(feature.shape, spot)
        is_area = feature.shape.geom_type.endswith("Polygon")
        to_outline = feature.shape.boundary.distance(spot.metres) if is_area else 0
        is_inside = is_area and distance == 0 and not ruler.at_most(to_outline, 0)
        is_hit = is_inside or ruler.at_most(distance, feature.reach_m)
        if not is_hit and not ruler.at_most(distance, spot.slack_m):
            continue
        is_soft = feature.is_weak or (is_inside and ruler.at_most(to_outline, spot.slack_m))
        yield Candidate(
            f"{feature.kind}:{feature.number}", feature.kind, rank, agency, distance, is_hit=is_hit, is_soft=is_soft
        )


def names_alike(world: World, spot: Spot, ruler: Ruler) -> Iterator[Candidate]:
    said = street_key(spot.street)
    for feature in world.features:
        rank = rank_of(world, "road_name", spot.category, feature.categories)
        agency = acting_for(world, feature.agency, spot.on)
        if feature.kind != "road" or rank is None or agency is None:
            continue
        if not is_within(feature.since, feature.until, spot.on):
            continue
        likeness = max((likeness_of(street_key(name), said) for name in feature.names), default=0)
        if not ruler.at_most(likeness, LEAST_LIKENESS, 1e-5):
            yield Candidate(
                f"road_name:{feature.number}", "road_name", rank, agency, likeness=likeness, is_soft=feature.is_weak
            )


def across_borders(world: World, spot: Spot, area: str | None, own: Ground, ruler: Ruler) -> Iterator[Candidate]:
    """Where the spot might be instead, if the answer there is another."""
    if area is None or spot.metres is None or not spot.slack_m:
        return
    for code, (_shape, metres) in world.areas.items():
        if code != area and ruler.at_most(metres.distance(spot.metres), spot.slack_m):
            there = ground_of(world, spot.category, code, spot.on)
            if (there.agency, there.is_conflict) != (own.agency, own.is_conflict):
                rank = next(rank for rank in (there.rank, own.rank, NO_RULE) if rank is not None)
                distance = millimetres(metres, spot)
                yield Candidate(f"kelurahan:{code}", "beside", rank, there.agency, distance, is_hit=False)
    for name, metres in world.neighbours.items():
        if ruler.at_most(metres.distance(spot.metres), spot.slack_m):
            rank = NO_RULE if own.rank is None else own.rank
            yield Candidate(f"neighbour:{name}", "beside", rank, None, millimetres(metres, spot), is_hit=False)


def in_order(candidates: list[Candidate], answer: str, ruler: Ruler) -> list[Candidate]:
    """What the reporter pointed at, what is in reach, the stronger, the likelier name, the nearer."""

    def place(each: Candidate) -> tuple[object, ...]:
        likeness = math.inf if each.likeness is None else -each.likeness
        distance = math.inf if each.distance_m is None else each.distance_m
        # An agency goes before none.
        return (each.ref != answer, not each.is_hit, each.rank, likeness, distance, each.agency or "~", each.ref)

    ordered = sorted(candidates, key=place)
    for first, second in pairwise(ordered):
        if first.rank == second.rank and first.distance_m != second.distance_m:
            ruler.at_most(first.distance_m or 0, second.distance_m or 0)
    return ordered


def cannot_be_told_apart(other: Candidate, winner: Candidate, slack_m: float, ruler: Ruler) -> bool:
    """Two of one strength: names equally alike, or places as near, by the accuracy."""
    if other.likeness is not None and winner.likeness is not None:
        return ruler.at_most(winner.likeness - other.likeness, SAME_LIKENESS, 1e-5)
    if other.distance_m is None or winner.distance_m is None:
        return False
    gap = other.distance_m - winner.distance_m
    return (gap == 0 and slack_m == 0) or ruler.at_most(gap, slack_m)


def is_rival(other: Candidate, winner: Candidate, *, is_second: bool, slack_m: float, ruler: Ruler) -> bool:
    """Whether `other` would win in a world that cannot be told from this one."""
    if other.agency == winner.agency:
        return False
    if other.kind == "beside":
        # On the other side of the border the rules there count, instead of ours or above a weak claim.
        return winner.kind == "ground" or other.rank < winner.rank
    if not other.is_hit and other.rank < winner.rank:
        return True
    if other.rank == winner.rank and cannot_be_told_apart(other, winner, slack_m, ruler):
        return True
    # The doubtful winner does not hold: then the next.
    return winner.is_soft and is_second and other.is_hit


def decide(world: World, spot: Spot) -> Outcome:
    ruler = Ruler()
    area = area_of(world, spot)
    ground = ground_of(world, spot.category, area, spot.on)
    standing = Candidate(
        f"kelurahan:{area or ''}", "ground", NO_RULE if ground.rank is None else ground.rank, ground.agency, 0
    )
    others = [
        *shapes_near(world, spot, ruler),
        *names_alike(world, spot, ruler),
        *across_borders(world, spot, area, ground, ruler),
    ]
    winner, *rest = in_order([standing, *others], spot.answer, ruler)
    rivals = []
    if winner.ref != spot.answer:
        rivals = [
            each
            for turn, each in enumerate(rest)
            if is_rival(each, winner, is_second=turn == 0, slack_m=spot.slack_m, ruler=ruler)
        ]
    is_ambiguous = bool(rivals) or (winner is standing and ground.is_conflict)
    lines = [
        (each.ref, each.agency, result_of(each, winner, rivals)) for each in (winner, *rest) if each is not standing
    ]
    rules = ground.told("won" if winner is standing else "tied" if standing in rivals else "beaten")
    return Outcome(
        "ambiguous" if is_ambiguous else "decided" if winner.agency else "nobody",
        None if is_ambiguous else winner.agency,
        area,
        [*rules, *lines] if winner is standing else [*lines, *rules],
        ruler.closest,
    )


def result_of(each: Candidate, winner: Candidate, rivals: list[Candidate]) -> str:
    if each in rivals:
        return "tied"
    if each is winner:
        return "won"
    if not each.is_hit:
        return "out_of_reach"
    return "weaker" if each.rank > winner.rank else "farther"
