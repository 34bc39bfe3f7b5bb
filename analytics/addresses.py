"""Addresses that carry the filter of a page on."""

from django.urls import reverse

from geo_reports.filters import ReportFilters


def with_filter(name: str, filters: ReportFilters, *args: str) -> str:
    """The address of a view with the query string of a filter."""
    query = filters.query()
    address = reverse(name, args=args)
    return f"{address}?{query}" if query else address
