"""A road, estate or asset as a file tells it, and the row of the draft that it becomes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from shapely.geometry.base import BaseGeometry

from geo_reports.geo_files import WGS84
from geo_reports.models import Agency, RoutingFeature

# Sentences that residents read, when no --reason-template is given.
REASON = "{name} dikelola {owner}"
REASON_WITH_CLASS = "{name} adalah {class} milik {owner}"


@dataclass(frozen=True)
class Facts:
    """What is said of all features of a file; None leaves what is known of one, or the usual."""

    source: str
    reach_m: float | None = None
    categories: list[str] | None = None
    reason_template: str | None = None
    as_of: date | None = None
    confidence: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Item:
    """One feature of the file that is in order."""

    where: str
    name: str
    aliases: tuple[str, ...]
    agency: Agency
    road_class: str
    reach_m: float | None
    shape: BaseGeometry


def reason_of(item: Item, facts: Facts) -> str:
    """The sentence that people read about why this owner answers. Raises ValueError for a template that is none."""
    template = facts.reason_template or (REASON_WITH_CLASS if item.road_class else REASON)
    words = {
        "name": item.name,
        "owner": item.agency.short_name,
        "class": str(RoutingFeature.RoadClass(item.road_class).label) if item.road_class else "",
    }
    try:
        return template.format_map(words)
    except (KeyError, IndexError, AttributeError) as error:
        raise ValueError(f"knows {{name}}, {{owner}} and {{class}}, not {error}") from error


def columns_of(item: Item, facts: Facts, kind: str) -> dict[str, Any]:
    """The values of a new row."""
    values = {
        "kind": kind,
        "name": item.name,
        "aliases": list(item.aliases),
        "road_class": item.road_class,
        "agency": item.agency,
        "categories": facts.categories,
        "geometry": to_geos(item.shape),
        "reach_m": item.reach_m,
        "reason": reason_of(item, facts),
        "source": facts.source,
        "as_of": facts.as_of,
        "confidence": facts.confidence,
        "valid_from": facts.valid_from,
        "valid_to": facts.valid_to,
    }
    return {name: value for name, value in values.items() if value is not None}


def to_geos(shape: BaseGeometry) -> GEOSGeometry:
    """The same geometry as Django stores it, EPSG:4326."""
    return GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=WGS84)
