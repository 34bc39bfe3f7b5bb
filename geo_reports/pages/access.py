"""Who may open which page of the desk; used in `urls_desk.py` so that it can be read there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from geo_reports.models import Report, ReportQuerySet
from geo_reports.workflow import Role

View = Callable[..., HttpResponseBase]


def desk_role(user: User | AnonymousUser | AbstractBaseUser) -> Role | None:
    """The role in which somebody works: verifikator serve the city, petugas their own agencies."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_superuser or user.groups.filter(name=Role.VERIFIER).exists():
        return Role.VERIFIER
    return Role.OFFICER if user.memberships.exists() else None


def reports_of(user: User, role: Role) -> ReportQuerySet:
    """The reports that somebody may work on: all, or those forwarded to the own agencies."""
    if role is Role.VERIFIER:
        return Report.objects.all()
    return Report.objects.filter(agency__memberships__user=user, forwarded_at__isnull=False)


def permitted(permission: str) -> Callable[[View], View]:
    """Let a view be used by people with this permission (`app.codename`); superusers have all.

    What it shows is kept by no browser and no proxy.
    """

    def decorate(view: View) -> View:
        return never_cache(login_required(permission_required(permission, raise_exception=True)(view)))

    return decorate


def only(*roles: Role) -> Callable[[View], View]:
    """Let a view be used by these roles; it receives the role as its second argument.

    What it shows is kept by no browser and no proxy.
    """

    def decorate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            role = desk_role(request.user)
            if role not in roles:
                raise PermissionDenied
            return view(request, role, *args, **kwargs)

        return guarded

    return decorate
