"""Setting the second factor up, keeping it, losing the phone."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.core.management import CommandError, call_command

from geo_reports.accounts import second_factor
from tests.authenticator import code_at
from tests.geo_reports.accounts.conftest import PASSWORD, SECRET, enrol, is_signed_in, type_code, type_password

pytestmark = pytest.mark.django_db

SETUP = "/petugas/akun/dua-langkah/pasang/"
CODES = "/petugas/akun/dua-langkah/kode-cadangan/"
REMOVAL = "/petugas/akun/dua-langkah/lepas/"


def key_on(page: str) -> str:
    return re.search(r'class="setup-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def set_up(client) -> str:
    """From the setup page to an active factor; returns its key."""
    key = key_on(client.get(SETUP).content.decode())
    assert client.post(SETUP, {"code": code_at(key)}).url == CODES
    return key


def test_after_the_first_password_the_factor_is_set_up_and_the_desk_opens(client, person, required):
    desk = type_password(client).url
    assert client.get(desk).url == SETUP
    page = client.get(SETUP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert f'href="otpauth://totp/siti?secret={key_on(page)}&amp;issuer=Smart%20Contoh"' in page
    assert "Wajib bagi semua petugas" in page
    set_up(client)
    assert client.get(desk).status_code == 200


def test_the_key_is_what_the_next_sign_in_asks_for(client, person, required, django_capture_on_commit_callbacks):
    type_password(client)
    key = set_up(client)
    client.post("/petugas/keluar/")
    type_password(client)
    type_code(client, code_at(key))
    assert is_signed_in(client)


def test_a_wrong_code_activates_nothing_and_keeps_the_key(client, person):
    type_password(client)
    key = key_on(client.get(SETUP).content.decode())
    page = client.post(SETUP, {"code": code_at(key, time.time() - 300)}).content.decode()
    assert "Kode ini tidak cocok" in page
    assert key_on(page) == key
    assert not second_factor.has_one(person)


def test_setting_up_ends_sessions_that_know_only_the_password(
    browser, person, required, django_capture_on_commit_callbacks
):
    thief, owner = browser(), browser()
    for client in (thief, owner):
        type_password(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(owner)
    assert thief.get("/petugas/").url.startswith("/petugas/masuk/")
    assert owner.get("/petugas/").status_code == 200


def test_recovery_codes_are_shown_and_downloaded(client, person):
    type_password(client)
    set_up(client)
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", client.get(CODES).content.decode())
    assert len(set(codes)) == 10
    file = client.get(f"{CODES}unduh/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="kode-cadangan.txt"'
    text = file.content.decode()
    assert text.startswith("Smart Contoh: kode cadangan untuk akun siti\n")
    assert [line for line in text.splitlines() if line in codes] == codes


def test_new_recovery_codes_replace_the_old_ones(client, person, django_capture_on_commit_callbacks):
    type_password(client)
    set_up(client)
    old = re.findall(r"<code>([\d ]+)</code>", client.get(CODES).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{CODES}baru/").url == CODES
    new = re.findall(r"<code>([\d ]+)</code>", client.get(CODES).content.decode())
    assert not set(old) & set(new)
    assert mail.outbox[-1].subject == "[Smart Contoh] Kode cadangan baru"


@pytest.mark.parametrize(
    "address", [SETUP, CODES, f"{CODES}baru/", f"{CODES}unduh/", "/petugas/akun/dua-langkah/lepas/"]
)
def test_a_session_left_open_is_asked_for_the_password_first(client, person, address):
    if address != SETUP:
        enrol(person)
    client.force_login(person)
    asked = client.get(address)
    assert asked.url.startswith("/petugas/akun/konfirmasi/?next=")
    assert "Kata sandi ini tidak cocok" in client.post(asked.url, {"password": "salah"}).content.decode()
    assert client.post(asked.url, {"password": PASSWORD}).url == address
    assert client.get(address).status_code == 200


def test_a_code_may_stand_for_the_password(client, enrolled):
    client.force_login(enrolled)
    way = client.get(client.get(CODES).url).content.decode()
    assert "/petugas/akun/konfirmasi/kode/?next=" in way
    answer = client.post(f"/petugas/akun/konfirmasi/kode/?next={CODES}", {"code": code_at(SECRET)})
    assert answer.url == CODES


def test_the_password_asked_again_cannot_be_guessed_without_end(client, person):
    client.force_login(person)
    answers = [client.post("/petugas/akun/konfirmasi/", {"password": f"salah {n}"}).status_code for n in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_new_phone_takes_the_place_of_the_old_one(client, enrolled, required):
    type_password(client)
    type_code(client, code_at(SECRET))
    client.post(REMOVAL)
    assert client.get("/petugas/").url == SETUP
    assert set_up(client) != SECRET
    assert client.get("/petugas/").status_code == 200


def test_the_owner_is_told_by_mail(client, person, django_capture_on_commit_callbacks):
    type_password(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post(REMOVAL)
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("[Smart Contoh] Verifikasi dua langkah aktif", ["siti@example.org"]),
        ("[Smart Contoh] Verifikasi dua langkah dilepas", ["siti@example.org"]),
    ]
    assert "http://127.0.0.1:8000/petugas/masuk/lupa-sandi/" in mail.outbox[0].body


def test_secrets_are_not_readable_in_the_database(enrolled):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert not [code for code in codes if code in stored]


def test_with_another_server_key_no_code_fits_and_an_older_key_still_reads(client, enrolled, settings):
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "x" * 60
    type_password(client)
    type_code(client, code_at(SECRET))
    assert not is_signed_in(client)
    settings.SECRET_KEY_FALLBACKS = [before]
    type_code(client, code_at(SECRET))
    assert is_signed_in(client)


class TestLostPhone:
    def remove(self, client, *people):
        data = {"action": "remove_second_factor", "_selected_action": [user.pk for user in people]}
        return client.post("/admin/auth/user/", data)

    def test_an_administrator_takes_the_factor_away_and_it_is_written_down(
        self, browser, enrolled, django_capture_on_commit_callbacks
    ):
        owner, office = browser(), browser()
        type_password(owner)
        type_code(owner, code_at(SECRET))
        head = User.objects.create_superuser("kepala")
        office.force_login(head)
        with django_capture_on_commit_callbacks(execute=True):
            self.remove(office, enrolled, head)
        assert not Authenticator.objects.exists()
        assert not is_signed_in(owner)
        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (head, str(enrolled.pk))
        assert "second factor removed" in entry.change_message
        assert mail.outbox[0].to == ["siti@example.org"]
        page = office.get("/admin/auth/user/").content.decode()
        assert "Verifikasi dua langkah 1 akun dilepas" in page

    def test_only_a_superuser_does_that_to_a_superuser(self, client, toy_city):
        head = User.objects.create_superuser("kepala")
        enrol(head)
        clerk = User.objects.create_user("staf", is_staff=True)
        clerk.user_permissions.add(Permission.objects.get(codename="change_user"))
        client.force_login(clerk)
        assert self.remove(client, head).status_code == 403
        assert second_factor.has_one(head)

    def test_who_may_only_look_at_accounts_takes_nothing_away(self, client, enrolled):
        clerk = User.objects.create_user("staf", is_staff=True)
        clerk.user_permissions.add(Permission.objects.get(codename="view_user"))
        client.force_login(clerk)
        self.remove(client, enrolled)
        assert second_factor.has_one(enrolled)

    def test_the_last_administrator_is_helped_by_a_command(self, enrolled, capsys):
        call_command("remove_second_factor", "siti")
        assert not second_factor.has_one(enrolled)
        call_command("remove_second_factor", "siti")
        assert capsys.readouterr().out.splitlines()[1] == "This account has no second factor."
        with pytest.raises(CommandError, match="budi"):
            call_command("remove_second_factor", "budi")

    def test_keys_and_sessions_are_on_no_page_of_the_administration(self, client, enrolled):
        client.force_login(User.objects.create_superuser("kepala"))
        for address in ("mfa/authenticator/", "usersessions/usersession/", "account/emailaddress/"):
            assert client.get(f"/admin/{address}").status_code == 404
