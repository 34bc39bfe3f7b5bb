"""People with passwords, with and without a second factor, and their browsers."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_verifier

PASSWORD = "benar sekali 7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def required(settings) -> None:
    """As on every server that is no demo."""
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.fixture
def person(toy_city) -> User:
    """A verifikator with a password and an address, without a second factor."""
    user = make_verifier()
    user.username, user.email = "siti", "Siti@Example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def enrolled(person) -> User:
    """The same with an application on the phone and ten recovery codes."""
    enrol(person)
    return person


def enrol(user: User) -> list[str]:
    """Give somebody a second factor with the key SECRET; returns the recovery codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


@pytest.fixture
def browser() -> Callable[..., Client]:
    """`browser()` is a browser of its own; `browser("Firefox")` calls itself so."""
    return lambda name="Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0": Client(headers={"user-agent": name})


def type_password(client: Client, login: str = "siti", password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/petugas/masuk/", {"login": login, "password": password, **more})


def type_code(client: Client, code: str) -> HttpResponse:
    return client.post("/petugas/masuk/kode/", {"code": code})


def is_signed_in(client: Client) -> bool:
    """Whether the session is somebody's, as a page sees it."""
    return bool(client.get("/petugas/akun/").status_code == 200)


def words(response: HttpResponse) -> str:
    """A page without what differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
