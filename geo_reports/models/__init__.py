"""The models of the report domain, by subject."""

from geo_reports.models.agencies import Agency, AgencyQuerySet, Category, Holiday, ResponseTarget
from geo_reports.models.areas import (
    BoundaryVersion,
    City,
    Kecamatan,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    KelurahanPiece,
    NeighbourPiece,
)
from geo_reports.models.people import Membership
from geo_reports.models.reference import LoadedRow
from geo_reports.models.report_query import ReportQuerySet
from geo_reports.models.reports import Assignment, Photo, Reply, Report, StatusChange
from geo_reports.models.routing import Evidence, RoutingEvidence, RoutingFeature, RoutingRule
from geo_reports.models.routing_versions import (
    RoutingClaim,
    RoutingGround,
    RoutingName,
    RoutingPiece,
    RoutingRun,
    RoutingVersion,
)
from geo_reports.models.throttle import Throttle

__all__ = [
    "Agency",
    "AgencyQuerySet",
    "Assignment",
    "BoundaryVersion",
    "Category",
    "City",
    "Evidence",
    "Holiday",
    "Kecamatan",
    "KecamatanBoundary",
    "Kelurahan",
    "KelurahanBoundary",
    "KelurahanPiece",
    "LoadedRow",
    "Membership",
    "NeighbourPiece",
    "Photo",
    "Reply",
    "Report",
    "ReportQuerySet",
    "ResponseTarget",
    "RoutingClaim",
    "RoutingEvidence",
    "RoutingFeature",
    "RoutingGround",
    "RoutingName",
    "RoutingPiece",
    "RoutingRule",
    "RoutingRun",
    "RoutingVersion",
    "StatusChange",
    "Throttle",
]
