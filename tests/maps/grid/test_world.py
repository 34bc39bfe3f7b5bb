"""Whole-number squares of the world, compared with the usual formulas and with PostGIS."""

import math
from itertools import pairwise

from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from maps.world import BITS, SIZE, Square, latitude, longitude, morton, ranges, square

zooms = st.integers(0, BITS)


@st.composite
def squares(draw, deepest: int = BITS) -> Square:
    zoom = draw(st.integers(0, deepest))
    return Square(zoom, draw(st.integers(0, 2**zoom - 1)), draw(st.integers(0, 2**zoom - 1)))


def test_a_morton_code_interleaves_the_bits():
    assert [morton(column, row) for row in (0, 1) for column in (0, 1)] == [0, 1, 2, 3]
    assert morton(0b101, 0b011) == 0b011011


@given(squares())
def test_a_code_is_one_square_only(some):
    assert square(some.zoom, some.code) == some


@given(squares(deepest=20), st.integers(0, 6))
def test_a_square_is_one_run_of_smaller_ones(some, deeper):
    first, last = some.codes(some.zoom + deeper)
    assert last - first + 1 == 4**deeper
    for code in (first, last):
        inner = square(some.zoom + deeper, code)
        assert (inner.column >> deeper, inner.row >> deeper) == (some.column, some.row)


@given(squares(deepest=20), st.integers(0, 4))
def test_the_rim_touches_the_square_from_outside(some, deeper):
    side = 2**deeper
    west, north = some.column * side, some.row * side
    rim = [square(some.zoom + deeper, code) for code in some.rim(some.zoom + deeper)]
    assert len(set(rim)) == len(rim) <= 4 * side + 4
    for cell in rim:
        dx = max(west - cell.column, cell.column - (west + side - 1), 0)
        dy = max(north - cell.row, cell.row - (north + side - 1), 0)
        assert max(dx, dy) == 1
        assert cell.exists


@given(st.sets(st.integers(0, 60)))
def test_runs_are_what_they_were_made_of(codes):
    runs = list(ranges(sorted(codes)))
    assert {code for first, last in runs for code in range(first, last + 1)} == codes
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(runs))


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_degrees_come_back_within_a_unit(lon, lat):
    x = (lon + 180) / 360 * SIZE
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * SIZE
    assert math.isclose(longitude(x), lon, abs_tol=1e-6)
    assert math.isclose(latitude(y), lat, abs_tol=1e-6)


@given(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
def test_the_database_spreads_bits_as_we_do(db, column, row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT maps_spread(%s) | (maps_spread(%s) << 1)", [column, row])
        assert cursor.fetchone()[0] == morton(column, row)
