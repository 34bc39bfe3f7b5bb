"""Who is asking, as far as limits need to know."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from geo_reports.models import Throttle


def is_over_limit(request: HttpRequest, action: str, per_hour: int) -> bool:
    """Count one `action` of this client; True when it has done more than `per_hour` in this hour.

    The client is the address in CLIENT_IP_HEADER: behind a proxy, the header that the proxy sets
    (its last entry, which a client cannot forge).
    """
    address = request.META.get(settings.CLIENT_IP_HEADER, "").split(",")[-1].strip()
    return Throttle.hit(action, _customer(address)) > per_hour


def too_often() -> str:
    """What people read who are over a limit, unless there is more to say."""
    return _("Terlalu banyak kiriman dari jaringan ini dalam satu jam. Coba lagi nanti.")


def _customer(address: str) -> str:
    """A customer gets one IPv4 address but a whole IPv6 network (/64), and may choose from it at will."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
