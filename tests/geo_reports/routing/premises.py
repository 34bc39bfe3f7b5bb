"""All that a decision depends on: bodies, rules, evidence and areas of a world, and the spot that is asked about."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

MOST_ACCURACY_M = 250


@dataclass(frozen=True)
class Body:
    """An agency. From `until` on its successor acts for it."""

    slug: str
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    office_of: str | None = None


@dataclass(frozen=True)
class Rule:
    number: int
    category: str
    agency: str
    kecamatan: str | None = None
    kelurahan: str | None = None
    priority: int = 100
    since: date | None = None
    until: date | None = None

    @property
    def kind(self) -> str:
        return "kelurahan" if self.kelurahan else "kecamatan" if self.kecamatan else "city"

    def covers(self, area: str | None) -> bool:
        if self.kelurahan:
            return area == self.kelurahan
        return not self.kecamatan or (area is not None and area.startswith(self.kecamatan))


@dataclass(frozen=True)
class Feature:
    """`shape` in metres; `names` are a road's name and aliases."""

    number: int
    kind: str
    names: tuple[str, ...]
    agency: str
    shape: BaseGeometry | None
    reach_m: float = 15
    is_weak: bool = False
    categories: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class World:
    """All that a decision depends on. `evidence`: kind -> rank and categories; areas: in degrees and in metres."""

    bodies: dict[str, Body]
    rules: tuple[Rule, ...]
    features: tuple[Feature, ...]
    evidence: dict[str, tuple[int, tuple[str, ...]]]
    areas: dict[str, tuple[BaseGeometry, BaseGeometry]]
    neighbours: dict[str, BaseGeometry]


@dataclass(frozen=True)
class Spot:
    """`point` in degrees, `metres` the same in metres."""

    category: str
    on: date
    point: Point | None = None
    metres: Point | None = None
    accuracy_m: float | None = None
    street: str = ""
    chosen: str | None = None
    answer: str = ""

    @property
    def slack_m(self) -> float:
        return min(max(self.accuracy_m or 0, 0), MOST_ACCURACY_M)
