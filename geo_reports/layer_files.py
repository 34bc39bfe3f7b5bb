"""Reads roads, estates or assets with their owners from a file and lists everything that is wrong with them.

Writes nothing. What is refused is what the administration pages refuse, and what lies outside the
city. Shapes leave as shapely geometries in EPSG:4326.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import shapely
from django.contrib.gis.gdal import CoordTransform, GDALException, OGRGeometry, SpatialReference
from django.contrib.gis.gdal.layer import Layer
from django.core.exceptions import ValidationError
from django.utils import translation
from shapely.geometry.base import BaseGeometry

from geo_reports.geo_files import (
    WGS84,
    NotOnEarth,
    Problem,
    Unreadable,
    flat,
    geometry_of,
    missing_fields,
    open_layer,
    to_lon_lat,
    transformed,
)
from geo_reports.layer_items import Facts, Item, columns_of
from geo_reports.models import Agency, Category, City, KelurahanPiece, RoutingFeature

LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class LayerFile:
    """Where the features are, and which field says what. `srid` overrules the file's own coordinate system."""

    path: Path
    kind: str
    name_field: str
    owner_field: str | None = None
    owner: str | None = None
    alias_field: str | None = None
    class_field: str | None = None
    reach_field: str | None = None
    layer: str | None = None
    srid: int | None = None
    skip_outside: bool = False

    @property
    def fields(self) -> list[str]:
        """The fields that the file must have."""
        names = (self.name_field, self.owner_field, self.alias_field, self.class_field, self.reach_field)
        return [name for name in names if name]


