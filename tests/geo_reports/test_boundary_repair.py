"""Squares whose repaired answer is obvious, and jittered grids whose answer must tile."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geo_reports.boundary_repair import CannotTile, carry, holes, make_rings_valid, repair, tiles

SIDE = 100.0


def jittered_grid(side: int, seed: int, jitter: float) -> dict[str, shapely.Polygon]:
    """Squares of 100 m whose corners were each drawn anew for every square, up to `jitter` m off."""
    random = np.random.default_rng(seed)
    shapes = {}
    for row in range(side):
        for column in range(side):
            corners = np.add([(0, 0), (1, 0), (1, 1), (0, 1)], (column, row))
            shapes[f"{row}{column}"] = shapely.Polygon(corners * SIDE + random.uniform(-jitter, jitter, (4, 2)))
    return shapes


def test_squares_that_tile_stay_as_they_are():
    shapes = {"a": box(0, 0, 100, 100), "b": box(100, 0, 200, 100)}
    repaired, done = repair(shapes, max_gap_m=10)
    assert all(repaired[code].equals(shapes[code]) for code in shapes)
    assert (done.overlaps, done.gaps, done.farthest_move_m, done.split) == (0, 0, 0, [])


def test_an_overlap_belongs_to_one_square_afterwards():
    repaired, done = repair({"a": box(0, 0, 110, 100), "b": box(100, 0, 200, 100)}, max_gap_m=10)
    assert done.overlaps == 1
    assert done.overlaps_m2 == pytest.approx(1000)
    assert repaired["a"].area + repaired["b"].area == pytest.approx(20_000)
    assert repaired["a"].intersection(repaired["b"]).area == 0


def test_an_enclosed_gap_is_closed_and_counted():
    ring = box(0, 0, 300, 300).difference(box(100, 100, 200, 200))
    repaired, done = repair({"ring": ring, "inside": box(100, 100, 200, 195)}, max_gap_m=10)
    assert (done.gaps, done.slivers) == (1, 0)
    assert done.gaps_m2 == pytest.approx(500)
    assert done.widest_gap_m == pytest.approx(5, abs=0.1)
    assert holes(list(repaired.values())) == []
    assert sum(shape.area for shape in repaired.values()) == pytest.approx(90_000)


def test_a_gap_thinner_than_a_metre_is_called_a_sliver():
    ring = box(0, 0, 300, 300).difference(box(100, 100, 200, 200))
    _repaired, done = repair({"ring": ring, "inside": box(100, 100, 200, 199.5)}, max_gap_m=10)
    assert (done.gaps, done.slivers) == (1, 1)


def test_a_hole_as_large_as_a_kelurahan_is_refused():
    ring = box(0, 0, 300, 300).difference(box(100, 100, 200, 200))
    with pytest.raises(CannotTile, match="Holes wider than 50 m are left: 1, the widest with 100 m and 10000 m²"):
        repair({"ring": ring, "beside": box(300, 0, 400, 300)}, max_gap_m=50)


def test_a_polygon_drawn_twice_is_refused():
    with pytest.raises(CannotTile, match="Others cover all of"):
        repair({"a": box(0, 0, 100, 100), "b": box(0, 0, 100, 100)}, max_gap_m=10)


def test_a_polygon_cut_in_two_by_its_neighbour_is_named():
    hourglass = shapely.union_all([box(0, 0, 100, 100), box(100, 49, 110, 51), box(110, 0, 210, 100)])
    beam = shapely.union_all([box(100, -50, 110, 150), box(0, -80, 210, -50), box(0, 150, 210, 180)])
    _repaired, done = repair({"hourglass": hourglass, "beam": beam}, max_gap_m=0.5)
    assert done.split == ["hourglass"]


def test_a_bow_tie_becomes_two_triangles_and_a_line_becomes_nothing():
    bow_tie = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    mended = make_rings_valid(bow_tie)
    assert mended.is_valid
    assert mended.area == pytest.approx(5000)
    assert make_rings_valid(shapely.Polygon([(0, 0), (10, 0), (0, 0)])).is_empty


@settings(max_examples=60)
@given(side=st.integers(2, 5), seed=st.integers(0, 10_000), jitter=st.floats(0, 15))
def test_any_jittered_grid_tiles_after_repair_here_and_in_degrees(side, seed, jitter):
    repaired, _done = repair(jittered_grid(side, seed, jitter), max_gap_m=4 * jitter + 1)
    assert tiles(list(repaired.values()))
    degrees = carry(
        repaired, lambda shape: shapely.transform(shape, lambda xy: xy / 111_320 + (106.7, -6.3)), decimals=8
    )
    assert tiles(list(degrees.values()))
    for code, shape in degrees.items():
        assert shape.area * 111_320**2 == pytest.approx(repaired[code].area, rel=1e-3)


def test_rounding_that_makes_edges_cross_is_cleaned_once_more():
    shapes = {"left": shapely.Polygon([(0, 0), (1, 0), (1.004, 0.5), (1, 1), (0, 1)])}
    shapes["right"] = box(1, 0, 2, 1).difference(shapes["left"])
    carried = carry(shapes, lambda shape: shape, decimals=1)
    assert tiles(list(carried.values()))


def shift_second(distance: float):
    """A transformation that takes the right square elsewhere than the left one."""
    return lambda shape: shapely.transform(shape, lambda xy: xy - (distance if xy[:, 0].max() > 150 else 0, 0))


def test_a_transformation_that_tears_corners_apart_is_cleaned():
    shapes = {"left": box(0, 0, 100, 100), "right": box(100, 0, 200, 100)}
    carried = carry(shapes, shift_second(0.004), decimals=4)
    assert tiles(list(carried.values()))
    assert sum(shape.area for shape in carried.values()) == pytest.approx(20_000, rel=1e-3)


def test_a_transformation_that_puts_polygons_on_top_of_each_other_is_refused():
    with pytest.raises(CannotTile, match="do not tile any more"):
        carry({"left": box(0, 0, 100, 100), "right": box(100, 0, 200, 100)}, shift_second(100), decimals=4)
