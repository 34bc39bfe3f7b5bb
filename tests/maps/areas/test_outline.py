"""Shapes as a plain drawing: equal steps, north up, and nothing beyond the sheet."""

import re

import pytest
import shapely

from maps.areas.outline import MARGIN, MOST_HEIGHT, WIDTH, drawn
from maps.boundaries import Outline


def square(west: float, south: float, side: float = 1.0) -> Outline:
    return Outline(shapely.box(west, south, west + side, south + side), (west + side / 2, south + side / 2))


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_without_shapes_there_is_no_drawing():
    assert drawn({}) is None


def test_two_squares_side_by_side_fill_the_width_and_north_is_up():
    found = drawn({"west": square(0, 0), "east": square(1, 0)}, [(0.5, 1.0), (1.5, 0.0)])
    assert found.width == pytest.approx(WIDTH, abs=0.2)
    assert found.height == pytest.approx((WIDTH - 2 * MARGIN) / 2 + 2 * MARGIN, abs=0.2)
    by_code = {shape.code: shape for shape in found.shapes}
    assert by_code["west"].x < by_code["east"].x
    (_, upper), (_, lower) = found.points
    assert upper < lower
    assert len(corners(by_code["west"].path)) == 4


def test_a_tall_shape_is_only_as_high_as_the_sheet():
    found = drawn({"tall": Outline(shapely.box(0, 0, 1, 9), (0.5, 4.5))})
    assert found.height == MOST_HEIGHT
    assert found.width < WIDTH / 4


def test_far_from_the_equator_a_degree_of_longitude_is_shorter():
    found = drawn({"north": square(0, 60)})
    assert found.width - 2 * MARGIN == pytest.approx((found.height - 2 * MARGIN) / 2, rel=0.02)


def test_around_a_focus_neighbours_are_cut_off_at_the_sheet_and_far_ones_left_out():
    found = drawn({"here": square(0, 0), "next": square(1, 0), "far": square(5, 5)}, focus="here")
    assert [shape.code for shape in found.shapes] == ["here", "next"]
    for shape in found.shapes:
        for x, y in corners(shape.path):
            assert -0.1 <= x <= found.width + 0.1
            assert -0.1 <= y <= found.height + 0.1


def test_holes_and_islands_are_rings_of_their_own():
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2)).union(shapely.box(4, 0, 5, 1))
    found = drawn({"ring": Outline(ring, (0.5, 0.5))})
    assert found.shapes[0].path.count("M") == found.shapes[0].path.count("Z") == 3
