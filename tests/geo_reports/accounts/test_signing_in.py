"""The one door: by name or address, with a code when there is a second factor, slower for those who guess."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.authenticator import code_at
from tests.geo_reports.accounts.conftest import PASSWORD, SECRET, enrol, is_signed_in, type_code, type_password, words

pytestmark = pytest.mark.django_db


def test_the_phone_of_the_tests_agrees_with_the_examples_of_the_standard():
    # RFC 6238, appendix B: key "12345678901234567890", the last six of eight digits.
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [code_at(key, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


@pytest.mark.parametrize("login", ["siti", "SITI", "siti@example.org", "Siti@Example.ORG", " siti "])
def test_a_person_signs_in_by_name_or_by_address(client, person, login):
    response = type_password(client, login)
    assert response.url == reverse("desk:queue")
    assert client.get(response.url).status_code == 200


def test_an_account_from_before_allauth_needs_no_row_of_allauth(client, person):
    assert not person.emailaddress_set.exists()
    type_password(client)
    assert is_signed_in(client)
    assert not person.emailaddress_set.exists()


def test_the_door_leads_on_to_where_the_person_wanted_to_go(client, person):
    asked = client.get("/petugas/?tampil=semua").url
    assert client.post(asked, {"login": "siti", "password": PASSWORD}).url == "/petugas/?tampil=semua"


@pytest.mark.parametrize("goal", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_the_door_leads_nowhere_else(client, person, goal):
    assert type_password(client, next=goal).url == reverse("desk:queue")


def test_without_the_tick_the_session_ends_with_the_browser(client, person):
    type_password(client)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    type_password(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_a_wrong_password_an_unknown_name_and_a_closed_account_are_answered_alike(client, person):
    def answer(login, password):
        response = type_password(client, login, password)
        return response.status_code, words(response).replace(f'value="{login}"', "")

    wrong = answer("siti", "salah")
    assert "tidak cocok" in wrong[1]
    assert answer("budi", "salah") == wrong
    assert answer("siti@example.org", "salah") == wrong
    assert answer("tidak-ada@example.org", "salah") == wrong
    person.is_active = False
    person.save()
    assert answer("siti", PASSWORD) == wrong


def test_a_password_is_never_written_into_the_page(client, person):
    page = type_password(client, password="salah tetapi rahasia").content.decode()
    assert "salah tetapi rahasia" not in page


def test_with_a_second_factor_the_password_opens_nothing(client, enrolled):
    assert type_password(client).url == "/petugas/masuk/kode/"
    assert client.get("/petugas/").url.startswith("/petugas/masuk/")
    assert not is_signed_in(client)


def test_the_code_of_the_phone_opens(client, enrolled):
    type_password(client)
    assert type_code(client, code_at(SECRET)).url == reverse("desk:queue")
    assert is_signed_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_phone_may_be_half_a_minute_wrong(client, enrolled, steps):
    type_password(client)
    type_code(client, code_at(SECRET, time.time() + 30 * steps))
    assert is_signed_in(client)


def test_an_old_code_does_not_open(client, enrolled):
    type_password(client)
    page = type_code(client, code_at(SECRET, time.time() - 120))
    assert "Kode ini tidak cocok" in page.content.decode()
    assert not is_signed_in(client)


def test_a_code_opens_once_even_while_the_clock_would_still_let_it(browser, enrolled):
    code = code_at(SECRET, time.time() + 30)
    first, second = browser(), browser()
    for client in (first, second):
        type_password(client)
    type_code(first, code)
    cache.delete(f"allauth.mfa.totp.used?user={enrolled.pk}&code={code}")  # allauth forgets it after 30 seconds
    type_code(second, f"{code[:3]} {code[3:]}")
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def test_a_recovery_code_opens_once(browser, person):
    code = enrol(person)[3]
    first, second = browser(), browser()
    for client in (first, second):
        type_password(client)
        type_code(client, code)
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def test_who_changes_their_mind_at_the_code_can_sign_in_as_another(client, enrolled):
    type_password(client)
    assert client.get("/petugas/masuk/").url == "/petugas/masuk/kode/"
    assert client.post("/petugas/keluar/", {"next": "/petugas/masuk/"}).url == "/petugas/masuk/"
    assert client.get("/petugas/masuk/").status_code == 200


def test_codes_cannot_be_guessed_without_end(client, enrolled):
    type_password(client)
    answers = [type_code(client, f"{n:06}").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]
    refused = type_code(client, code_at(SECRET))
    assert refused.status_code == 429
    assert "Terlalu banyak percobaan" in refused.content.decode()
    assert not is_signed_in(client)


def test_guessing_codes_from_many_places_ends_as_well(enrolled):
    answers = []
    for n in range(31):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        type_password(client)
        answers.append(type_code(client, f"{n:06}").status_code)
    assert answers == [200] * 30 + [429]


def test_guessing_does_not_lock_out_the_owner_elsewhere(person):
    stranger, owner = Client(REMOTE_ADDR="198.51.100.1"), Client(REMOTE_ADDR="198.51.100.2")
    for n in range(12):
        last = type_password(stranger, password=f"salah {n}")
    assert last.status_code == 429
    type_password(owner)
    assert is_signed_in(owner)


def test_a_whole_office_has_a_hundred_attempts(client, toy_city):
    answers = [type_password(client, f"nama{n}", "salah").status_code for n in range(101)]
    assert answers == [200] * 100 + [429]


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/login/", "/petugas/daftar/", "/accounts/email/"])
def test_nobody_signs_up_and_no_page_of_allauth_is_left_over(client, person, address):
    client.force_login(person)
    assert client.get(address).status_code == 404
    for name in ("account_signup", "account_email", "account_inactive", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_the_administration_tells_people_who_may_not_enter_and_does_not_turn_in_circles(client, person):
    client.force_login(person)
    to_door = client.get("/admin/")
    assert to_door.url == "/admin/login/?next=/admin/"
    assert client.get(to_door.url).status_code == 403


@pytest.mark.parametrize(
    ("address", "goal"),
    [("/admin/password_change/", "/petugas/akun/sandi/"), ("/admin/logout/", "/petugas/keluar/")],
)
def test_password_and_leaving_are_one_thing_for_desk_and_administration(client, person, address, goal):
    client.force_login(person)
    assert client.get(address).url == goal
