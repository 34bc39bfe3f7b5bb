"""Where something is: the kelurahan of a point, and what the public is shown of it. EPSG:4326."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.gis.geos import Point
from django.db import connection

from geo_reports.models import Kecamatan, Kelurahan, KelurahanBoundary, KelurahanPiece, Report

# A point this far from every known neighbour is nobody's that we could name.
NEIGHBOUR_WITHIN_M = 500


class Outcome(StrEnum):
    """What is known of a place."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Placement:
    """Where something is: a kelurahan of the city, outside the city, or not known.

    `neighbour` names the municipality of a point outside, where it is known.
    """

    outcome: Outcome
    kelurahan: Kelurahan | None = None
    point: Point | None = None
    neighbour: str = ""

    @property
    def kecamatan(self) -> Kecamatan | None:
        """The kecamatan of the kelurahan."""
        return self.kelurahan.kecamatan if self.kelurahan else None


UNKNOWN_PLACE = Placement(Outcome.UNKNOWN)

# The other side of the earth has no coordinates in the city's metre system.
NEAR_DEGREES = 5
NEIGHBOUR = """
SELECT piece.name
FROM geo_reports_neighbourpiece piece,
     (SELECT CASE WHEN spot.point && (
                 SELECT ST_Expand(ST_SetSRID(ST_Extent(geometry), 4326), %s) FROM geo_reports_kelurahanpiece)
             THEN ST_SetSRID(ST_Transform(spot.point, metric_srid), 0) END AS point_m
      FROM geo_reports_city, (SELECT %s::geometry AS point) spot) spot
WHERE ST_DWithin(piece.geometry_m, spot.point_m, %s)
ORDER BY ST_Distance(piece.geometry_m, spot.point_m), piece.name
LIMIT 1
"""


def place(point: Point) -> Placement:
    """Find the kelurahan that covers `point` (EPSG:4326). One query, two outside the city.

    A point on a border belongs to the covering kelurahan with the lowest code. Reads the cut
    copies in KelurahanPiece through their GiST index.
    """
    piece = (
        KelurahanPiece.objects.filter(geometry__covers=point)
        .select_related("area__kecamatan")
        .order_by("area_id")
        .first()
    )
    if piece:
        return Placement(Outcome.INSIDE, piece.area, point)
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOUR, [NEAR_DEGREES, point.hexewkb.decode(), NEIGHBOUR_WITHIN_M])
        row = cursor.fetchone()
    return Placement(Outcome.OUTSIDE, point=point, neighbour=row[0] if row else "")


def place_in(kelurahan_code: str) -> Placement:
    """The placement of somebody who named the kelurahan instead of a point. One query.

    Raises Kelurahan.DoesNotExist for an unknown code.
    """
    return Placement(Outcome.INSIDE, Kelurahan.objects.select_related("kecamatan").get(pk=kelurahan_code))


def placement_of(report: Report) -> Placement:
    """Where a stored report is, without looking for it again."""
    if report.kelurahan is None:
        return Placement(Outcome.OUTSIDE, point=report.point) if report.point else UNKNOWN_PLACE
    return Placement(Outcome.INSIDE, report.kelurahan, report.point)


def locate(report: Report, placement: Placement) -> None:
    """Write where the report is on `report` (unsaved fields too) without saving it.

    Sensitive categories are about people: the public sees the kelurahan's anchor, not the point.
    """
    report.point = placement.point
    report.kelurahan = placement.kelurahan
    report.kecamatan = placement.kecamatan
    if placement.point is not None:
        report.placement = Report.Placement.POINT
    else:
        report.placement = Report.Placement.CHOSEN if placement.kelurahan else Report.Placement.NONE
    report.public_point = _public_point(report)


def _public_point(report: Report) -> Point | None:
    if report.point is None or not report.category.is_sensitive:
        return report.point
    if report.kelurahan is None:
        return None
    boundary = KelurahanBoundary.objects.filter(area=report.kelurahan, version__valid_to=None).first()
    return boundary.anchor if boundary else None


REPLACE_ALL = """
WITH placed AS (
    -- One row per located report; the GiST index of kelurahanpiece answers the join, and
    -- DISTINCT ON keeps the lowest code where a point lies on a border or on a cut.
    SELECT DISTINCT ON (report.id) report.id, piece.area_id
    FROM geo_reports_report report
    LEFT JOIN geo_reports_kelurahanpiece piece ON ST_Covers(piece.geometry, report.point)
    WHERE report.point IS NOT NULL
    ORDER BY report.id, piece.area_id
), fresh AS (
    SELECT placed.id, placed.area_id, kelurahan.kecamatan_id,
           CASE WHEN category.is_sensitive THEN boundary.anchor ELSE report.point END AS public_point
    FROM placed
    JOIN geo_reports_report report ON report.id = placed.id
    JOIN geo_reports_category category ON category.slug = report.category_id
    LEFT JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = placed.area_id
    LEFT JOIN (
        SELECT boundary.area_id, boundary.anchor
        FROM geo_reports_kelurahanboundary boundary
        JOIN geo_reports_boundaryversion version ON version.id = boundary.version_id AND version.valid_to IS NULL
    ) boundary ON boundary.area_id = placed.area_id
)
UPDATE geo_reports_report report
SET kelurahan_id = fresh.area_id, kecamatan_id = fresh.kecamatan_id, public_point = fresh.public_point
FROM fresh
WHERE fresh.id = report.id
  AND (report.kelurahan_id, report.kecamatan_id, report.public_point::bytea)
      IS DISTINCT FROM (fresh.area_id, fresh.kecamatan_id, fresh.public_point::bytea)
"""


def replace_all() -> int:
    """Place every located report again in the boundaries in force, in one statement.

    Returns the number of reports whose kelurahan or shown point changed. Runs in the caller's
    transaction, so that new boundaries and new placements appear together.
    """
    with connection.cursor() as cursor:
        cursor.execute(REPLACE_ALL)
        return int(cursor.rowcount)
