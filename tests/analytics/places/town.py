"""Moments in days and places in metres of the toy city, and a round of `find_recurrences`."""

from datetime import datetime, timedelta

from django.contrib.gis.geos import Point

from analytics.places import finding
from analytics.places.hexagons import Hexagon, contiguous, in_city
from tests.factories import NOON


def day(days: float) -> datetime:
    """The moment so many days after NOON."""
    return NOON + timedelta(days=days)


def at(east: float = 0, north: float = 0) -> Point:
    """A point so many metres east and north of one in Timur Selatan, in EPSG:4326."""
    origin = Point(10.015, 0.005, srid=4326)
    origin.transform(32632)
    point = Point(origin.x + east, origin.y + north, srid=32632)
    point.transform(4326)
    return point


def find() -> int:
    """Rounds until nothing is noted; how many reports were looked at."""
    return sum(finding.find_all())


def rosette() -> list[Hexagon]:
    """A hexagon in the middle of the city and the six around it."""
    cells = [cell for cell in in_city() if cell.is_judged]
    near = {index: [cells[index]] for index in range(len(cells))}
    for one, other in contiguous((cell.i, cell.j) for cell in cells):
        near[one].append(cells[other])
        near[other].append(cells[one])
    return max(near.values(), key=len)
