"""Where invented reports lie: along made-up streets and at hot spots inside each kelurahan.

Pure numpy and shapely. The streets are random walks inside the polygon and stand for no real
street. Input and output in EPSG:4326; in between a local metre grid (equirectangular, good to
about a metre over a city, which is all that invention needs).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

METRES_PER_DEGREE = 111_320.0
STREETS_PER_KM2 = 9
FEWEST_STREETS, MOST_STREETS = 6, 45
HOT_SPOTS = 3
HOT_SHARES = (0.55, 0.3, 0.15)
STREET_JITTER_M, HOT_JITTER_M = 5.0, 22.0


@dataclass(frozen=True)
class Frame:
    """The local metre grid around the middle of the city."""

    lon: float
    lat: float

    @property
    def scale(self) -> Floats:
        """Metres per degree of longitude and of latitude."""
        return np.array([METRES_PER_DEGREE * math.cos(math.radians(self.lat)), METRES_PER_DEGREE])

    def metres(self, lonlat: Floats) -> Floats:
        """Degrees (n, 2) to metres (n, 2)."""
        return (lonlat - [self.lon, self.lat]) * self.scale

    def degrees(self, xy: Floats) -> Floats:
        """Metres (n, 2) to degrees (n, 2), rounded to 7 decimals as a phone would say."""
        return np.round(xy / self.scale + [self.lon, self.lat], 7)


@dataclass(frozen=True)
class Streets:
    """Every invented street of the city, cut into straight pieces ordered by area.

    `pieces` (p, 4) from/to in metres; `street_of` (p,) the street's number; `first` (areas + 1,)
    where each area's pieces begin; `cumulative` (p + 1,) summed weights; `spots` (areas, themes,
    HOT_SPOTS, 2) in metres and `spot_street` the street of each.
    """

    frame: Frame
    pieces: Floats
    street_of: Ints
    first: Ints
    cumulative: Floats
    spots: Floats
    spot_street: Ints

    @property
    def count(self) -> int:
        """How many streets there are."""
        return int(self.street_of.max()) + 1


@dataclass(frozen=True)
class Spots:
    """Where reports lie: `lonlat` (n, 2), the unshaken `base` on the street, the street's number."""

    lonlat: Floats
    base: Floats
    street: Ints


def build(polygons: Sequence[BaseGeometry], themes: int, rng: np.random.Generator) -> Streets:
    """Invent the streets of every polygon (EPSG:4326) and hot spots for each theme."""
    middle = shapely.union_all(polygons).centroid
    frame = Frame(middle.x, middle.y)
    pieces, street_of, first, spots, spot_street = [], [], [0], [], []
    number = 0
    for polygon in polygons:
        streets = _streets(shapely.transform(polygon, frame.metres), rng)
        vertices = np.concatenate(streets)
        owner = np.repeat(np.arange(len(streets)) + number, [len(street) for street in streets])
        chosen = rng.integers(0, len(vertices), (themes, HOT_SPOTS))
        spots.append(vertices[chosen])
        spot_street.append(owner[chosen])
        for street in streets:
            pieces.append(np.hstack([street[:-1], street[1:]]))
            street_of.append(np.full(len(street) - 1, number))
            number += 1
        first.append(first[-1] + sum(len(street) - 1 for street in streets))
    every = np.concatenate(pieces)
    owner = np.concatenate(street_of)
    # Busy and quiet streets: people report much more from some than from others.
    busy = rng.lognormal(0, 0.8, number)[owner]
    weight = np.hypot(every[:, 2] - every[:, 0], every[:, 3] - every[:, 1]) * busy
    cumulative = np.concatenate([[0.0], np.cumsum(weight)])
    return Streets(frame, every, owner, np.array(first), cumulative, np.stack(spots), np.stack(spot_street))


def sample(streets: Streets, area: Ints, theme: Ints, hot: Floats, rng: np.random.Generator) -> Spots:
    """One place per report: `area` and `theme` are indexes (n,), `hot` the share at hot spots (n,)."""
    low, high = streets.cumulative[streets.first[area]], streets.cumulative[streets.first[area + 1]]
    piece = np.searchsorted(streets.cumulative, rng.uniform(low, high), side="right") - 1
    piece = np.clip(piece, streets.first[area], streets.first[area + 1] - 1)
    along = rng.random((len(area), 1))
    base = streets.pieces[piece, :2] * (1 - along) + streets.pieces[piece, 2:] * along
    street = streets.street_of[piece]
    is_hot = rng.random(len(area)) < hot
    which = rng.choice(HOT_SPOTS, len(area), p=HOT_SHARES)
    base[is_hot] = streets.spots[area, theme, which][is_hot]
    street = np.where(is_hot, streets.spot_street[area, theme, which], street)
    spread = np.where(is_hot, HOT_JITTER_M, STREET_JITTER_M)[:, None]
    shaken = base + rng.normal(size=(len(area), 2)) * spread
    return Spots(streets.frame.degrees(shaken), streets.frame.degrees(base), street)


def nearby(streets: Streets, lonlat: Floats, metres: float, rng: np.random.Generator) -> Floats:
    """Points (n, 2) a few metres away from others: the same thing seen by somebody else."""
    xy = streets.frame.metres(lonlat)
    return streets.frame.degrees(xy + rng.normal(size=xy.shape) * metres)


def _streets(polygon: BaseGeometry, rng: np.random.Generator) -> list[Floats]:
    """Random walks inside the polygon, half of them branching off an earlier one at an angle."""
    shapely.prepare(polygon)
    wanted = int(np.clip(polygon.area / 1e6 * STREETS_PER_KM2, FEWEST_STREETS, MOST_STREETS))
    grain = rng.uniform(0, math.pi)
    made: list[Floats] = []
    for number in range(wanted):
        crossing = math.pi / 2 if number % 2 else 0.0
        if made and number % 2:
            trunk = made[rng.integers(len(made))]
            start = trunk[rng.integers(len(trunk))]
        else:
            start = _inside(polygon, rng)
        made.append(_walk(polygon, start, grain + crossing + rng.normal(0, 0.15), rng))
    return made


def _walk(polygon: BaseGeometry, start: Floats, heading: float, rng: np.random.Generator) -> Floats:
    """A nearly straight line of vertices that stops at the polygon's edge; at least two vertices."""
    length = rng.lognormal(math.log(550), 0.5)
    heading += math.pi * rng.integers(2)
    path, gone = [start], 0.0
    while gone < length:
        step = rng.uniform(50, 110)
        heading += rng.normal(0, 0.07)
        following = path[-1] + step * np.array([math.cos(heading), math.sin(heading)])
        if not shapely.contains_xy(polygon, following[0], following[1]):
            break
        path.append(following)
        gone += step
    if len(path) == 1:
        path.append(start + 0.5)
    return np.array(path)


def _inside(polygon: BaseGeometry, rng: np.random.Generator) -> Floats:
    """A uniform point inside the polygon."""
    west, south, east, north = polygon.bounds
    for _attempt in range(200):
        point = rng.uniform((west, south), (east, north))
        if shapely.contains_xy(polygon, point[0], point[1]):
            return point
    anchor = polygon.representative_point()
    return np.array([anchor.x, anchor.y])
