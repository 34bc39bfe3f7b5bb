"""Who is asking, as far as limits need to know."""

from django.conf import settings
from django.http import HttpRequest

from geo_reports.models import Throttle


def is_over_limit(request: HttpRequest, action: str, per_hour: int) -> bool:
    """Count one `action` of this client; True when it has done more than `per_hour` in this hour.

    The client is the address in CLIENT_IP_HEADER: behind a proxy, the header that the proxy sets
    (its last entry, which a client cannot forge).
    """
    address = request.META.get(settings.CLIENT_IP_HEADER, "").split(",")[-1].strip()
    return Throttle.hit(action, address) > per_hour