@dataclass
class ReadLayer:
    """The features in order, what forbids their use, what a person should know, how many were left out."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    outside: int = 0


class _Wrong(Exception):
    """One thing that is wrong with a feature, as the rest of a sentence about it."""


def read_layer(file: LayerFile, facts: Facts, city: City) -> ReadLayer:
    """Read the features of one kind. Never raises for what the file holds: all that is wrong is in `problems`."""
    result = ReadLayer()
    try:
        layer, transform = open_layer(file.path, layer=file.layer, srid=file.srid)
        result.problems += [*missing_fields(layer, file.fields), *_unusable(facts)]
        if not result.problems:
            _Reader(file, facts, city, transform, result).read(layer)
    except Unreadable as error:
        result.problems.append(Problem(file.path.name, str(error)))
    except GDALException as error:
        result.problems.append(Problem(file.path.name, f"cannot be read: {error}"))
    return result


def _unusable(facts: Facts) -> list[Problem]:
    """What is wrong with the options, which no feature can mend."""
    known = set(Category.objects.values_list("pk", flat=True))
    problems = [
        Problem("--categories", f"there is no category {slug}; there are {', '.join(sorted(known))}.")
        for slug in facts.categories or ()
        if slug not in known
    ]
    if not KelurahanPiece.objects.exists():
        problems.append(Problem("the city", "has no boundaries in force: run load_boundaries first."))
    return problems


class _Reader:
    """Reads one layer; knows the owners seen so far and where the city is."""

    def __init__(self, file: LayerFile, facts: Facts, city: City, transform: CoordTransform, result: ReadLayer) -> None:
        self.file, self.facts, self.transform, self.result = file, facts, transform, result
        self.to_metres = partial(
            transformed, transform=CoordTransform(SpatialReference(WGS84), SpatialReference(city.metric_srid))
        )
        pieces = KelurahanPiece.objects.values_list("geometry_m", flat=True)
        self.city_m = shapely.union_all([shapely.from_wkb(bytes(piece.wkb)) for piece in pieces])
        shapely.prepare(self.city_m)
        self.owners: dict[str, Agency | _Wrong] = {}
        self.flattened: Counter[str] = Counter()

    def read(self, layer: Layer) -> None:
        """Add every feature of `layer` to the result, as an item or as a problem."""
        for feature in layer:
            name = self._text(feature, self.file.name_field)
            where = f"feature {feature.fid} ({name or 'no name'})"
            try:
                item = self._item(feature, name, where)
                if self._is_outside(item):
                    self.result.outside += 1
                    continue
                self._check(item)
                self.result.items.append(item)
            except _Wrong as wrong:
                self.result.problems.append(Problem(where, str(wrong)))
        if not self.result.items and not self.result.problems:
            self.result.problems.append(Problem(layer.name, "holds nothing to import."))
        self.result.problems += _duplicates(self.result.items)
        self.result.warnings += [
            Problem(layer.name, f"{count} features {what}.") for what, count in sorted(self.flattened.items()) if count
        ]

    def _item(self, feature: Any, name: str, where: str) -> Item:
        if not name:
            raise _Wrong(f"has no name in {self.file.name_field}.")
        aliases = self._text(feature, self.file.alias_field).split(LIST_SEPARATOR)
        return Item(
            where=where,
            name=name,
            aliases=tuple(alias.strip() for alias in aliases if alias.strip()),
            agency=self._owner(feature),
            road_class=self._road_class(feature),
            reach_m=self._reach(feature),
            shape=self._shape(geometry_of(feature)),
        )

    def _text(self, feature: Any, name: str | None) -> str:
        value = feature.get(name) if name else None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else " ".join(str(value).split())

    def _owner(self, feature: Any) -> Agency:
        text = self.file.owner or self._text(feature, self.file.owner_field)
        if text not in self.owners:
            self.owners[text] = _agency_named(text)
        found = self.owners[text]
        if isinstance(found, _Wrong):
            raise found
        return found

    def _road_class(self, feature: Any) -> str:
        text = self._text(feature, self.file.class_field).casefold()
        known = _road_classes()
        if text and text not in known:
            raise _Wrong(f"has the class {text!r}; known are {', '.join(known)}.")
        return known[text] if text else ""

    def _reach(self, feature: Any) -> float | None:
        text = self._text(feature, self.file.reach_field).replace(",", ".")
        try:
            return float(text) if text else self.facts.reach_m
        except ValueError as error:
            raise _Wrong(f"has the reach {text!r}, which is no number of metres.") from error

    def _shape(self, geometry: OGRGeometry | None) -> BaseGeometry:
        if geometry is None:
            raise _Wrong("has no geometry.")
        self.flattened["had curves: they are short straight lines now"] += geometry.has_curve
        self.flattened["had heights or measures: left out"] += geometry.is_3d or geometry.is_measured
        shape = flat(geometry)
        if shape is None or shape.geom_type == "GeometryCollection":
            raise _Wrong(f"is a {geometry.geom_name}: points, lines or polygons are possible.")
        try:
            return to_lon_lat(shape, self.transform)
        except NotOnEarth as error:
            raise _Wrong(str(error)) from error

    def _is_outside(self, item: Item) -> bool:
        if self._is_in_city(item.shape, item.reach_m):
            return False
        if self.file.skip_outside:
            return True
        west, south, _east, _north = item.shape.bounds
        swapped = shapely.transform(item.shape, lambda corners: corners[:, ::-1])
        hint = " Longitude and latitude look swapped." if self._is_in_city(swapped, item.reach_m) else ""
        raise _Wrong(f"lies at {west:.4f}, {south:.4f}: outside the city.{hint}")

    def _is_in_city(self, shape: BaseGeometry, reach_m: float | None) -> bool:
        try:
            return bool(shapely.dwithin(self.city_m, self.to_metres(shape), reach_m or 0))
        except GDALException:
            return False

    def _check(self, item: Item) -> None:
        """Refuse what the administration pages would refuse, in their words."""
        try:
            row = RoutingFeature(**columns_of(item, self.facts, self.file.kind))
            with translation.override("en"):
                row.clean_fields(exclude=("agency",))
                row.clean()
        except ValueError as error:
            raise _Wrong(f"--reason-template {error}.") from error
        except ValidationError as error:
            told = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
            raise _Wrong(" ".join(told)) from error


def _agency_named(text: str) -> Agency | _Wrong:
    """The one agency of this name: as it is called today, or as one that it took over from was."""
    if not text:
        return _Wrong("has no owner.")
    found = list(Agency.objects.named(text))
    exact = [
        agency
        for agency in found
        if text.casefold() in {agency.slug.casefold(), agency.short_name.casefold(), agency.name.casefold()}
    ]
    chosen = exact or found
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        return _Wrong(f"has the owner {text!r}, whom nobody knows by slug, short name, name or former name.")
    return _Wrong(f"has the owner {text!r}, who may be {' or '.join(sorted(each.pk for each in chosen))}.")


def _road_classes() -> Mapping[str, str]:
    """Ways to write a class: `national`, `jalan nasional`, `nasional`."""
    labels = {str(label).casefold(): value for value, label in RoutingFeature.RoadClass.choices}
    short = {label.removeprefix("jalan ").strip(): value for label, value in labels.items()}
    return {value: value for value in RoutingFeature.RoadClass.values} | labels | short


def _duplicates(items: list[Item]) -> list[Problem]:
    """The same shape twice: under one name, or of two owners."""
    seen: dict[bytes, Item] = {}
    problems = []
    for item in items:
        first = seen.setdefault(shapely.to_wkb(shapely.normalize(item.shape)), item)
        if first is item:
            continue
        if first.agency != item.agency:
            problems.append(Problem(item.where, f"has the shape of {first.where}, but another owner."))
        elif first.name == item.name:
            problems.append(Problem(item.where, f"is the same as {first.where}."))
    return problems
