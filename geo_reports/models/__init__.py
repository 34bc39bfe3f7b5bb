"""The models of the report domain, by subject."""

from geo_reports.models.agencies import Agency, Category, Holiday, ResponseTarget, RoutingRule
from geo_reports.models.areas import (
    BoundaryVersion,
    City,
    Kecamatan,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    KelurahanPiece,
)
from geo_reports.models.people import Membership
from geo_reports.models.reference import LoadedRow
from geo_reports.models.report_query import ReportQuerySet
from geo_reports.models.reports import Assignment, Photo, Reply, Report, StatusChange
from geo_reports.models.throttle import Throttle

__all__ = [
    "Agency",
    "Assignment",
    "BoundaryVersion",
    "Category",
    "City",
    "Holiday",
    "Kecamatan",
    "KecamatanBoundary",
    "Kelurahan",
    "KelurahanBoundary",
    "KelurahanPiece",
    "LoadedRow",
    "Membership",
    "Photo",
    "Reply",
    "Report",
    "ReportQuerySet",
    "ResponseTarget",
    "RoutingRule",
    "StatusChange",
    "Throttle",
]
