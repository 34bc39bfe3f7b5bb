"""The forms at the one door for verifikator, petugas and administrators, which opens slower to those who guess.

allauth checks names, passwords and codes; here stands what it calls them and how often one may try.
"""

from typing import Any, Final

from allauth.account import forms as account
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports.accounts.mails import send_password_links
from geo_reports.models import Throttle
from geo_reports.pages.client import is_over_limit

PER_NAME: Final = 10  # attempts of one client at one name in an hour
PER_CLIENT: Final = 100  # at all names: a whole office may share one address
BY_ALL: Final = 30  # attempts of all clients together, where a stranger cannot use them up
CODE_LIFETIME: Final = 120  # seconds; a code is accepted for three steps of 30 seconds at most

LABELS: Final = {
    "login": gettext_lazy("Nama pengguna atau alamat surel"),
    "password": gettext_lazy("Kata sandi"),
    "remember": gettext_lazy("Tetap masuk di perangkat ini selama dua minggu"),
    "email": gettext_lazy("Alamat surel"),
    "oldpassword": gettext_lazy("Kata sandi sekarang"),
    "password1": gettext_lazy("Kata sandi baru"),
    "password2": gettext_lazy("Kata sandi baru, sekali lagi"),
    "code": gettext_lazy("Kode"),
}

# The rules of AUTH_PASSWORD_VALIDATORS in one sentence.
HINTS: Final = {
    "password1": gettext_lazy(
        "Paling sedikit 8 huruf, angka, atau tanda. Bukan angka saja, bukan kata sandi yang umum, "
        "dan tidak mirip nama atau alamat surel Anda."
    )
}


def count_attempt(action: str, name: str, *, is_for_all: bool = False) -> None:
    """Count one attempt at `name`, whether or not it will succeed.

    `is_for_all` counts those of other clients as well. Beyond the limits the view's answer is
    replaced by a page with status 429, and password or code are not even looked at.
    """
    request = context.request
    counts = [
        is_over_limit(request, f"{action} {name}", PER_NAME),
        is_over_limit(request, action, PER_CLIENT),
        is_for_all and Throttle.hit(f"{action} {name}", "") > BY_ALL,
    ]
    if any(counts):
        raise ImmediateHttpResponse(render(request, "429.html", status=429))


class OurWords(Form):
    """Labels of ours above the fields, no words inside them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.widget.attrs.pop("placeholder", None)
            field.help_text = HINTS.get(name, "")


class SignInForm(OurWords, account.LoginForm):  # type: ignore[misc]  # allauth is not marked as typed
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self) -> dict[str, Any] | None:
        """Count first."""
        count_attempt("sign in", self.cleaned_data.get("login", "").casefold())
        cleaned: dict[str, Any] | None = super().clean()
        return cleaned


class ForgottenForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link for a new password goes."""

    def clean_email(self) -> str:
        """Count first, whether or not the address is known."""
        count_attempt("new password", self.cleaned_data["email"], is_for_all=True)
        return str(super().clean_email())

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the mails, also when there is nobody to write to."""
        send_password_links.enqueue([user.pk for user in self.users])
        return str(self.cleaned_data["email"])


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password by a link from a mail."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password by who knows the old one."""

    def clean_oldpassword(self) -> str:
        """Count first: the session may be in other hands."""
        count_attempt("password", str(self.user.pk))
        return str(super().clean_oldpassword())


class PasswordAgainForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something that matters."""

    def clean_password(self) -> str:
        """Count first."""
        count_attempt("password", str(self.user.pk))
        return str(super().clean_password())


class _Code(OurWords):
    """Six digits of an application or eight of a recovery code, each good for one use."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Count first. Only who knows the password comes here, so nobody is locked out by strangers."""
        count_attempt("code", str(self.user.pk), is_for_all=True)
        code = str(super().clean_code())  # type: ignore[misc]
        # allauth forgets a used code after 30 seconds, sooner than the clock tolerance lets it expire.
        authenticator = getattr(self, "authenticator", None)
        is_totp = authenticator is not None and authenticator.type == Authenticator.Type.TOTP
        digits = "".join(filter(str.isdigit, code))
        if is_totp and not cache.add(f"used-code:{self.user.pk}:{digits}", 1, CODE_LIFETIME):
            raise get_second_factor_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Code, second_factor.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_Code, second_factor.ReauthenticateForm):  # type: ignore[misc]
    """A code instead of the password, before something that matters."""


class FirstCodeForm(_Code, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The code that shows that the application has taken the key."""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration's own login page would be a second door without limits.

    It is also where the administration sends people who may not enter: they are told so.
    """
    if request.user.is_authenticated:
        raise PermissionDenied(_("Akun Anda tidak boleh membuka administrasi."))
    query = request.GET.urlencode(safe="/")
    return redirect(reverse("desk:login") + (f"?{query}" if query else ""))
