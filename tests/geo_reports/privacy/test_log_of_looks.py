"""The log of looks: administrators read it, nobody changes it, and what was seen is not in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin import site

from geo_reports.models import PersonalDataLook
from tests.factories import NOON, make_administrator, make_leader, make_officer, make_verifier
from tests.geo_reports.privacy.reporters import MAIL, NAME, reporter

ADDRESS = "/petugas/catatan-akses/"
pytestmark = pytest.mark.django_db


def looked(report, username: str, at: datetime = NOON, reason: str = "karena perlu sekali") -> PersonalDataLook:
    return PersonalDataLook.objects.create(
        report=report, username=username, role="verifier", what="identity", reason=reason, at=at
    )


@pytest.fixture
def reader(toy_city, client):
    client.force_login(make_administrator())
    return client


@pytest.mark.parametrize("maker", [make_verifier, make_officer, make_leader])
def test_only_administrators_read_it(toy_city, client, maker):
    client.force_login(maker())
    assert client.get(ADDRESS).status_code == 403


def test_it_tells_who_looked_at_what_and_why_but_not_what_they_saw(reader):
    report = reporter()
    looked(report, "andi")
    page = reader.get(ADDRESS).content.decode()
    for word in ("andi", report.code, "karena perlu sekali", "12 Mar 2025, 12.00 WIB", "Nama dan kontak pelapor"):
        assert word in page
    assert NAME not in page
    assert MAIL not in page


def test_it_is_narrowed_by_account_and_by_day_of_the_city(reader):
    report = reporter()
    looked(report, "andi", reason="alasan pertama")
    looked(report, "budi", reason="alasan kedua")
    # 23.30 UTC on the 11th is the 12th in the city.
    looked(report, "budi", datetime(2025, 3, 11, 23, 30, tzinfo=UTC), reason="alasan ketiga")
    looked(report, "budi", NOON + timedelta(days=1), reason="alasan keempat")

    def found(**query) -> list[str]:
        page = reader.get(ADDRESS, query).content.decode()
        return [word for word in ("pertama", "kedua", "ketiga", "keempat") if f"alasan {word}" in page]

    assert found() == ["pertama", "kedua", "ketiga", "keempat"]
    assert found(akun="andi") == ["pertama"]
    assert found(hari="2025-03-12") == ["pertama", "kedua", "ketiga"]
    assert found(akun="budi", hari="2025-03-12") == ["kedua", "ketiga"]


@pytest.mark.parametrize("query", [{"hari": "kemarin"}, {"akun": "siapa"}])
def test_a_filter_that_makes_no_sense_is_said(reader, query):
    response = reader.get(ADDRESS, query)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_it_comes_in_pages_at_the_same_cost(reader, django_assert_max_num_queries):
    report = reporter()
    for minute in range(60):
        looked(report, "andi", NOON + timedelta(minutes=minute))
    with django_assert_max_num_queries(14):
        first = reader.get(ADDRESS, {"akun": "andi"}).content.decode()
    assert "Halaman 1 dari 2" in first
    assert "akun=andi&amp;halaman=2" in first
    assert reader.get(ADDRESS, {"akun": "andi", "halaman": "2"}).content.decode().count("<tr>") == 11


def test_the_administration_has_no_page_where_it_could_be_edited():
    assert PersonalDataLook not in site._registry


@pytest.mark.parametrize(
    ("maker", "is_led"), [(make_administrator, True), (make_verifier, False), (make_leader, False)]
)
def test_the_desk_leads_administrators_there(toy_city, client, maker, is_led):
    client.force_login(maker())
    assert (f'href="{ADDRESS}"' in client.get("/petugas/").content.decode()) is is_led
