"""What the button for the monthly report offers."""

from datetime import date

from django import template
from django.utils import timezone

from analytics.monthly import asking, periods

register = template.Library()


@register.inclusion_tag("analytics/_pdf_choice.html")
def monthly_choice(skpd: str = "") -> dict[str, object]:
    """The months that can be reported, for an SKPD or the city; nothing before the first report. One query."""
    found = asking.months(timezone.now())
    usual: date | None = asking.usual(found) if found else None
    return {"skpd": skpd, "usual": usual, "months": [(periods.written(month), month) for month in found]}
