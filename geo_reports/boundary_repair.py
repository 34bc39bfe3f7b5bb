"""Makes polygons tile: closes gaps, removes overlaps, and says how much it moved. Pure shapely, plane metres."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

# A gap or overlap narrower than this is a drawing error that nobody can see.
SLIVER_WIDTH_M = 1.0
# Corners are put on this grid first: far finer than any survey, coarse enough for exact arithmetic.
GRID_M = 1e-5
# Corners nearer to each other than this are one corner; the coordinates stored later are finer.
SNAP_M = 0.01
POLYGONAL = frozenset({"Polygon", "MultiPolygon"})

Transform = Callable[[BaseGeometry], BaseGeometry]
Shapes = Sequence[BaseGeometry] | npt.NDArray[np.object_]


@dataclass(frozen=True)
class Repairs:
    """What a repair did; stored with the version and printed. Areas in m², distances in m."""

    overlaps: int = 0
    overlaps_m2: float = 0.0
    gaps: int = 0
    gaps_m2: float = 0.0
    slivers: int = 0
    widest_gap_m: float = 0.0
    farthest_move_m: float = 0.0
    rings: int = 0
    split: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As plain data, rounded to a millimetre."""
        return {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(self).items()}


class CannotTile(Exception):
    """The polygons cannot be made to tile; the message says which and why."""


def make_rings_valid(shape: BaseGeometry) -> BaseGeometry:
    """The polygonal part of `shape` with its rings uncrossed; empty if nothing is left."""
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = [part for part in shapely.get_parts(mended) if part.geom_type in POLYGONAL]
    return shapely.union_all(parts)


def repair(
    shapes: Mapping[str, BaseGeometry], *, max_gap_m: float, rings: int = 0
) -> tuple[dict[str, BaseGeometry], Repairs]:
    """Give every overlap and every enclosed gap to the neighbour with the longest common border.

    `shapes` are valid polygons in metres by code; the order of the codes does not matter. Raises
    CannotTile if a gap is wider than `max_gap_m` or a polygon disappears.
    """
    codes = sorted(shapes)
    # The grid is taken off again: with it later unions would round the new corners and tear holes.
    before = shapely.set_precision(shapely.set_precision([shapes[code] for code in codes], GRID_M), 0)
    after = shapely.coverage_clean(before, gap_width=max_gap_m, snapping_distance=SNAP_M)
    _refuse_what_is_left(codes, after, max_gap_m)
    overlaps = _overlaps(before)
    gaps = holes(before)
    widths = [_width(gap) for gap in gaps]
    done = Repairs(
        overlaps=len(overlaps),
        overlaps_m2=float(sum(overlaps)),
        gaps=len(gaps),
        gaps_m2=float(sum(gap.area for gap in gaps)),
        slivers=sum(width < SLIVER_WIDTH_M for width in widths),
        widest_gap_m=max(widths, default=0.0),
        farthest_move_m=float(max(shapely.hausdorff_distance(before, after), default=0.0)),
        rings=rings,
        split=[
            code
            for code, old, new in zip(codes, before, after, strict=True)
            if shapely.get_num_geometries(new) > shapely.get_num_geometries(old)
        ],
    )
    return dict(zip(codes, after, strict=True)), done


def carry(shapes: Mapping[str, BaseGeometry], transform: Transform, *, decimals: int) -> dict[str, BaseGeometry]:
    """Take tiling polygons to another coordinate system so that they still tile there.

    Shared corners stay equal because each is transformed and rounded to `decimals` alike. Where
    rounding makes an edge cross its neighbour, ever finer rounding is tried, then cleaning.
    Raises CannotTile if nothing helps.
    """
    exact = np.array([transform(shape) for shape in shapes.values()], dtype=object)
    for attempt in (decimals, decimals + 2, decimals + 4):
        moved = shapely.transform(exact, partial(np.round, decimals=attempt))
        if tiles(moved):
            return dict(zip(shapes, moved, strict=True))
    cleaned = shapely.coverage_clean([make_rings_valid(shape) for shape in exact], gap_width=10.0**-decimals)
    if not tiles(cleaned):
        raise CannotTile("The polygons do not tile any more after their transformation.")
    return dict(zip(shapes, cleaned, strict=True))


def tiles(shapes: Shapes) -> bool:
    """Whether polygons are there, are valid, neither overlap nor leave a hole, and share their corners."""
    sound = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    return bool(np.all(sound) and shapely.coverage_is_valid(shapes)) and not holes(shapes)


def holes(shapes: Shapes) -> list[BaseGeometry]:
    """The enclosed areas that no polygon covers, as polygons."""
    whole = shapely.get_parts(shapely.union_all(shapes))
    return [shapely.Polygon(ring) for part in whole for ring in part.interiors]


def _refuse_what_is_left(codes: Sequence[str], after: Shapes, max_gap_m: float) -> None:
    gone = [code for code, shape in zip(codes, after, strict=True) if shape.is_empty]
    if gone:
        raise CannotTile(f"Others cover all of {', '.join(gone)}.")
    left = holes(after)
    if left:
        widest = max(left, key=_width)
        raise CannotTile(
            f"Holes wider than {max_gap_m:g} m are left: {len(left)}, the widest with {_width(widest):.0f} m "
            f"and {widest.area:.0f} m². Something is missing there, or raise --max-gap."
        )
    if not tiles(after):
        raise CannotTile("The polygons still overlap after cleaning.")


def _overlaps(shapes: npt.NDArray[np.object_]) -> list[float]:
    """The area of each pairwise overlap."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = first < second
    areas = shapely.area(shapely.intersection(shapes[first[pairs]], shapes[second[pairs]]))
    return [float(area) for area in areas if area > 0]


def _width(shape: BaseGeometry) -> float:
    """The diameter of the largest circle that fits in."""
    if shape.area < SLIVER_WIDTH_M / 1000:
        return 0.0
    return 2 * float(shapely.maximum_inscribed_circle(shape).length)
