"""Reports per month, for the time filter's histogram."""

import pytest
from django.urls import reverse

from geo_reports.workflow import Status
from maps.grid import folding
from tests.factories import ReportFactory


def fetch(client, **query):
    return client.get(reverse("maps:history"), query).json()["bulan"]


@pytest.fixture
def months(toy_city):
    ReportFactory(submitted_at="2024-11-30T18:00:00Z", status=Status.DONE)  # 1 December in the city
    ReportFactory(submitted_at="2025-02-10T05:00:00Z")
    ReportFactory(submitted_at="2025-02-11T05:00:00Z", category_id="garbage", agency_id="clean")


def test_months_without_reports_are_there_too(client, months):
    expected = [
        {"bulan": "2024-12", "jumlah": 1, "terbuka": 0},
        {"bulan": "2025-01", "jumlah": 0, "terbuka": 0},
        {"bulan": "2025-02", "jumlah": 2, "terbuka": 2},
    ]
    assert fetch(client) == expected
    folding.fold()
    assert fetch(client) == expected


def test_the_range_of_days_does_not_narrow_it(client, months):
    assert len(fetch(client, dari="2025-02-10", sampai="2025-02-10")) == 3


@pytest.mark.parametrize("names", ["kategori", "skpd", "kategori skpd", "q skpd"])
def test_other_filters_do(client, months, names):
    values = {"kategori": "garbage", "skpd": "clean", "q": "lubang"}
    folding.fold()
    found = fetch(client, **{name: values[name] for name in names.split()})
    assert found == [{"bulan": "2025-02", "jumlah": 1, "terbuka": 1}]


def test_without_reports_there_are_no_months(client, toy_city):
    assert fetch(client) == []
