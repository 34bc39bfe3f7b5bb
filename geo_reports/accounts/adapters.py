"""How django-allauth behaves here. Its settings name these classes; nobody else needs them."""

import base64
import time
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from geo_reports.accounts.mails import tell_owner
from geo_reports.models import City

NO_ADDRESS: Final = "::"
WRONG_LOGIN: Final = _("Nama pengguna, alamat surel, atau kata sandi tidak cocok.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not marked as typed
    """Accounts that administrators make."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG_LOGIN,
        "email_password_mismatch": WRONG_LOGIN,
        "enter_current_password": _("Ini bukan kata sandi Anda sekarang."),
        "incorrect_password": _("Kata sandi ini tidak cocok."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; no page offers it either."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A closed account is answered like a wrong password, even to who knows the right one."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is kept beside a session: device and time are enough to know one's own."""
        return NO_ADDRESS

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: Any, **kwargs: Any) -> None:
        """By the worker."""
        tell_owner.enqueue(user.pk, template_prefix)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has signed in just now is not asked for the password again."""
        records = get_authentication_records(context.request, context.request.user)
        is_recent = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_recent and bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator applications and recovery codes; their secrets are encrypted in the database and its backups."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Kode ini tidak cocok. Tunggu sampai aplikasi menunjukkan kode berikutnya, lalu coba lagi."
        ),
    }

    def get_totp_issuer(self) -> str:
        """The name of the service in the application."""
        city = City.objects.first()
        return city.brand if city else gettext("Laporan warga")

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The account in the application."""
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        """With a key that follows from SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What another key has encrypted becomes a secret that nobody knows: no code fits, a person must remove it."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())


def _cipher() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str | bytes) -> Fernet:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"geo_reports second factor")
    return Fernet(base64.urlsafe_b64encode(derivation.derive(force_bytes(key))))
