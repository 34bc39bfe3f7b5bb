"""What strangers do to the request around the form: encodings, cookies, sizes, methods, addresses to go to."""

import pytest
from django.test import Client
from django.urls import reverse

from geo_reports import wsgi
from geo_reports.models import Report
from geo_reports.pages.envelope import Utf8Only
from tests.bad_input.sending import form_data, send
from tests.pictures import picture, upload

CHARSETS = ["zlib", "hex", "rot13", "undefined", "idna", "punycode", "unicode_escape", "utf-16", "utf-7", "naga"]
FORMS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]


@pytest.fixture
def over_wsgi(toy_city) -> Client:
    """A browser before the WSGI layer, which Django's test client leaves out."""
    client = Client()
    django = client.handler
    client.handler = lambda environ: Utf8Only(lambda sound, _: django(sound))(environ, None)
    return client


def test_the_server_runs_behind_the_layer_that_these_tests_try():
    assert isinstance(wsgi.application, Utf8Only)


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_search_is_read_as_utf8_whatever_encoding_it_claims(over_wsgi, charset):
    address = r"/laporan/?q=\ud800%C3%A9"
    response = over_wsgi.generic("GET", address, CONTENT_TYPE=f"text/plain; charset={charset}")
    assert response.status_code == 200
    assert r"\ud800é" in response.content.decode()


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("kind", FORMS)
def test_a_form_in_another_encoding_is_refused_in_words(over_wsgi, kind, charset):
    response = over_wsgi.generic("POST", "/lapor/", b"uraian=x", f"{kind}; charset={charset}")
    assert response.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in response.content.decode()


@pytest.mark.parametrize("charset", ["UTF-8", '"utf-8"', "us-ascii"])
@pytest.mark.parametrize("kind", FORMS)
def test_a_form_that_says_utf8_is_read(over_wsgi, kind, charset):
    body = (
        b"--x\r\nContent-Disposition: form-data; name=nama\r\n\r\nSiti\r\n--x--"
        if kind.endswith("=x")
        else b"nama=Siti"
    )
    response = over_wsgi.generic("POST", "/lapor/", body, f"{kind}; charset={charset}")
    assert response.status_code == 422
    assert 'value="Siti"' in response.content.decode()


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language"])
@pytest.mark.parametrize("address", ["/", "/lapor/", "/petugas/"])
def test_a_null_character_in_a_cookie_is_nobodys_session(toy_city, name, address):
    response = Client(headers={"cookie": f'{name}="aaaaaaaa\\000"'}).get(address)
    assert response.status_code in {200, 302}


@pytest.mark.parametrize(
    "address", ["/admin/geo_reports/report/?visibility__exact=%00", "/admin/geo_reports/report/?q=%00"]
)
def test_a_null_character_in_an_address_of_the_administration_is_refused_in_words(admin_client, toy_city, address):
    response = admin_client.get(address)
    assert response.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in response.content.decode()


def test_a_body_larger_than_a_report_can_be_is_refused_before_it_is_read(visitor):
    response = visitor.post(reverse("reports:new"), form_data({}), headers={"content-length": "90000000"})
    assert response.status_code == 413
    assert "terlalu besar" in response.content.decode()


def test_thirty_photos_at_once_are_refused_with_the_number_that_is_allowed(visitor):
    response = visitor.post(reverse("reports:new"), form_data({"foto": [upload(picture()) for _ in range(30)]}))
    assert response.status_code == 413
    assert "4 foto" in response.content.decode()
    assert not Report.objects.exists()


def test_two_million_letters_are_refused_in_words(visitor):
    response = send(visitor, uraian="x" * 2_000_000)
    assert response.status_code == 413
    assert "terlalu besar" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize(
    "address", ["/", "/laporan/", "/laporan/rss/", "/lapor/", "/analitik/", "/export/reports.geojson", "/api/route"]
)
def test_other_methods_are_refused_in_words(visitor, method, address):
    response = getattr(visitor, method)(address)
    assert response.status_code == 405
    assert response.headers["Allow"]
    assert "tidak dapat dipakai dengan cara ini" in response.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "[::1", "127.0.0.1:x"])
def test_a_foreign_host_name_gets_no_page_and_no_link_to_itself(visitor, host):
    response = visitor.get("/laporan/rss/", headers={"host": host})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(visitor, to):
    response = visitor.post(reverse("set_language"), {"language": "en", "next": to})
    assert response.status_code == 302
    assert response.url == "/"


def test_the_language_cookie_is_as_careful_as_the_others(visitor):
    cookie = visitor.post(reverse("set_language"), {"language": "en"}).cookies["django_language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
