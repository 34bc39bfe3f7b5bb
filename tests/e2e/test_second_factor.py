"""A petugas on a phone sets the second factor up and signs in with it, by what the pages show."""

import re

import pytest

from tests.authenticator import code_at
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import look
from tests.factories import make_officer

PASSWORD = "benar sekali 7"
ACCOUNT = ["", "dua-langkah/", "dua-langkah/lepas/", "dua-langkah/kode-cadangan/", "sesi/", "sandi/"]


@pytest.fixture
def petugas(toy_site, settings) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = True
    user = make_officer()
    user.username = "budi"
    user.set_password(PASSWORD)
    user.save()


def type_password(page) -> None:
    page.goto("/petugas/masuk/")
    page.get_by_label("Nama pengguna").fill("budi")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def set_up(page) -> str:
    """From the setup page to the desk; returns the key."""
    page.wait_for_url("**/pasang/")
    assert page.get_by_alt_text("Kode QR").evaluate("image => image.complete && image.naturalWidth") > 0
    key = page.locator(".setup-key").inner_text().replace(" ", "")
    page.get_by_label("Kode").fill(code_at(key))
    page.get_by_role("button", name="Aktifkan").click()
    page.wait_for_url("**/kode-cadangan/")
    assert page.locator(".recovery-codes li").count() == 10
    page.get_by_role("link", name="buka meja petugas").click()
    page.get_by_role("heading", level=1).wait_for()
    return key


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_the_phone_becomes_the_second_key(petugas, open_browser, javascript):
    page = open_browser(PHONE, java_script_enabled=javascript)
    type_password(page)
    key = set_up(page)
    assert re.search("/petugas/$", page.url)

    page.goto("/petugas/akun/")
    page.get_by_role("button", name="Keluar").click()
    type_password(page)
    page.wait_for_url("**/masuk/kode/")
    page.get_by_label("Kode", exact=True).fill(code_at(key))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(re.compile("/petugas/$"))


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["dark phone", "desktop"])
def test_the_pages_have_no_violation_and_fit_the_screen(petugas, open_browser, settings, viewport, scheme):
    page = open_browser(viewport, color_scheme=scheme, bypass_csp=True)
    doors = ["/petugas/masuk/", "/petugas/masuk/lupa-sandi/", "/petugas/masuk/sandi-baru/1-x/"]
    assert look(page, settings, doors) == {}
    type_password(page)
    page.wait_for_url("**/pasang/")
    assert look(page, settings, ["/petugas/akun/dua-langkah/pasang/"]) == {}
    set_up(page)
    assert look(page, settings, [f"/petugas/akun/{address}" for address in ACCOUNT]) == {}
    page.goto("/petugas/akun/")
    page.get_by_role("button", name="Keluar").click()
    type_password(page)
    page.wait_for_url("**/masuk/kode/")
    assert look(page, settings, ["/petugas/masuk/kode/"]) == {}
