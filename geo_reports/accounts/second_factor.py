"""The second factor of an account: whether it must have one, whether it has one, and taking it away."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from geo_reports.accounts.mails import tell_owner


def has_one(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether this person signs in with a code from an authenticator application as well."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def is_missing(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether this person must set one up first. Every account here is one of staff, so role does not matter."""
    return bool(settings.STAFF_NEED_SECOND_FACTOR) and user.is_authenticated and not has_one(user)


@receiver(authenticator_added)
def leave_other_devices(sender: type[Authenticator], *, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A session that was opened with the password alone must not profit from a factor it never showed."""
    end_sessions(user, but=request.session.session_key)


@transaction.atomic
def remove(user: User) -> bool:
    """Take factor and recovery codes away, for instance because the phone is lost, and end all sessions.

    The owner is told by mail. False when there was nothing to take away.
    """
    removed = Authenticator.objects.filter(user=user)
    if not removed.exists():
        return False
    removed.delete()
    end_sessions(user)
    transaction.on_commit(lambda: tell_owner.enqueue(user.pk, "mfa/email/totp_deactivated"))
    return True


def end_sessions(user: User, *, but: str | None = None) -> None:
    """End the sessions of an account on all devices, except the one with the session key `but`."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=but):
        session.end()
