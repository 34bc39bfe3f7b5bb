"""The world as whole numbers: Web Mercator, 2^30 units wide and high, and Morton codes of its squares.

The code of a square interleaves the bits of column and row, so that all squares in a larger one
have neighbouring codes: a tile is one range of an index. Pure.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

BITS: Final = 30  # 4 cm at the equator
SIZE: Final = 1 << BITS
MAX_LATITUDE: Final = math.degrees(math.atan(math.sinh(math.pi)))  # where the square world ends


def morton(column: int, row: int) -> int:
    """The code of a square; the column has the lower bit of each pair."""
    return _spread(column) | _spread(row) << 1


def _spread(number: int) -> int:
    return int(f"{number:b}", 4)


def longitude(x: float) -> float:
    """Degrees of a column in units, 0 to 2^30."""
    return x / SIZE * 360 - 180


def latitude(y: float) -> float:
    """Degrees of a row in units, 0 to 2^30 from the north."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / SIZE))))


@dataclass(frozen=True)
class Square:
    """A tile of the web map, or a cell, which is one too: zoom, column from the west, row from the north."""

    zoom: int
    column: int
    row: int

    @property
    def exists(self) -> bool:
        """Whether the world has such a square."""
        return 0 <= self.zoom <= BITS and 0 <= self.column < 1 << self.zoom and 0 <= self.row < 1 << self.zoom

    @property
    def units(self) -> int:
        """The length of an edge."""
        return SIZE >> self.zoom

    @property
    def code(self) -> int:
        """Its Morton code among the squares of its zoom."""
        return morton(self.column, self.row)

    def codes(self, zoom: int) -> tuple[int, int]:
        """First and last code of the squares of a deeper zoom in it."""
        shift = 2 * (zoom - self.zoom)
        return self.code << shift, (self.code + 1 << shift) - 1

    def rim(self, zoom: int) -> list[int]:
        """The codes of the squares of a deeper zoom that touch it from outside."""
        side = 1 << zoom - self.zoom
        columns = range(self.column * side, (self.column + 1) * side)
        rows = range(self.row * side, (self.row + 1) * side)
        world = range(1 << zoom)
        across = [(c in columns, _spread(c)) for c in range(columns[0] - 1, columns[-1] + 2) if c in world]
        down = [(r in rows, _spread(r) << 1) for r in range(rows[0] - 1, rows[-1] + 2) if r in world]
        return sorted(x | y for is_column, x in across for is_row, y in down if not (is_column and is_row))


def square(zoom: int, code: int) -> Square:
    """The square of a Morton code."""
    return Square(zoom, _gather(code), _gather(code >> 1))


def _gather(code: int) -> int:
    return sum((code >> 2 * bit & 1) << bit for bit in range(BITS))


def ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Sorted codes as first and last of runs without a gap."""
    first = last = None
    for code in codes:
        if last is not None and first is not None and code == last + 1:
            last = code
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = code
    if first is not None and last is not None:
        yield first, last
