"""Puts roads, estates and assets of a file into the draft of the routing rules: merges parts, knows what is there.

A road of the register that has only a name gets its shape. Nothing here is in force until the
draft is published.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.db import connection, transaction
from shapely.geometry.base import BaseGeometry

from geo_reports.geo_files import Problem
from geo_reports.layer_items import Facts, Item, columns_of, reason_of, to_geos
from geo_reports.models import RoutingFeature

# Where a row of the register has its shape from, at the end of its source.
SHAPE_FROM = "; bentuk: "
SOURCE_LENGTH = 300
AREA = 2
# A part of another dimension is a problem already.
SIMPLE = ("Point", "LineString")

STREET_KEYS = "SELECT name, geo_reports_street_key(name) FROM unnest(%s::text[]) name"


@dataclass
class Change:
    """One row of the draft as it will be; `fields` are those that differ from what is stored."""

    row: RoutingFeature
    fields: list[str]
    is_new: bool = False
    gets_shape: bool = False


@dataclass
class Plan:
    """What an import would do, what forbids it, and what a person should know."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    outdated: list[RoutingFeature] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def make_plan(items: Sequence[Item], facts: Facts, kind: str, *, replace: bool) -> Plan:
    """Merge the parts of one thing and compare with the draft. Two queries, nothing is written.

    With `replace`, what an earlier import from the same source brought and the file no longer
    holds is `outdated`.
    """
    plan = Plan()
    present = list(RoutingFeature.objects.filter(kind=kind).select_related("agency"))
    names = [*(item.name for item in items), *(name for row in present for name in (row.name, *row.aliases))]
    keys = _street_keys(names) if kind == RoutingFeature.Kind.ROAD else {name: name.casefold() for name in names}
    known = _Known(present, keys, facts)
    groups: dict[Any, list[Item]] = {}
    for item in items:
        key = keys[item.name] or item.name.casefold()
        rows = known.rows_of(item, key)
        if len(rows) > 1:
            told = ", ".join(f"{row.name} since {row.valid_from or 'ever'}" for row in rows)
            plan.problems.append(Problem(item.where, f"may be any of {told}; choose with --valid-from."))
        groups.setdefault(rows[0].pk if rows else (item.agency.pk, key), []).append(item)
        plan.warnings += known.other_owners(item, key)
    touched = set()
    for group, parts in groups.items():
        row = known.by_pk.get(group) if isinstance(group, int) else None
        _add(plan, parts, facts, kind, row)
        touched.add(group)
    if replace:
        plan.outdated = [row for row in present if row.pk not in touched and _is_from(row, facts.source)]
    return plan


@transaction.atomic
def carry_out(plan: Plan) -> None:
    """Write the plan into the draft."""
    RoutingFeature.objects.bulk_create([change.row for change in plan.changes if change.is_new], batch_size=1000)
    for change in plan.changes:
        if not change.is_new:
            change.row.save(update_fields=change.fields)
    for row in plan.outdated:
        if SHAPE_FROM in row.source:
            row.geometry, row.source = None, row.source.partition(SHAPE_FROM)[0]
            row.save(update_fields=("geometry", "source"))
        else:
            row.delete()


class _Known:
    """The rows of the draft by owner and name."""

    def __init__(self, present: Sequence[RoutingFeature], keys: dict[str, str], facts: Facts) -> None:
        self.facts = facts
        self.by_pk = {row.pk: row for row in present}
        self.by_key: dict[str, list[RoutingFeature]] = {}
        for row in present:
            for key in {keys[name] or name.casefold() for name in (row.name, *row.aliases)}:
                self.by_key.setdefault(key, []).append(row)

    def rows_of(self, item: Item, key: str) -> list[RoutingFeature]:
        """The rows that `item` may be: of its owner and name, of the period that was asked for."""
        rows = [row for row in self.by_key.get(key, ()) if row.agency_id == item.agency.pk]
        same = [row for row in rows if row.valid_from == self.facts.valid_from]
        return same or (rows if self.facts.valid_from is None else [])

    def other_owners(self, item: Item, key: str) -> list[Problem]:
        """A warning for each other owner under whom this name is in the draft."""
        return [
            Problem(item.where, f"is in the draft as {row.name} of {row.agency.short_name}, too.")
            for row in self.by_key.get(key, ())
            if row.agency_id != item.agency.pk and row.kind == RoutingFeature.Kind.ROAD
        ]


