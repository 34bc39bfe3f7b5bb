"""Where things stand on the map of a work order: window, projection, numbers, names. Pure.

Paper is measured in points (1/72 inch) from the lower left corner of the map's frame.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from geo_reports.work_orders.order import Spot, Window

WIDTH: Final = 523.0
LOWEST: Final = 230.0
LOW: Final = 300.0  # few numbers: the list shall begin on the same page
TALL: Final = 490.0  # many numbers need the room more than the list does
MANY: Final = 15
SMALLEST_M: Final = 4_000.0  # a single report is shown with the kelurahan around it
MARGIN: Final = 0.08
LINE: Final = 12.0
PADDING: Final = 6.0
CHARACTER: Final = 5.7  # the widest digit of the bold font at the size of the numbers
PARTS_IN_LINE: Final = 4
JOINED_BELOW: Final = 8.0
GAP: Final = 1.0
TO: Final = "\N{EN DASH}"
RINGS: Final = (14.0, 22.0, 31.0, 42.0)
DIRECTIONS: Final = 16


@dataclass(frozen=True)
class Frame:
    """The map's rectangle on the paper, showing `window` in its proportions."""

    window: Window
    width: float = WIDTH

    @property
    def height(self) -> float:
        """In points."""
        return self.window.height_m * self.points_per_m

    @property
    def points_per_m(self) -> float:
        """One scale for both axes."""
        return self.width / self.window.width_m

    def on_paper(self, spot: Spot) -> Spot:
        """Ground metres to paper points; every distance on the paper has the same scale."""
        x, y = spot
        return (x - self.window.west) * self.points_per_m, (y - self.window.south) * self.points_per_m


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper around its middle."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two come closer than GAP."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width + 2 * GAP
            and abs(self.y - other.y) * 2 < self.height + other.height + 2 * GAP
        )

    def covers(self, spot: Spot) -> bool:
        """Whether the point lies under the box."""
        return abs(self.x - spot[0]) * 2 <= self.width and abs(self.y - spot[1]) * 2 <= self.height

    def inside(self, width: float, height: float) -> "Box":
        """The same box pushed into the frame from the nearest edge."""
        x = min(max(self.x, self.width / 2), width - self.width / 2)
        y = min(max(self.y, self.height / 2), height - self.height / 2)
        return Box(x, y, self.width, self.height)


@dataclass(frozen=True)
class Label:
    """One or several numbers in one box, and the places they stand for."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]
    box: Box
    places: tuple[Spot, ...]


def window_around(spots: Sequence[Spot]) -> Window:
    """The rectangle that shows all `spots` (at least one) with a margin, in proportions that fit the page."""
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    width, height = max(width * (1 + 2 * MARGIN), SMALLEST_M), height * (1 + 2 * MARGIN)
    tallest = TALL if len(spots) > MANY else LOW
    width = max(width, height * WIDTH / tallest)
    height = max(height, width * LOWEST / WIDTH)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Window(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def scale_bar_m(window: Window) -> int:
    """The longest of 1, 2, 5 times a power of ten metres that fits into a quarter of the map's width."""
    limit = window.width_m / 4
    power = 10 ** math.floor(math.log10(limit))
    return int(max(step * power for step in (1, 2, 5) if step * power <= limit))


def in_words(numbers: Iterable[int]) -> list[str]:
    """Neighbouring numbers joined by a dash: 3, 4, 5, 9 become two words, "3 to 5" and "9"."""
    ordered = sorted(numbers)
    breaks = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if b != a + 1), len(ordered)]
    runs = [ordered[start:end] for start, end in pairwise(breaks)]
    return [str(run[0]) if len(run) == 1 else f"{run[0]}{TO}{run[-1]}" for run in runs if run]


@dataclass
class _Cluster:
    numbers: list[int]
    places: list[Spot]
    lines: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts = in_words(self.numbers)
        rows = [parts[start : start + PARTS_IN_LINE] for start in range(0, len(parts), PARTS_IN_LINE)]
        self.lines = tuple(", ".join(row) for row in rows)

    @property
    def middle(self) -> Spot:
        xs, ys = zip(*self.places, strict=True)
        return sum(xs) / len(xs), sum(ys) / len(ys)

    def box(self, x: float, y: float) -> Box:
        height = LINE * len(self.lines) + 2
        width = max(len(line) for line in self.lines) * CHARACTER + PADDING
        return Box(x, y, max(width, height if len(self.lines) == 1 else 0), height)

    def with_(self, other: "_Cluster") -> "_Cluster":
        return _Cluster([*self.numbers, *other.numbers], [*self.places, *other.places])


def place_numbers(places: Sequence[tuple[int, Spot]], width: float, height: float) -> list[Label]:
    """A box for every number, inside the frame, none over another.

    Numbers of (nearly) one place share a box; a box in the way of another moves aside; where the
    surroundings are full, it joins its nearest neighbour.
    """
    waiting = _joined(places)
    placed: list[tuple[_Cluster, Box]] = []
    while waiting:
        cluster = waiting.pop(0)
        box = _free_box(cluster, [box for _cluster, box in placed], places, (width, height))
        if box is None:
            nearest = min(placed, key=lambda each: math.dist(each[0].middle, cluster.middle))
            placed.remove(nearest)
            waiting.insert(0, nearest[0].with_(cluster))
        else:
            placed.append((cluster, box))
    return [Label(tuple(sorted(cluster.numbers)), cluster.lines, box, tuple(cluster.places)) for cluster, box in placed]


def _joined(places: Sequence[tuple[int, Spot]]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for number, spot in places:
        near = next((each for each in clusters if math.dist(each.places[0], spot) < JOINED_BELOW), None)
        if near:
            clusters[clusters.index(near)] = near.with_(_Cluster([number], [spot]))
        else:
            clusters.append(_Cluster([number], [spot]))
    return clusters


def _free_box(
    cluster: _Cluster, taken: Sequence[Box], places: Sequence[tuple[int, Spot]], size: tuple[float, float]
) -> Box | None:
    """The nearest box that overlaps none of `taken`, if possible over nobody else's place."""
    free = [box for box in _around(cluster, size) if not any(box.overlaps(other) for other in taken)]
    others = [spot for number, spot in places if number not in cluster.numbers]
    clear = (box for box in free if not any(box.covers(spot) for spot in others))
    return next(clear, free[0] if free else None)


def _around(cluster: _Cluster, size: tuple[float, float]) -> Iterator[Box]:
    x, y = cluster.middle
    yield cluster.box(x, y).inside(*size)
    for ring in RINGS:
        for step in range(DIRECTIONS):
            angle = math.tau * step / DIRECTIONS
            reach = cluster.box(x, y)
            dx = (ring + (reach.width - reach.height) / 2) * math.cos(angle)
            yield cluster.box(x + dx, y + ring * math.sin(angle)).inside(*size)


def place_names(
    names: Sequence[tuple[float, Spot]], height: float, taken: Sequence[Box], frame: tuple[float, float]
) -> list[Box | None]:
    """Where each name (its width, its place) may be written; None where it would cover something."""
    boxes: list[Box | None] = []
    used = list(taken)
    for width, (x, y) in names:
        tries = (Box(x, y + shift * height, width, height).inside(*frame) for shift in (0, 1, -1, 2, -2, 3, -3))
        box = next((each for each in tries if not any(each.overlaps(other) for other in used)), None)
        boxes.append(box)
        if box:
            used.append(box)
    return boxes
