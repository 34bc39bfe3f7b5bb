"""Gi* against esda 2.9.0 and worked by hand; the correction against scipy; and what must hold for any data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.hotspots import MIN_EXPECTED, Density, benjamini_hochberg, getis_ord, hot_spots, two_sided


def grid(rows: int, columns: int) -> np.ndarray:
    """Each two cells of a rectangle that share an edge, once."""
    cells = np.arange(rows * columns).reshape(rows, columns)
    across = np.stack([cells[:, :-1].ravel(), cells[:, 1:].ravel()], axis=1)
    return np.concatenate([across, np.stack([cells[:-1].ravel(), cells[1:].ravel()], axis=1)])


EXAMPLE = np.array([8, 5, 4, 2, 0, 7, 6, 3, 1, 1, 5, 4, 2, 0, 1, 2, 1, 0, 3, 0], dtype=float)
# esda.G_Local(EXAMPLE, rook weights of 4 x 5 cells, transform="B", star=True, permutations=0).Zs
OF_ESDA = [
    3.007245, 2.741621, 0.685405, -0.913874, -1.343663, 3.427026, 2.374313, 0.474863, -1.424588, -1.827747,
    1.599279, 0.896963, -1.002488, -1.424588, -2.056215, -0.063984, -0.913874, -1.142342, -1.827747, -1.087727,
]  # fmt: skip

counts_of_a_grid = arrays(np.int64, 20, elements=st.integers(0, 1000))


def test_the_statistic_is_that_of_esda():
    assert getis_ord(EXAMPLE, grid(4, 5)) == pytest.approx(OF_ESDA, abs=1e-6)


def test_three_cells_in_a_row_come_out_as_by_hand():
    # The middle cell has all others as neighbours: it cannot stand out.
    mean, spread = 2.0, np.sqrt((0 + 1 + 25) / 3 - 4)
    z = getis_ord(np.array([0.0, 1.0, 5.0]), np.array([[0, 1], [1, 2]]))

    assert z[0] == pytest.approx((1 - 2 * mean) / (spread * np.sqrt((3 * 2 - 4) / 2)))
    assert z[2] == pytest.approx((6 - 2 * mean) / (spread * np.sqrt((3 * 2 - 4) / 2)))
    assert np.isnan(z[1])


def test_p_is_two_sided():
    assert two_sided(np.array([1.959964, -1.959964, 0.0])) == pytest.approx([0.05, 0.05, 1.0], abs=1e-6)


@given(arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 1)))
def test_the_correction_is_that_of_scipy(p):
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p), abs=1e-12)


def test_unknown_cells_do_not_count_as_questions_asked():
    adjusted = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))

    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(adjusted[1])


@given(counts_of_a_grid, st.integers(2, 50))
def test_counting_everything_several_times_changes_no_z(counts, times):
    once, often = (hot_spots(found, np.ones(20), grid(4, 5)) for found in (counts, counts * times))

    assert often.z == pytest.approx(once.z, abs=1e-6, nan_ok=True)
    assert often.expected == pytest.approx(once.expected * times)


@given(counts_of_a_grid, st.permutations(range(20)))
def test_the_order_of_the_cells_does_not_matter(counts, order):
    places = np.argsort(order)
    mixed = hot_spots(counts[list(order)], np.ones(20), places[grid(4, 5)])

    assert mixed.z[places] == pytest.approx(hot_spots(counts, np.ones(20), grid(4, 5)).z, abs=1e-6, nan_ok=True)


@given(st.integers(0, 10_000))
def test_where_all_cells_are_equal_none_is_judged(count):
    found = hot_spots(np.full(20, count), np.full(20, 0.1), grid(4, 5))

    assert set(found.densities) == {Density.UNJUDGED}


def test_half_a_cell_with_half_the_events_is_as_dense_as_its_neighbours():
    counts, areas = np.full(20, 100), np.ones(20)
    counts[0], areas[0] = 50, 0.5

    assert set(hot_spots(counts, areas, grid(4, 5)).densities) == {Density.UNJUDGED}


def test_a_heap_is_found_where_it_is_and_nowhere_else():
    counts = np.full(400, 10)
    heap = [20 * row + column for row in (8, 9, 10) for column in (8, 9, 10)]
    counts[heap] = 80
    found = hot_spots(counts, np.ones(400), grid(20, 20)).densities

    assert all(found[cell] == Density.VERY_DENSE for cell in heap)
    assert found[0] == Density.USUAL
    assert sum(density == Density.VERY_DENSE for density in found) <= 21


def test_what_is_judged_is_the_mean_over_a_cell_and_those_around_it():
    counts, areas = np.full(9, 6), np.ones(9)
    counts[4], areas[0] = 0, 0.5
    found = hot_spots(counts, areas, grid(3, 3))

    assert found.around[1] == pytest.approx((6 + 12 + 6 + 0) / 4)
    assert found.around[8] == pytest.approx((6 + 6 + 6) / 3)
    assert found.around[0] == pytest.approx((12 + 6 + 6) / 3)


def test_a_hole_among_full_cells_is_sparse():
    counts = np.full(400, 50)
    counts[[20 * row + column for row in (8, 9, 10) for column in (8, 9, 10)]] = 0

    assert hot_spots(counts, np.ones(400), grid(20, 20)).densities[20 * 9 + 9] == Density.VERY_SPARSE


def test_verdicts_follow_the_adjusted_p_and_the_side():
    found = hot_spots(EXAMPLE, np.ones(20), grid(4, 5))

    assert found.expected == pytest.approx(EXAMPLE.mean() * (1 + 2 * 31 / 20))
    assert [str(density) for density in found.densities[:6]] == [
        "dense", "dense", "usual", "usual", "usual", "dense",
    ]  # fmt: skip
    assert found.adjusted[5] == pytest.approx(20 * found.p[5])


def test_too_few_events_are_no_verdict_however_they_lie():
    counts = np.zeros(400)
    counts[:7] = 10
    found = hot_spots(counts, np.ones(400), grid(20, 20))

    assert found.expected < MIN_EXPECTED
    assert found.is_few
    assert set(found.densities) == {Density.UNJUDGED}


@pytest.mark.parametrize("n", [0, 1])
def test_no_cell_and_one_cell_are_not_judged(n):
    found = hot_spots(np.full(n, 100), np.ones(n), [])

    assert found.densities == [Density.UNJUDGED] * n


@pytest.mark.parametrize(("counts", "areas"), [([1, 2], [1]), ([-1, 2], [1, 1]), ([1, 2], [1, 0]), ([[1]], [[1]])])
def test_nonsense_is_refused(counts, areas):
    with pytest.raises(ValueError, match=r"Counts and areas|no counts below"):
        hot_spots(counts, areas, [])
