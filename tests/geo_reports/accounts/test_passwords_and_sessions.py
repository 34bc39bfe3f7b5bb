"""Forgotten and changed passwords; the devices an account is used on."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as project
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from geo_reports.templatetags.account_words import device
from tests.authenticator import code_at
from tests.geo_reports.accounts.conftest import PASSWORD, SECRET, is_signed_in, type_code, type_password, words

pytestmark = pytest.mark.django_db

NEW = "lebih panjang dan baru 3"
SENT = "/petugas/masuk/lupa-sandi/terkirim/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


def ask(client, address: str):
    return client.post("/petugas/masuk/lupa-sandi/", {"email": address})


def link() -> str:
    """The path of the link in the last mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/petugas/masuk/sandi-baru/\S+)", mail.outbox[-1].body)[1]


def choose(client, address: str, password: str = NEW):
    """Open the link, type a new password twice."""
    form = client.get(address, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def change(client, old: str = PASSWORD, new: str = NEW):
    return client.post("/petugas/akun/sandi/", {"oldpassword": old, "password1": new, "password2": new})


class TestForgottenPassword:
    def test_a_link_comes_by_mail_and_makes_a_new_password(self, client, person):
        assert ask(client, "SITI@example.org").url == SENT
        letter = mail.outbox[0]
        assert (letter.subject, letter.to) == ("[Smart Contoh] Tautan untuk kata sandi baru", ["siti@example.org"])
        assert "akun siti" in letter.body
        assert letter.alternatives == []
        assert choose(client, link()).url == "/petugas/masuk/"
        type_password(client, password=NEW)
        assert is_signed_in(client)
        assert mail.outbox[-1].subject == "[Smart Contoh] Kata sandi Anda diganti"

    def test_the_link_works_once(self, client, person):
        ask(client, "siti@example.org")
        address = link()
        choose(client, address)
        assert "Tautan ini tidak berlaku lagi" in client.get(address, follow=True).content.decode()

    def test_a_new_password_ends_all_sessions(self, browser, person):
        elsewhere, here = browser(), browser()
        type_password(elsewhere)
        ask(here, "siti@example.org")
        choose(here, link())
        assert not is_signed_in(elsewhere)

    def test_a_new_password_is_not_a_way_around_the_second_factor(self, client, enrolled):
        ask(client, "siti@example.org")
        choose(client, link())
        assert not is_signed_in(client)
        type_password(client, password=NEW)
        assert not is_signed_in(client)
        type_code(client, code_at(SECRET))
        assert is_signed_in(client)

    def test_an_account_whose_owner_never_had_a_password_gets_its_first_this_way(self, client, person):
        person.set_unusable_password()
        person.save()
        ask(client, "siti@example.org")
        choose(client, link())
        type_password(client, password=NEW)
        assert is_signed_in(client)

    def test_known_and_unknown_addresses_are_answered_alike(self, client, person):
        pages = []
        for address in ("siti@example.org", "tidak-ada@example.org"):
            answer = ask(client, address)
            pages.append((answer.status_code, answer.url, words(client.get(answer.url))))
        assert pages[0] == pages[1]
        assert len(mail.outbox) == 1

    def test_the_request_only_queues_for_known_and_unknown(self, client, person, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        for address in ("siti@example.org", "tidak-ada@example.org"):
            assert ask(client, address).url == SENT
        assert mail.outbox == []

    def test_a_closed_account_gets_no_mail(self, client, person):
        User.objects.update(is_active=False)
        assert ask(client, "siti@example.org").url == SENT
        assert mail.outbox == []

    def test_an_address_that_was_changed_gets_no_link_any_more(self, client, person):
        ask(client, "siti@example.org")
        address = link()
        person.email = "baru@example.org"
        person.save()
        assert "tidak berlaku lagi" in client.get(address, follow=True).content.decode()
        ask(client, "siti@example.org")
        assert len(mail.outbox) == 1

    def test_nobody_is_buried_in_mails(self, client, person):
        answers = [ask(client, "siti@example.org").status_code for _ in range(11)]
        assert answers == [302] * 10 + [429]
        others = [ask(Client(REMOTE_ADDR=f"198.51.100.{n}"), "siti@example.org").status_code for n in range(21)]
        assert others == [302] * 19 + [429] * 2  # thirty in an hour, with the eleven above
        assert len(mail.outbox) == 29

    @pytest.mark.parametrize("address", ["1-x", "zzzzzzzzzzzzzz-abc-def", "0-set-password", "1-%00", "1z141z3-a-b"])
    def test_a_link_that_was_made_up_is_answered_in_words(self, client, toy_city, address):
        response = client.get(f"/petugas/masuk/sandi-baru/{address}/", follow=True)
        assert response.status_code == 200
        assert "Tautan ini tidak berlaku lagi" in response.content.decode()


class TestChangedPassword:
    def test_other_sessions_end_and_this_one_stays(self, browser, person):
        elsewhere, here = browser(), browser(PHONE)
        for client in (elsewhere, here):
            type_password(client)
        assert change(here).status_code == 302
        assert (is_signed_in(elsewhere), is_signed_in(here)) == (False, True)
        assert "Akun Anda tidak sedang masuk di perangkat lain" in here.get("/petugas/akun/sesi/").content.decode()
        assert mail.outbox[0].subject == "[Smart Contoh] Kata sandi Anda diganti"

    def test_it_takes_the_old_one_which_cannot_be_guessed_without_end(self, client, person):
        client.force_login(person)
        answers = [change(client, f"salah {n}").status_code for n in range(11)]
        assert answers == [200] * 10 + [429]
        assert change(client).status_code == 429

    @pytest.mark.parametrize("new", ["pendek7", "password", "1234567890123", "siti1234"])
    def test_a_weak_password_is_refused(self, client, person, new):
        person.username = "siti123"
        person.save()
        client.force_login(person)
        page = change(client, new=new)
        assert page.status_code == 200
        assert 'class="error"' in page.content.decode()

    def test_the_hint_speaks_of_the_rules_that_hold(self):
        rules = [rule["NAME"].rpartition(".")[2] for rule in project.AUTH_PASSWORD_VALIDATORS]
        assert rules == [
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        ]
        assert not [rule for rule in project.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in rule]


class TestDevices:
    def test_the_list_names_the_devices_and_this_one(self, browser, person):
        phone, desk = browser(PHONE), browser()
        for client in (phone, desk):
            type_password(client)
        page = desk.get("/petugas/akun/sesi/").content.decode()
        assert re.findall(r"<strong>(.+?)</strong>", page)[-2:] == ["Chrome, Android", "Chrome, Linux"]
        assert page.count("Perangkat ini") == 1
        assert page.index("Chrome, Linux") < page.index("Perangkat ini")

    def test_no_address_of_a_device_is_kept(self, person):
        client = Client(REMOTE_ADDR="198.51.100.7")
        type_password(client)
        assert set(UserSession.objects.values_list("ip", flat=True)) == {"::"}

    def test_all_others_are_signed_out_at_once(self, browser, person):
        others, here = [browser(PHONE), browser()], browser()
        for client in (*others, here):
            type_password(client)
        assert here.post("/petugas/akun/sesi/").url == "/petugas/akun/sesi/"
        assert [is_signed_in(client) for client in (*others, here)] == [False, False, True]
        assert UserSession.objects.count() == 1

    def test_the_sessions_of_others_are_not_touched(self, browser, person):
        stranger = browser()
        User.objects.create_user("budi", password=PASSWORD)
        type_password(stranger, "budi")
        here = browser()
        type_password(here)
        here.post("/petugas/akun/sesi/")
        assert is_signed_in(stranger)

    def test_leaving_ends_the_session_on_the_server(self, client, person):
        type_password(client)
        cookie = client.cookies["sessionid"].value
        client.post("/petugas/keluar/")
        client.cookies["sessionid"] = cookie
        assert not is_signed_in(client)

    def test_a_session_in_use_is_noted_every_five_minutes(self, client, person):
        type_password(client)
        now = timezone.now()
        for age, is_noted in ((timedelta(minutes=4), False), (timedelta(minutes=6), True)):
            UserSession.objects.update(last_seen_at=now - age)
            client.get("/petugas/")
            assert (UserSession.objects.get().last_seen_at >= now) is is_noted

    @pytest.mark.parametrize(
        ("user_agent", "name"),
        [
            (PHONE, "Chrome, Android"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPhone"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:131.0) Firefox/131.0", "Firefox, Mac"),
            (
                "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/23.0 Chrome/115.0 Safari",
                "Samsung Internet, Android",
            ),
            ("curl/8.0", "Perangkat tidak dikenal"),
            ("", "Perangkat tidak dikenal"),
        ],
    )
    def test_a_browser_is_called_as_people_call_it(self, user_agent, name):
        assert device(user_agent) == name
