"""In which order to visit the stops: pure, and rough on purpose, since no road is known here."""

import math
from collections.abc import Sequence

from geo_reports.work_orders.order import Spot, Stop


def in_order_of_the_way(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """From the north-westernmost stop always on to the nearest one left, as the crow flies.

    Stops without a point come last, those of one kelurahan together. Equal distances are settled
    by the report's code, so that the same reports always give the same paper.
    """
    left = sorted((stop for stop in stops if stop.spot), key=lambda stop: stop.code)
    way: list[Stop] = []
    while left:
        here = way[-1].spot if way else None
        following = min(left, key=lambda stop: _cost(here, stop))
        left.remove(following)
        way.append(following)
    nowhere = sorted((stop for stop in stops if not stop.spot), key=lambda stop: (stop.kelurahan, stop.code))
    return (*way, *nowhere)


def _cost(here: Spot | None, stop: Stop) -> float:
    """Metres from `here`; for the first stop, how far south-east it lies."""
    assert stop.spot  # noqa: S101  (only stops with a point are asked for)
    x, y = stop.spot
    return math.dist(here, stop.spot) if here else x - y
