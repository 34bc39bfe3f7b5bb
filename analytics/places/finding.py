"""Brings the rows of changed reports up to date, and the verdict on every settled report around them.

A problem has come back when, after its SKPD said that it is fixed, another report of the same category
comes within WITHIN_M metres and WITHIN. A report that was merged is the same occurrence and does not
count; nor does one that came before the fix. A round takes noted changes, oldest first, in one
transaction, and compares what may be a return before and after: whatever happened (undone, withheld,
moved, new), only the settled reports around both are looked at. Killed, a round has done nothing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from analytics.models import PlaceChange
from analytics.models.places import WITHIN_M
from analytics.places.hexagons import CELL
from geo_reports import exclusive
from geo_reports.models import PUBLIC_VISIBILITY, City
from geo_reports.workflow import Status

WITHIN: Final = timedelta(days=365)
BATCH: Final = 100_000
WORK: Final = "analytics.places"
FIXED: Final = (Status.DONE, Status.CONFIRMED)

COLUMNS: Final = (
    "id, category_id, agency_id, kecamatan_id, kelurahan_id, status, submitted_at, due_on,"
    " is_blurred, cell_i, cell_j, x_m, y_m"
)
# The reports named by {ids} as rows of Place, without what is known of their repair.
_SEEN: Final = """
    SELECT report.id, report.category_id, coalesce(report.agency_id, '') AS agency_id,
           coalesce(report.kecamatan_id, '') AS kecamatan_id, coalesce(report.kelurahan_id, '') AS kelurahan_id,
           report.status, report.submitted_at, report.due_on, category.is_sensitive AS is_blurred,
           cell.i AS cell_i, cell.j AS cell_j, spot.x AS x_m, spot.y AS y_m
    FROM geo_reports_report report
    JOIN geo_reports_category category ON category.slug = report.category_id
    LEFT JOIN LATERAL (
        SELECT ST_X(point) AS x, ST_Y(point) AS y
        FROM (SELECT ST_Transform(report.public_point, metric_srid) AS point FROM geo_reports_city) metres
    ) spot ON NOT category.is_sensitive AND report.public_point IS NOT NULL
    LEFT JOIN LATERAL ({cell}) cell ON spot.x IS NOT NULL
    WHERE report.visibility = ANY({public}) AND report.id IN ({ids})
"""
_TAKE: Final = """
    CREATE TEMPORARY TABLE analytics_round AS
    WITH taken AS (
        DELETE FROM analytics_placechange
        WHERE id IN (SELECT id FROM analytics_placechange ORDER BY id LIMIT %(limit)s) RETURNING report
    )
    SELECT DISTINCT report AS id FROM taken
"""
# What may be the return of a settled report near by: as it was, and as it is.
_CANDIDATES: Final = """
    CREATE TEMPORARY TABLE {table} AS
    SELECT id, category_id, submitted_at, x_m, y_m FROM analytics_place
    WHERE id IN (SELECT id FROM analytics_round) AND x_m IS NOT NULL AND status <> %(merged)s
"""
_LEAVE: Final = "DELETE FROM analytics_place WHERE id IN (SELECT id FROM analytics_round)"
# Neighbours are written beside each other. The claim that counts is the last one that was not undone.
_COME: Final = """
    INSERT INTO analytics_place ({columns}, fixed_at)
    SELECT {columns}, fixed.at FROM ({seen}) seen
    LEFT JOIN LATERAL (
        SELECT max(claim.at) AS at FROM geo_reports_statuschange claim
        WHERE claim.report_id = seen.id AND claim.to_status = %(done)s AND claim.undoes_id IS NULL
          AND NOT EXISTS (SELECT FROM geo_reports_statuschange undo WHERE undo.undoes_id = claim.id)
    ) fixed ON seen.status = ANY(%(fixed)s)
    ORDER BY cell_i, cell_j
"""
# Reads the index place_near: the strip of a place and those on both sides of it.
_NEAR: Final = """
    {there}.category_id = {here}.category_id
        AND floor({there}.y_m / {metres}) = ANY (ARRAY[
            floor({here}.y_m / {metres}) - 1, floor({here}.y_m / {metres}), floor({here}.y_m / {metres}) + 1])
        AND {there}.x_m BETWEEN {here}.x_m - {metres} AND {here}.x_m + {metres}
        AND ({there}.x_m - {here}.x_m) ^ 2 + ({there}.y_m - {here}.y_m) ^ 2 <= {metres} ^ 2
