"""How fast each agency works in the demo data: some quick, some slow with a heavy tail.

Invented: says nothing about any real agency. The paces are dealt out by order, not by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from geo_reports.models import Agency


@dataclass(frozen=True)
class Pace:
    """Median days to the first response and from there to completion, with log-normal spreads.

    `silent` is the share that is never answered, `stalled` the share that is answered but never
    finished.
    """

    respond_days: float
    respond_spread: float
    fix_days: float
    fix_spread: float
    silent: float
    stalled: float


PACES = (
    Pace(2.2, 0.9, 9.0, 0.9, 0.04, 0.10),
    Pace(1.0, 0.8, 4.0, 0.8, 0.02, 0.06),
    Pace(4.5, 1.1, 21.0, 1.2, 0.10, 0.16),
    Pace(1.6, 1.2, 7.0, 1.3, 0.06, 0.12),
    Pace(0.5, 0.9, 2.5, 0.7, 0.01, 0.04),
    Pace(5.0, 1.2, 22.0, 1.2, 0.10, 0.15),
    Pace(3.0, 0.7, 14.0, 0.7, 0.05, 0.10),
)
NEIGHBOURHOOD = Pace(0.8, 0.9, 5.0, 1.0, 0.05, 0.10)
OUTSIDE = Pace(9.0, 1.2, 35.0, 1.2, 0.30, 0.30)


def deal(agencies: Iterable[Agency]) -> dict[str, Pace]:
    """A pace for each agency by slug, the same whenever the agencies are the same."""
    paces, turn = {}, 0
    for agency in sorted(agencies, key=lambda agency: agency.pk):
        if agency.kind == Agency.Kind.SKPD:
            paces[agency.pk] = PACES[turn % len(PACES)]
            turn += 1
        else:
            paces[agency.pk] = NEIGHBOURHOOD if agency.is_city else OUTSIDE
    return paces
