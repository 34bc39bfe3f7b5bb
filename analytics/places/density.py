"""Cells and kelurahan of the city with how dense their reports lie there, for one filter."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.hotspots import Density, HotSpots, hot_spots
from analytics.places import ground, hexagons
from analytics.places.counting import PlaceCounts
from analytics.places.hexagons import Hexagon


@dataclass(frozen=True)
class Row:
    """Reports of a cell or a kelurahan on its area in the city.

    z, p (adjusted) and `around_per_km2`, the mean of it and those around it, unless it cannot be judged.
    """

    code: str
    n: int
    area_km2: float
    density: Density
    z: float | None = None
    p: float | None = None
    around_per_km2: float | None = None
    cell: Hexagon | None = None

    @property
    def per_km2(self) -> float:
        """How dense the reports lie in itself; judged is `around_per_km2`."""
        return self.n / self.area_km2


@dataclass(frozen=True, eq=False)
class Layer:
    """One way to cut the city; the densest row first.

    `expected` reports lie in a neighbourhood on average; `is_few`: too few for any verdict. `outside`
    reports have a point or an area, but lie in no row.
    """

    rows: list[Row]
    expected: float
    is_few: bool
    outside: int

    @property
    def dense(self) -> list[Row]:
        """Rows with more than chance would put there."""
        return [row for row in self.rows if row.density in {Density.VERY_DENSE, Density.DENSE}]

    @property
    def sparse(self) -> list[Row]:
        """Rows with less than chance would put there."""
        return [row for row in self.rows if row.density in {Density.SPARSE, Density.VERY_SPARSE}]

    @property
    def judged(self) -> int:
        """Of how many rows anything is said."""
        return sum(row.density != Density.UNJUDGED for row in self.rows)


def by_cell(found: PlaceCounts) -> Layer:
    """The hexagons. Those that lie less than half in the city take no part in the verdict: they are counted only."""
    cells = hexagons.in_city()
    inner = [cell for cell in cells if cell.is_judged]
    counts = [found.cells[cell.i, cell.j] for cell in inner]
    pairs = hexagons.contiguous((cell.i, cell.j) for cell in inner)
    verdicts = hot_spots(counts, [cell.area_km2 for cell in inner], pairs)
    rows = [
        Row(cell.code, n, cell.area_km2, *told, cell)
        for cell, n, told in zip(inner, counts, _told(verdicts), strict=True)
    ]
    rows += [
        Row(cell.code, found.cells[cell.i, cell.j], cell.area_km2, Density.UNJUDGED, cell=cell)
        for cell in cells
        if not cell.is_judged
    ]
    return _layer(rows, verdicts, found.cells.total())


def by_kelurahan(found: PlaceCounts) -> Layer:
    """The kelurahan; here reports count whose place is known no better than that."""
    areas = ground.in_force()
    counts = [found.kelurahan[code] for code in areas.codes]
    verdicts = hot_spots(counts, areas.areas_km2, areas.borders)
    rows = [
        Row(code, n, area, *told)
        for code, n, area, told in zip(areas.codes, counts, areas.areas_km2, _told(verdicts), strict=True)
    ]
    return _layer(rows, verdicts, found.n)


def _told(verdicts: HotSpots) -> list[tuple[Density, float | None, float | None, float | None]]:
    """Without a verdict there is no z, no p, and nothing that was judged."""
    columns = (verdicts.z.tolist(), verdicts.adjusted.tolist(), verdicts.around.tolist())
    values = zip(verdicts.densities, *columns, strict=True)
    return [
        (density, None, None, None) if density == Density.UNJUDGED else (density, z, p, around)
        for density, z, p, around in values
    ]


def _layer(rows: Sequence[Row], verdicts: HotSpots, total: int) -> Layer:
    ordered = sorted(rows, key=lambda row: (row.z is None, -(row.z or 0.0), -row.n, row.code))
    return Layer(ordered, verdicts.expected, verdicts.is_few, total - sum(row.n for row in rows))
