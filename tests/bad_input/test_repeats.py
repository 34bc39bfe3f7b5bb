"""The same again, too often, and at once."""

import uuid

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from geo_reports.models import Report
from geo_reports.pages.client import is_over_limit
from tests.bad_input.sending import send, send_as_script
from tests.factories import make_verifier
from tests.pictures import picture, upload

OTHER = "Sampah menumpuk di pinggir kali"


def test_another_text_under_the_same_submission_id_is_not_swallowed(visitor):
    same = str(uuid.uuid4())
    send(visitor, submission_id=same)
    page = send(visitor, submission_id=same, uraian=OTHER)
    first = Report.objects.get()
    assert page.status_code == 422
    assert first.code in page.content.decode()
    assert OTHER in page.content.decode()
    assert str(first.secret) not in page.content.decode()
    again = send(visitor, submission_id=page.context["submission_id"], uraian=OTHER)
    assert again.status_code == 302
    assert Report.objects.filter(text=OTHER).count() == 1


def test_a_script_gets_the_id_under_which_it_can_send_another_text(visitor):
    same = str(uuid.uuid4())
    send(visitor, submission_id=same)
    fresh = send_as_script(visitor, submission_id=same, kategori="garbage").json()["submission_id"]
    assert fresh != same
    assert send_as_script(visitor, submission_id=fresh, kategori="garbage").status_code == 201


def test_who_asks_again_whether_it_arrived_is_told_so_also_beyond_the_limit(visitor, settings):
    settings.REPORTS_PER_HOUR = 1
    same = str(uuid.uuid4())
    first, again = send(visitor, submission_id=same), send(visitor, submission_id=same)
    assert (again.status_code, again.url) == (302, first.url)
    assert send(visitor).status_code == 429


def test_pictures_are_not_decoded_for_nothing_without_end(visitor, settings):
    settings.REPORTS_PER_HOUR = 1
    answers = [send(visitor, uraian="", foto=upload(picture())).status_code for _ in range(12)]
    assert answers == [422] * 10 + [429] * 2


@pytest.mark.parametrize(
    ("other", "is_same"),
    [("2001:db8:0:1:ffff::2", True), ("2001:db8:0:2::1", False), ("10.0.0.1", False), ("bukan alamat", False)],
)
def test_addresses_that_one_customer_can_choose_from_count_as_one(db, other, is_same):
    requests = [RequestFactory().get("/", REMOTE_ADDR=address) for address in ("2001:db8:0:1::1", other)]
    assert [is_over_limit(request, "report", 1) for request in requests] == [False, is_same]


@pytest.fixture
def verifier_with_password(toy_city):
    user = make_verifier()
    user.set_password("benar sekali 7")
    user.save()
    return user


def sign_in(client, name, password):
    return client.post(reverse("desk:login"), {"login": name, "password": password})


def test_passwords_cannot_be_guessed_without_end(client, verifier_with_password):
    name = verifier_with_password.username
    answers = [sign_in(client, name, f"salah {n}").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]
    refused = sign_in(client, name.upper(), "benar sekali 7")
    assert refused.status_code == 429
    assert "Terlalu banyak percobaan" in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_others_can_still_sign_in_meanwhile(client, verifier_with_password):
    for n in range(11):
        sign_in(client, "orang lain", f"salah {n}")
    assert sign_in(client, verifier_with_password.username, "benar sekali 7").status_code == 302


def test_the_administration_has_no_second_door_for_guessing(client, toy_city):
    response = client.get("/admin/login/?next=/admin/geo_reports/")
    assert (response.status_code, response.url) == (302, "/petugas/masuk/?next=/admin/geo_reports/")
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code in {302, 405}


def test_signing_in_ends_the_session_that_was_given_before(client, verifier_with_password):
    before = Client().session.session_key or "a" * 32
    client.cookies["sessionid"] = before
    sign_in(client, verifier_with_password.username, "benar sekali 7")
    assert client.cookies["sessionid"].value != before
