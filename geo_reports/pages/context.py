"""What every page knows: the city it belongs to and whether demo data is loaded."""

from django.http import HttpRequest

from geo_reports.models import City, Report


def city(request: HttpRequest) -> dict[str, object]:
    """`city` (None before reference data is loaded) and `has_demo_data` for the banner; 2 queries."""
    return {"city": City.objects.first(), "has_demo_data": Report.objects.filter(is_demo=True).exists()}
