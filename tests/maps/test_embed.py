"""The map in a frame of another website: only this page may be framed, and it knows nobody."""

import re

import pytest
from django.core.checks import run_checks
from django.test import override_settings
from django.urls import reverse

from geo_reports.checks import framing_is_secure, framing_origins_are_origins
from tests.factories import make_officer

OTHER_PAGES = [
    "/",
    "/?embed=",
    "/?embed=0",
    "/?embed=2",
    "/laporan/?embed=1",
    "/lapor/?embed=1",
    "/petugas/masuk/?embed=1",
]


def ancestors(response) -> list[str]:
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if part.strip())
    return policy["frame-ancestors"].split()


def framed(client, **query):
    return client.get(reverse("home"), {"embed": "1"} | query)


def test_secure_websites_may_frame_it_unless_the_setting_says_otherwise(client, town):
    with override_settings(EMBED_ORIGINS=["https:"]):
        response = framed(client)
    assert ancestors(response) == ["'self'", "https:"]
    assert "X-Frame-Options" not in response


@override_settings(EMBED_ORIGINS=["https://kota.example", "https://*.kota.example"])
def test_the_setting_names_who_may(client, town):
    assert ancestors(framed(client)) == ["'self'", "https://kota.example", "https://*.kota.example"]
    assert "boleh dipasang di https://kota.example" in client.get("/").content.decode()


@override_settings(EMBED_ORIGINS=[])
def test_nobody_may_when_it_is_empty_and_no_code_is_offered(client, town):
    assert ancestors(framed(client)) == ["'self'"]
    assert "<iframe" not in client.get("/").content.decode().replace("&lt;", "<")


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_no_other_page_may_be_framed(client, town, address):
    response = client.get(address)
    assert ancestors(response) == ["'none'"]
    assert response["X-Frame-Options"] == "DENY"


def test_the_rest_of_the_policy_stays(client, town):
    with_frame, without = (client.get(address)["Content-Security-Policy"] for address in ("/?embed=1", "/"))
    cleaned = [
        re.sub(r"'nonce-[^']+'|frame-ancestors [^;]+", "", policy).split("; ") for policy in (with_frame, without)
    ]
    assert sorted(cleaned[0]) == sorted(cleaned[1])


def test_it_sets_no_cookie_and_knows_nobody(client, town):
    client.force_login(make_officer())
    response = framed(client)
    html = response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in html
    for part in ("site-header", "site-footer", "Meja petugas", "Masuk petugas", 'id="menu"'):
        assert part not in html


def test_links_open_outside_the_frame_and_lead_to_the_same_view(client, town):
    query = {"kategori": "pothole", "kecamatan": "99.01", "ukuran": "all", "peta": "14/0.005/10.015"}
    html = framed(client, **query).content.decode()
    assert '<base target="_top">' in html
    assert (
        'id="peta-lengkap" href="/?kategori=pothole&amp;kecamatan=99.01&amp;ukuran=all&amp;peta=14/0.005/10.015"'
        in html
    )
    assert "Buka peta lengkap" in html


def test_demo_data_say_so_in_the_frame_too(client, town):
    town.public[0].is_demo = True
    town.public[0].save()
    assert "Data contoh" in framed(client).content.decode()


def test_the_full_page_offers_the_code_of_what_it_shows(client, town):
    html = client.get("/", {"kategori": "pothole", "status": "open"}).content.decode()
    assert "src=&quot;http://testserver/?kategori=pothole&amp;amp;status=open&amp;amp;embed=1&quot;" in html


def test_an_impossible_filter_is_named_in_the_frame(client, town):
    response = framed(client, kategori="<script>alert(1)</script>")
    assert response.status_code == 400
    assert ancestors(response)[0] == "'self'"
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "place",
    ["x", "\0", "9" * 10_000, "<script>", "99/0/0", "12/86/0", "12/0/181", "12/0", "12/0/0/0", "١٢/0/0", "-1/0/0"],
)
def test_a_place_that_is_none_is_left_out(client, town, place):
    response = framed(client, peta=place)
    assert response.status_code == 200
    assert "peta=" not in response.content.decode()


@override_settings(EMBED_ORIGINS=["https://ok.example:8443", "https://*.ok.example", "https:", "http://kota.example"])
def test_sound_origins_pass_the_check(settings):
    assert framing_origins_are_origins(None) == []
    assert [message.id for message in framing_is_secure(None)] == ["geo_reports.W003"]


@pytest.mark.parametrize(
    "origin",
    ["kota.example", "https://kota.example/", "'self'", "*", "https://a;script-src *", "https://", "javascript:"],
)
def test_what_is_no_origin_stops_the_start(origin):
    with override_settings(EMBED_ORIGINS=[origin]):
        assert "geo_reports.E002" in [message.id for message in run_checks()]
