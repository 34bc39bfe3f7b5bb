"""What holds for every page under /petugas/ and /admin/, whoever wrote it and whatever it asks for itself.

A person without the second factor is sent to set it up, the session is noted as seen, nothing is
kept by browsers and proxies. Pages are told by their address, so a new one cannot be forgotten. On
all other pages, which may show more to staff, such a person is a visitor.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from geo_reports.accounts import second_factor

STAFF_PAGES: Final = ("petugas/", "admin/")
NOTED_EVERY: Final = timedelta(minutes=5)
# What it takes to set the factor up, or to leave. Everything else waits.
OPEN: Final = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
    }
)


class StaffDoor:
    """Django middleware. Stands after the one that knows the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; then forbid keeping what was answered."""
        response = self.get_response(request)
        if is_staff_page(request):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Stop a person who has no second factor and must have one."""
        if not is_staff_page(request):
            # Only a page that asks for the user pays for the answer, and only it varies by cookie.
            request.user = SimpleLazyObject(lambda: proven_user(request))  # type: ignore[assignment]
            return None
        if not request.user.is_authenticated:
            return None
        note_session(request)
        match = request.resolver_match
        if match is not None and match.view_name not in OPEN and second_factor.is_missing(request.user):
            return redirect("mfa_activate_totp")
        return None


def is_staff_page(request: HttpRequest) -> bool:
    """Whether the address belongs to the desk or the administration; one that does not exist belongs to nobody."""
    return request.resolver_match is not None and request.resolver_match.route.startswith(STAFF_PAGES)


def proven_user(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Whose session it is; nobody while the second factor is missing."""
    user = get_user(request)
    return AnonymousUser() if second_factor.is_missing(user) else user


def note_session(request: HttpRequest) -> None:
    """Write down that the session is in use, at most every five minutes."""
    now = timezone.now()
    UserSession.objects.filter(session_key=request.session.session_key, last_seen_at__lt=now - NOTED_EVERY).update(
        last_seen_at=now
    )
