"""In which order a crew visits the reports."""

from hypothesis import given
from hypothesis import strategies as st

from geo_reports.work_orders.order import Stop
from geo_reports.work_orders.way import in_order_of_the_way


def stop(code: str, *spot: float, kelurahan: str = "") -> Stop:
    return Stop(code, "Jalan", "Diteruskan", kelurahan, spot=spot or None)


def codes(stops) -> list[str]:
    return [each.code for each in in_order_of_the_way(stops)]


def test_the_way_starts_in_the_north_west_and_goes_on_to_the_nearest():
    north_west, beside, south, far = stop("D", 0, 100), stop("C", 30, 100), stop("B", 30, 40), stop("A", 500, 0)
    assert codes([far, south, beside, north_west]) == ["D", "C", "B", "A"]


def test_stops_without_a_point_come_last_by_kelurahan():
    assert codes([stop("A", kelurahan="Kel. Z"), stop("C", 1, 1), stop("B", kelurahan="Kel. Y")]) == ["C", "B", "A"]


@given(st.permutations([stop(f"A{n}", 10.0 * (n % 3), 10.0 * (n // 3)) for n in range(9)]))
def test_the_way_does_not_depend_on_the_order_of_asking(stops):
    assert codes(stops) == codes(sorted(stops, key=lambda each: each.code))
