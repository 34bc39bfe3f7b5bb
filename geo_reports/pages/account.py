"""Pages about one's own account that allauth does not have, or names in English."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from geo_reports.accounts import second_factor


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who one is here, and how well the account is protected."""
    assert isinstance(request.user, User)  # noqa: S101  (`login_required` let nobody else in)
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "has_second_factor": second_factor.has_one(request.user),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "session_count": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "account/home.html", context)


class DownloadCodes(DownloadRecoveryCodesView):  # type: ignore[misc]  # allauth is not marked as typed
    """The recovery codes as a file with an Indonesian name."""

    content_type = "text/plain; charset=utf-8"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The file."""
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response.headers["Content-Disposition"] = 'attachment; filename="kode-cadangan.txt"'
        return response
