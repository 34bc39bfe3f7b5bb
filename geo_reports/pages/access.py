"""Who may open which page of the desk; used in `urls_desk.py` so that it can be read there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from geo_reports.models import DeskRole
from geo_reports.workers import worker_of

View = Callable[..., HttpResponseBase]


def permitted(permission: str) -> Callable[[View], View]:
    """Let a view be used by people with this permission (`app.codename`); superusers have all.

    What it shows is kept by no browser and no proxy.
    """

    def decorate(view: View) -> View:
        return never_cache(login_required(permission_required(permission, raise_exception=True)(view)))

    return decorate


def only(*roles: DeskRole) -> Callable[[View], View]:
    """Let a view be used by these roles; it receives the `Worker` as its second argument.

    What it shows is kept by no browser and no proxy.
    """

    def decorate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            worker = worker_of(request.user)
            if worker is None or worker.role not in roles:
                raise PermissionDenied
            return view(request, worker, *args, **kwargs)

        return guarded

    return decorate
