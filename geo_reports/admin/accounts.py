"""Accounts of staff. Second factors and sessions hold secrets, so allauth's pages about them are taken out."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from geo_reports.accounts import second_factor

for model in (EmailAddress, Authenticator, UserSession, User):
    admin.site.unregister(model)


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Django's page with the second factor: shown, and taken away when a phone is lost."""

    list_display = ("username", "email", "first_name", "last_name", "is_active", "is_staff", "has_second_factor")
    actions = ("remove_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With whether each has a second factor."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    @admin.display(boolean=True, description=_("dua langkah"), ordering="has_factor")
    def has_second_factor(self, user: Any) -> bool:
        """Whether signing in asks for a code."""
        return bool(user.has_factor)

    @admin.action(description=_("Lepas verifikasi dua langkah (ponsel hilang)"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Each removal is written to the log of the administration; superusers are left to superusers."""
        if not getattr(request.user, "is_superuser", False) and chosen.filter(is_superuser=True).exists():
            raise PermissionDenied
        removed = [user for user in chosen if second_factor.remove(user)]
        for user in removed:
            self.log_change(request, user, "second factor removed, sessions ended")
        self.message_user(
            request,
            ngettext(
                "Verifikasi dua langkah %d akun dilepas dan sesinya diakhiri.",
                "Verifikasi dua langkah %d akun dilepas dan sesinya diakhiri.",
                len(removed),
            )
            % len(removed),
        )
