"""Which hexagon a point lies in, and which hexagons the city has, against PostGIS's own."""

import pytest
from django.db import connection

from analytics.places import ground, hexagons
from analytics.places.hexagons import CELL, FULL_KM2, SIDE_M, contiguous

POINTS = """
    SELECT count(*), count(*) FILTER (WHERE ST_Distance(ST_Hexagon(%s, cell.i, cell.j), ST_MakePoint(x, y)) < 1e-6)
    FROM (
        SELECT 5000 * sin(n * 12.9898) + %s AS x, 5000 * sin(n * 78.233) AS y FROM generate_series(1, 3000) n
    ) spot CROSS JOIN LATERAL ({cell}) cell
"""


@pytest.mark.django_db
@pytest.mark.parametrize("east", [0, 690_000])
def test_a_point_is_numbered_as_postgis_draws_the_hexagon_around_it(east):
    with connection.cursor() as cursor:
        cursor.execute(POINTS.format(cell=CELL), [SIDE_M, east])
        points, hit = cursor.fetchone()

    assert points == hit == 3000


def test_the_cells_share_the_whole_city_and_nothing_else(toy_city):
    cells = hexagons.in_city()

    assert sum(cell.area_km2 for cell in cells) == pytest.approx(sum(ground.in_force().areas_km2))
    assert max(cell.area_km2 for cell in cells) == pytest.approx(FULL_KM2)
    assert {cell.is_judged for cell in cells} == {True, False}
    assert {code for cell in cells for code in cell.kelurahan} == set(ground.in_force().codes)


def test_a_cell_names_the_kelurahan_with_most_of_it_first(toy_city):
    across = [cell for cell in hexagons.in_city() if set(cell.kelurahan) == {"99.01.1001", "99.02.1001"}]

    assert across
    for cell in across:
        is_east = cell.middle[1] > 10.01
        assert cell.kelurahan[0] == ("99.01.1001" if is_east else "99.02.1001")


def test_contiguous_cells_have_their_middles_one_width_apart(toy_city):
    cells = [(cell.i, cell.j) for cell in hexagons.in_city()]
    pairs = contiguous(cells)

    def middle(i, j):
        return complex(1.5 * SIDE_M * i, 500 * (j + 0.5 * (i % 2)))

    near = {
        (one, other)
        for one in range(len(cells))
        for other in range(one + 1, len(cells))
        if abs(middle(*cells[one]) - middle(*cells[other])) < 501
    }
    assert {tuple(sorted(pair)) for pair in pairs} == near
    assert len(pairs) == len(near)


def test_kelurahan_that_touch_in_a_corner_are_neighbours(toy_city):
    assert len(ground.in_force().borders) == 6


@pytest.mark.django_db
def test_without_boundaries_there_are_no_cells():
    assert hexagons.in_city() == ()
    assert ground.in_force() == ground.NO_GROUND