"""
_RETURNED: Final = "again.submitted_at > settled.fixed_at AND again.submitted_at <= settled.fixed_at + %(within)s"
# A return that is gone may have been the first or the last: who had it is judged from nothing.
_ANEW: Final = """
    CREATE TEMPORARY TABLE analytics_anew AS
    SELECT settled.id FROM (SELECT * FROM analytics_left EXCEPT SELECT * FROM analytics_came) again
    JOIN analytics_place settled ON {near} AND {returned}
    UNION
    SELECT id FROM analytics_place WHERE fixed_at IS NOT NULL AND id IN (SELECT id FROM analytics_round)
"""
# One that came is only added.
_ADD: Final = """
    UPDATE analytics_place place
    SET (returns, returned_at, last_returned_at) = (
        place.returns + more.returns, least(place.returned_at, more.returned_at),
        greatest(place.last_returned_at, more.last_returned_at)
    )
    FROM (
        SELECT settled.id, {sums}
        FROM (SELECT * FROM analytics_came EXCEPT SELECT * FROM analytics_left) again
        JOIN analytics_place settled ON {near} AND {returned}
        WHERE settled.id NOT IN (SELECT id FROM analytics_anew)
        GROUP BY settled.id
    ) more
    WHERE more.id = place.id
"""
_SUMS: Final = (
    "count(*) AS returns, min(again.submitted_at) AS returned_at, max(again.submitted_at) AS last_returned_at"
)
_JUDGE: Final = """
    UPDATE analytics_place place
    SET (returns, returned_at, last_returned_at) = (found.returns, found.returned_at, found.last_returned_at)
    FROM analytics_anew JOIN analytics_place settled USING (id)
    CROSS JOIN LATERAL (
        SELECT {sums} FROM analytics_place again
        WHERE {near} AND {returned} AND again.status <> %(merged)s AND again.id <> settled.id
    ) found
    WHERE settled.id = place.id AND (place.returns, place.returned_at, place.last_returned_at)
        IS DISTINCT FROM (found.returns, found.returned_at, found.last_returned_at)
"""


def seen(ids: str, public: str = "%(public)s") -> str:
    """SQL: the public ones among the reports `ids`, a subquery, with COLUMNS; `public` is the place of a parameter."""
    return _SEEN.format(cell=CELL, ids=ids, public=public)


def _looking(text: str, here: str, there: str) -> str:
    near = _NEAR.format(here=here, there=there, metres=float(WITHIN_M))
    return text.format(near=near, returned=_RETURNED, sums=_SUMS)


# Between tables that the planner knows nothing of, a probe of the index for each row is the only plan that scales.
_STEPS: Final = (
    _CANDIDATES.format(table="analytics_left"),
    _LEAVE,
    _COME.format(columns=COLUMNS, seen=seen("SELECT id FROM analytics_round")),
    _CANDIDATES.format(table="analytics_came"),
    "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off",
    _looking(_ANEW, "again", "settled"),
    _looking(_ADD, "again", "settled"),
    _looking(_JUDGE, "settled", "again"),
    "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on",
    "DROP TABLE analytics_round, analytics_left, analytics_came, analytics_anew",
)


def as_of() -> datetime:
    """Until when every change has been looked at."""
    oldest: datetime | None = PlaceChange.objects.aggregate(at=Min("at"))["at"]
    return oldest or timezone.now()


def find_all(limit: int = BATCH) -> Iterator[int]:
    """Rounds until nothing is noted; yields how many reports each brought up to date.

    Nothing without a city, or while another process is at it.
    """
    while City.objects.exists() and (done := _round(limit)):
        yield done


@transaction.atomic
def _round(limit: int) -> int:
    values: dict[str, Any] = {
        "limit": limit,
        "public": list(PUBLIC_VISIBILITY),
        "done": Status.DONE.value,
        "fixed": [status.value for status in FIXED],
        "merged": Status.MERGED.value,
        "within": WITHIN,
    }
    with connection.cursor() as cursor:
        if not exclusive.is_free(WORK) or not PlaceChange.objects.exists():
            return 0
        cursor.execute(_TAKE, values)
        taken: int = cursor.rowcount
        for step in _STEPS:
            cursor.execute(step, values)
        return taken
