"""Where a report is and who answers for it: decides, explains, and alone writes assignments.

Places a point in a kelurahan, picks the agency by category x area x date, and keeps the spells of
responsibility. Coordinates are EPSG:4326.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.models import (
    Agency,
    Assignment,
    Category,
    Kecamatan,
    Kelurahan,
    KelurahanBoundary,
    KelurahanPiece,
    Report,
    RoutingRule,
)


class Outcome(StrEnum):
    """What is known of a place."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Placement:
    """Where something is: a kelurahan of the city, outside the city, or not known."""

    outcome: Outcome
    kelurahan: Kelurahan | None = None
    point: Point | None = None

    @property
    def kecamatan(self) -> Kecamatan | None:
        """The kecamatan of the kelurahan."""
        return self.kelurahan.kecamatan if self.kelurahan else None


@dataclass(frozen=True)
class Decision:
    """Who answers, and why. `agency` is None when no rule applies: a person has to decide.

    `trace` lists every candidate in the order of strength, as plain data that can be stored.
    """

    agency: Agency | None
    reason: str
    trace: list[dict[str, Any]] = field(default_factory=list)


UNKNOWN_PLACE = Placement(Outcome.UNKNOWN)


def place(point: Point) -> Placement:
    """Find the kelurahan that covers `point` (EPSG:4326). One query.

    A point on a border belongs to the covering kelurahan with the lowest code. Reads the cut
    copies in KelurahanPiece through their GiST index.
    """
    piece = (
        KelurahanPiece.objects.filter(geometry__covers=point)
        .select_related("area__kecamatan")
        .order_by("area_id")
        .first()
    )
    return Placement(Outcome.INSIDE, piece.area, point) if piece else Placement(Outcome.OUTSIDE, point=point)


def place_in(kelurahan_code: str) -> Placement:
    """The placement of somebody who named the kelurahan instead of a point. One query.

    Raises Kelurahan.DoesNotExist for an unknown code.
    """
    return Placement(Outcome.INSIDE, Kelurahan.objects.select_related("kecamatan").get(pk=kelurahan_code))


def decide(category: Category, placement: Placement, on: date) -> Decision:
    """Choose the agency for `category` at `placement` by the rules in force on `on`. One query.

    Order of strength: a rule for the kelurahan, for its kecamatan, for the whole city; then the
    lowest priority number, then the lowest id.
    """
    rules = sorted(_rules(category, placement, on), key=lambda rule: (_breadth(rule), rule.priority, rule.pk))
    trace = [_trace_line(rule, won=position == 0) for position, rule in enumerate(rules)]
    if not rules:
        return Decision(None, _("belum ada aturan untuk kategori ini; verifikator akan menentukannya"))
    return Decision(rules[0].agency, rules[0].reason, trace)


def _rules(category: Category, placement: Placement, on: date) -> Iterable[RoutingRule]:
    here = Q(kelurahan=None, kecamatan=None)
    if placement.kelurahan:
        here |= Q(kelurahan=placement.kelurahan) | Q(kecamatan=placement.kelurahan.kecamatan_id)
    in_force = (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gt=on))
    return RoutingRule.objects.filter(here & in_force, category=category).select_related("agency")


def _breadth(rule: RoutingRule) -> int:
    """0 for a kelurahan, 1 for a kecamatan, 2 for the city: the narrowest rule is the strongest."""
    return 0 if rule.kelurahan_id else 1 if rule.kecamatan_id else 2


def _trace_line(rule: RoutingRule, *, won: bool) -> dict[str, Any]:
    return {
        "rule": rule.pk,
        "agency": rule.agency_id,
        "scope": ("kelurahan", "kecamatan", "city")[_breadth(rule)],
        "area": rule.kelurahan_id or rule.kecamatan_id or "",
        "priority": rule.priority,
        "reason": rule.reason,
        "won": won,
    }


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


def assign(report: Report, decision: Decision, *, at: datetime | None = None, actor: User | None = None) -> None:
    """End the current spell and start one for the decided agency; the same agency changes nothing.

    Call inside a transaction that holds the report's row, or for a row just inserted.
    """
    at = at or timezone.now()
    current = report.assignments.filter(ended_at=None).first()
    if current and decision.agency and current.agency_id == decision.agency.pk:
        return
    if current:
        current.ended_at = at
        current.save(update_fields=["ended_at"])
    if decision.agency:
        Assignment.objects.create(
            report=report,
            agency=decision.agency,
            started_at=at,
            reason=decision.reason,
            trace=decision.trace,
            actor=actor,
        )
    report.agency = decision.agency
    report.save(update_fields=["agency"])


@transaction.atomic
def hand_over(report_id: int, agency: Agency, *, reason: str, actor: User | None, at: datetime | None = None) -> Report:
    """Give a report to another agency by a person's decision; returns the fresh row."""
    report = Report.objects.select_for_update().get(pk=report_id)
    trace = [{"scope": "person", "agency": agency.pk, "reason": reason, "won": True}]
    assign(report, Decision(agency, reason, trace), at=at, actor=actor)
    return report


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
