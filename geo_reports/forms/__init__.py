"""Forms by subject: the public filter, the citizen's report, the desk."""

from geo_reports.forms.filters import FilterForm, InvalidFilter, read_filters
from geo_reports.forms.report import PlaceForm, ReportForm, RouteForm

__all__ = ["FilterForm", "InvalidFilter", "PlaceForm", "ReportForm", "RouteForm", "read_filters"]
