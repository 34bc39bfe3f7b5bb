"""The privacy notice says what the rules say, and admits what nobody has laid down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from geo_reports.models import City, RetentionRule

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page(client) -> str:
    response = client.get("/privasi/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_is_one_step_away_from_every_page_and_from_the_form(toy_city, client):
    for address in ("/", "/laporan/", "/lapor/", "/data-saya/"):
        assert 'href="/privasi/"' in client.get(address).content.decode()
    assert client.get("/lapor/").content.decode().count('href="/privasi/"') == 2
    assert 'href="/data-saya/"' in page(client)


def test_how_long_comes_from_the_rules_of_today(toy_city, client):
    old, now = TODAY - timedelta(days=100), TODAY - timedelta(days=10)
    RetentionRule.objects.create(what="identity", keep_days=11, source="lama", valid_from=old, valid_to=now)
    RetentionRule.objects.create(what="identity", keep_days=22, source="Perwal contoh", valid_from=now)
    RetentionRule.objects.create(what="originals", keep_days=730, valid_from=old)
    RetentionRule.objects.create(what="looks", keep_days=33, valid_from=TODAY + timedelta(days=1))
    text = page(client)
    assert "<td>22 hari</td>" in text
    assert "Sumber: Perwal contoh" in text
    assert "<td>2 tahun</td>" in text
    assert "11 hari" not in text
    assert "33 hari" not in text


def test_what_nobody_has_laid_down_is_said(toy_city, client):
    text = page(client)
    assert text.count("belum ditetapkan") == len(RetentionRule.What)
    assert "belum diisi oleh pemerintah kota" in text


def test_the_contact_comes_from_the_city(toy_city, client):
    City.objects.update(privacy_contact="Pejabat PDP, Jl. Contoh 1")
    assert "Pejabat PDP, Jl. Contoh 1" in page(client)
    assert "belum diisi" not in page(client)
