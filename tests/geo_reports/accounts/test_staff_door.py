"""Outside a demo nobody opens any page for staff without a second factor; in a demo everybody does."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings as project
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from geo_reports import settings as written  # the file itself, not what the fixtures make of it
from tests.citizens import add_photo
from tests.factories import ReportFactory, make_administrator, make_leader, make_officer, make_verifier
from tests.geo_reports.accounts.conftest import enrol

pytestmark = pytest.mark.django_db

SETUP = "/petugas/akun/dua-langkah/pasang/"
# All that may be opened before: the way in, the way out, setting the factor up.
OPEN = {"/petugas/masuk/", "/petugas/keluar/", "/petugas/akun/konfirmasi/", "/petugas/akun/konfirmasi/kode/", SETUP}
VALUES = {"uuid": "6f1f6b7e-3f0a-4c55-9a43-0d5c8f7d2c11", "app_label": "geo_reports", "uidb36": "1"}


def addresses(patterns, prefix: str = "/") -> Iterator[str]:
    """Every address of the project with something in the place of its parameters."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield example(route)


def example(route: str) -> str:
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).rstrip("$").replace("\\", "")
    return re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: VALUES.get(m[1] or m[2], "1"), route)


def staff_addresses() -> list[str]:
    found = [each for each in addresses(get_resolver().url_patterns) if each.startswith(("/petugas/", "/admin/"))]
    return sorted(set(found))


PEOPLE = {
    "verifikator": make_verifier,
    "petugas": make_officer,
    "pimpinan": make_leader,
    "administrator of the desk": make_administrator,
    "staff of the administration": lambda: User.objects.create_user("staf", is_staff=True),
    "superuser": lambda: User.objects.create_superuser("kepala"),
    "without any role": lambda: User.objects.create_user("baru"),
}


def sent_to_setup(client, method: str, among: set[str]) -> set[str]:
    """The addresses that lead to the setup page."""
    answers = {address: getattr(client, method)(address) for address in among}
    return {address for address, answer in answers.items() if answer.status_code == 302 and answer.url == SETUP}


def test_all_addresses_for_staff_are_found():
    found = staff_addresses()
    assert {"/petugas/", "/petugas/1/", "/petugas/aturan/", "/admin/", "/admin/auth/user/1/change/"} <= set(found)
    assert len(found) > 100
    assert len([each for each in found if each.startswith("/admin/")]) > 6 * len(admin.site._registry) / 2


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", PEOPLE)
def test_without_a_second_factor_nothing_for_staff_opens(client, toy_city, required, method, who):
    user = PEOPLE[who]()
    client.force_login(user)
    closed = set(staff_addresses()) - OPEN
    assert sent_to_setup(client, method, closed) == closed
    for address in OPEN:
        client.force_login(user)  # one of them leaves
        assert sent_to_setup(client, method, {address}) == set()


@pytest.mark.parametrize("has_factor", [True, False], ids=["with a factor", "in a demo"])
def test_otherwise_nobody_is_sent_to_set_it_up(client, toy_city, settings, has_factor):
    settings.STAFF_NEED_SECOND_FACTOR = has_factor
    user = User.objects.create_superuser("kepala")
    if has_factor:
        enrol(user)
    client.force_login(user)
    assert sent_to_setup(client, "get", set(staff_addresses())) == set()


def test_it_is_required_wherever_there_is_no_demo():
    assert written.STAFF_NEED_SECOND_FACTOR is not written.DEMO


def test_the_door_stands_behind_the_one_who_knows_the_user():
    order = project.MIDDLEWARE.index
    assert order("geo_reports.pages.staff_door.StaffDoor") > order(
        "django.contrib.auth.middleware.AuthenticationMiddleware"
    )


def test_on_other_pages_a_person_without_a_second_factor_is_a_visitor(client, verifier, required):
    report = ReportFactory(visibility="pending")
    address = reverse("reports:photo", args=[add_photo(report).uid, "thumbnail"])
    client.force_login(verifier)
    assert client.get(address).status_code == 404
    enrol(verifier)
    assert client.get(address).status_code == 200


def test_public_pages_that_do_not_ask_who_is_there_do_not_vary_by_cookie(client, verifier, required):
    client.force_login(verifier)
    response = client.get("/peta/ukuran.json")
    assert response.status_code == 200
    assert "Cookie" not in response.headers.get("Vary", "")


def test_nothing_for_staff_is_kept_by_browsers_and_proxies(client, verifier):
    client.force_login(verifier)
    for address in ("/petugas/", "/petugas/akun/", "/petugas/akun/sesi/", "/admin/login/", "/petugas/masuk/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address