def _add(plan: Plan, parts: list[Item], facts: Facts, kind: str, row: RoutingFeature | None) -> None:
    whole = _merged(parts, plan.problems)
    if row is None:
        plan.changes.append(Change(RoutingFeature(**columns_of(whole, facts, kind)), [], is_new=True))
        return
    gets_shape = row.geometry is None
    wanted = _wanted(row, whole, facts)
    fields = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in fields:
        setattr(row, name, wanted[name])
    if fields:
        plan.changes.append(Change(row, fields, gets_shape=gets_shape))
    else:
        plan.unchanged += 1


def _wanted(row: RoutingFeature, whole: Item, facts: Facts) -> dict[str, Any]:
    """What a row that is known already shall say: the shape, and what was given explicitly."""
    given = {
        "road_class": whole.road_class or None,
        "reach_m": whole.reach_m,
        "categories": facts.categories,
        "reason": reason_of(whole, facts) if facts.reason_template else None,
        "as_of": facts.as_of,
        "confidence": facts.confidence,
        "valid_to": facts.valid_to,
    }
    more = [alias for alias in whole.aliases if alias not in (row.name, *row.aliases)]
    return {
        "geometry": to_geos(whole.shape),
        "aliases": [*row.aliases, *more],
        "source": _source_of(row, facts.source),
        **{name: value for name, value in given.items() if value is not None},
    }


def _source_of(row: RoutingFeature, source: str) -> str:
    """A register entry keeps its source and says where the shape is from; an imported row names the file."""
    head, mark, _old = row.source.partition(SHAPE_FROM)
    if not mark and row.geometry is not None:
        return source
    tail = f"{SHAPE_FROM}{source}"
    return f"{head[: SOURCE_LENGTH - len(tail)]}{tail}"


def _is_from(row: RoutingFeature, source: str) -> bool:
    return row.geometry is not None and source in (row.source, row.source.partition(SHAPE_FROM)[2])


def _merged(parts: list[Item], problems: list[Problem]) -> Item:
    """The parts of one thing as one: the usual spelling, all shapes. Parts that contradict each other are a problem."""
    first = parts[0]
    problems += [
        Problem(part.where, f"is part of {first.where}, but differs in {what}.")
        for part in parts
        for what, differs in (
            ("class", part.road_class != first.road_class),
            ("reach", part.reach_m != first.reach_m),
            ("being points, lines or areas", _dimension(part) != _dimension(first)),
        )
        if differs
    ]
    usual = Counter(part.name for part in parts).most_common(1)[0][0]
    aliases = dict.fromkeys(alias for part in parts for alias in part.aliases)
    shape = _collected([part.shape for part in parts])
    return Item(first.where, usual, tuple(aliases), first.agency, first.road_class, first.reach_m, shape)


def _dimension(item: Item) -> int:
    return int(shapely.get_dimensions(item.shape))


def _collected(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One geometry of many: areas dissolve, lines and points stay as they were drawn."""
    if len(shapes) == 1:
        return shapes[0]
    dimension = shapely.get_dimensions(shapes[0])
    if dimension == AREA:
        return shapely.union_all(shapes)
    parts = [part for shape in shapes for part in shapely.get_parts(shape) if part.geom_type == SIMPLE[dimension]]
    return shapely.multipoints(parts) if dimension == 0 else shapely.multilinestrings(parts)


def _street_keys(names: Sequence[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(STREET_KEYS, [list(dict.fromkeys(names))])
        return dict(cursor.fetchall())
