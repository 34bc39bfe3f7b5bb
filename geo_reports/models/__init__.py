"""The models of the report domain, by subject."""

from geo_reports.models.agencies import Agency, AgencyQuerySet, Category, Holiday, ReportKind, ResponseTarget
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
from geo_reports.models.casework import BulkAction, BulkItem, Note, Nudge, Question, ReplyTemplate
from geo_reports.models.history import Assignment, Reply, StatusChange
from geo_reports.models.moderation import Appeal, ModerationDecision, ReopenRequest
from geo_reports.models.people import DataRequest, DeskRole, Membership, PersonalDataLook, RetentionRule
from geo_reports.models.reference import LoadedRow
from geo_reports.models.report_query import PUBLIC_VISIBILITY, ReportQuerySet
from geo_reports.models.reports import Photo, Report
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
    "PUBLIC_VISIBILITY",
    "Agency",
    "AgencyQuerySet",
    "Appeal",
    "Assignment",
    "BoundaryVersion",
    "BulkAction",
    "BulkItem",
    "Category",
    "City",
    "DataRequest",
    "DeskRole",
    "Evidence",
    "Holiday",
    "Kecamatan",
    "KecamatanBoundary",
    "Kelurahan",
    "KelurahanBoundary",
    "KelurahanPiece",
    "LoadedRow",
    "Membership",
    "ModerationDecision",
    "NeighbourPiece",
    "Note",
    "Nudge",
    "PersonalDataLook",
    "Photo",
    "Question",
    "ReopenRequest",
    "Reply",
    "ReplyTemplate",
    "Report",
    "ReportKind",
    "ReportQuerySet",
    "ResponseTarget",
    "RetentionRule",
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
