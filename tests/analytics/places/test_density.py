"""From counts to verdicts on the toy city: every report is in a row or named, and a heap is found where it is."""

from collections import Counter

import pytest

from analytics.hotspots import Density
from analytics.places import density, ground, hexagons
from analytics.places.counting import PlaceCounts
from tests.analytics.places.town import rosette


@pytest.fixture
def cells(toy_city):
    return hexagons.in_city()


def counted(**parts) -> PlaceCounts:
    values = {"cells": Counter(), "kelurahan": Counter(), "without_point": 0, "blurred": 0} | parts
    return PlaceCounts(**values)


def test_a_heap_among_evenly_filled_cells_is_dense_and_first(cells):
    heap = rosette()
    filled = Counter({(cell.i, cell.j): round(200 * cell.area_km2) for cell in cells})
    for cell in heap:
        filled[cell.i, cell.j] += 100
    found = density.by_cell(counted(cells=filled))

    assert len(heap) == 7
    assert (found.rows[0].code, found.rows[0].density) == (heap[0].code, Density.VERY_DENSE)
    assert {row.code for row in found.dense} <= {cell.code for cell in heap}
    assert sum(row.n for row in found.rows) == filled.total()


def test_cells_at_the_edge_are_counted_but_not_judged(cells):
    edge = [cell for cell in cells if not cell.is_judged]
    filled = Counter({(cell.i, cell.j): 50 + cell.j % 7 for cell in cells})
    found = density.by_cell(counted(cells=filled))
    unjudged = {row.code: row for row in found.rows if row.density == Density.UNJUDGED}

    assert set(unjudged) == {cell.code for cell in edge}
    assert found.judged == len(cells) - len(edge)
    assert all(row.z is None and row.n for row in unjudged.values())


def test_what_lies_in_no_cell_of_the_city_is_outside(cells):
    found = density.by_cell(counted(cells=Counter({(0, 0): 3, (cells[0].i, cells[0].j): 2})))

    assert found.outside == 3


def test_few_reports_are_shown_by_their_number_only(cells):
    found = density.by_cell(counted(cells=Counter({(cells[5].i, cells[5].j): 1})))

    assert found.is_few
    assert (found.rows[0].code, found.rows[0].n, found.rows[0].density) == (cells[5].code, 1, Density.UNJUDGED)


def test_kelurahan_hold_what_has_no_point_too(toy_city):
    codes = ground.in_force().codes
    found = density.by_kelurahan(counted(kelurahan=Counter({codes[0]: 7, "": 2}), without_point=9))

    assert (found.rows[0].code, found.rows[0].n, found.outside) == (codes[0], 7, 2)


@pytest.mark.django_db
def test_without_boundaries_everything_is_outside():
    found = density.by_cell(counted(cells=Counter({(1, 1): 4})))

    assert (found.rows, found.outside, found.is_few) == ([], 4, True)
