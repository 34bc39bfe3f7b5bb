"""How often a problem is reported again where it was said to be fixed: per SKPD, category and kelurahan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import pandas as pd
from django.db import connection

from analytics.measures import MIN_EVENTS
from analytics.places.counting import ROOM, known
from analytics.places.finding import WITHIN
from analytics.shares import wilson
from analytics.survival import UNKNOWN, Curve, Estimate, kaplan_meier
from geo_reports.filters import ReportFilters

By = Literal["city", "agency_id", "category_id", "kelurahan_id"]
# With as many followed, few returns are a finding and not a lack of data.
MIN_FOLLOWED: Final = 30
LEVELS: Final[tuple[By, ...]] = ("city", "agency_id", "category_id", "kelurahan_id")

# One scan for all four. GROUPING says which of the columns a row is not grouped by.
_COUNTS: Final = """
    {room}
    SELECT GROUPING(agency_id, category_id, kelurahan_id), coalesce(agency_id, category_id, kelurahan_id, ''), days,
           count(returned_at), count(*) FILTER (WHERE is_placed AND returned_at IS NULL),
           count(*) FILTER (WHERE is_blurred), count(*) FILTER (WHERE NOT is_placed AND NOT is_blurred)
    FROM (
        SELECT agency_id, category_id, kelurahan_id, returned_at, is_blurred, x_m IS NOT NULL AS is_placed,
               date_part('day', greatest(least(coalesce(returned_at, %s), fixed_at + %s) - fixed_at, '0'))::integer
                   AS days
        FROM ({known}) known WHERE fixed_at IS NOT NULL
    ) settled
    GROUP BY GROUPING SETS ((days), (days, agency_id), (days, category_id), (days, kelurahan_id))
"""
_OF_GROUPING: Final[dict[int, By]] = {0b111: "city", 0b011: "agency_id", 0b101: "category_id", 0b110: "kelurahan_id"}
_COLUMNS: Final = ("grouping", "key", "days", "returned", "waiting", "blurred", "without_point")


@dataclass(frozen=True, eq=False)
class Recurrence:
    """Settled reports of one group; `curve` is in days, its event the return.

    `blurred` and `without_point` are settled too, but nobody can say what is near them.
    """

    key: str
    curve: Curve
    blurred: int
    without_point: int

    @property
    def followed(self) -> int:
        """How many can be followed."""
        return self.curve.n

    @property
    def returned(self) -> int:
        """How many of them came back so far."""
        return self.curve.n_events

    @property
    def is_few(self) -> bool:
        """Whether there are too few to publish a share: few returns, among few that were followed."""
        return self.returned < MIN_EVENTS and self.followed < MIN_FOLLOWED

    @property
    def so_far(self) -> float:
        """The share in percent that has come back already, however long each was followed; of one followed at least."""
        return 100 * self.returned / self.followed

    @property
    def share(self) -> Estimate:
        """The share in percent that comes back within twelve months; unknown as long as nobody was followed so far.

        The curve of none that came back has no limits: then the upper one is that of those followed to the end only.
        """
        if self.is_few:
            return UNKNOWN
        left = self.curve.at(WITHIN.days)
        if left.value == 1:
            return Estimate(0.0, 0.0, 100 * (wilson(0, self.curve.number_at_risk(WITHIN.days)).high or 0.0))
        return Estimate(*(None if part is None else 100 * (1 - part) for part in (left.value, left.high, left.low)))


NOTHING: Final = Recurrence("", kaplan_meier([], [], []), 0, 0)


def recurrences(filters: ReportFilters, at: datetime) -> dict[By, list[Recurrence]]:
    """The settled reports of a filter, followed until `at`, by each of LEVELS; most followed first. One query.

    Whoever has not come back by `at` is censored: it was followed so long, and that counts.
    """
    sql, params = known(filters).query.sql_with_params()
    values: list[Any] = [at, WITHIN, *params]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(room=ROOM, known=sql), values)
        frame = pd.DataFrame(cursor.fetchall(), columns=list(_COLUMNS))
    found: dict[By, list[Recurrence]] = {level: [] for level in LEVELS}
    for level, recurrence in _groups(frame):
        found[level].append(recurrence)
    return {level: sorted(each, key=lambda one: (-one.followed, one.key)) for level, each in found.items()}


def _groups(frame: pd.DataFrame) -> Iterator[tuple[By, Recurrence]]:
    for level, by in _OF_GROUPING.items():
        for key, rows in frame[frame["grouping"] == level].groupby("key", sort=False):
            curve = kaplan_meier(rows["days"], rows["returned"], rows["waiting"])
            yield by, Recurrence(str(key), curve, int(rows["blurred"].sum()), int(rows["without_point"].sum()))
