"""The waiting times of areas as data, for the map."""

import pytest
from django.urls import reverse

from tests.analytics.scattering import thirty_answered


@pytest.fixture
def reports(add):
    thirty_answered(add)


def test_an_unknown_level_is_refused(client, reports):
    assert client.get(reverse("analytics:areas") + "?level=rt").status_code == 400


def test_areas_have_medians_only_where_there_are_enough_answers(client, reports):
    areas = client.get(reverse("analytics:areas") + "?level=kecamatan").json()

    assert areas["77.01"] == {
        "n": 31, "open": 1, "median_days": 0.62, "low": 0.42, "high": 0.88, "reached": True, "few": False,
        "on_time": {"share": None, "low": None, "high": None, "n": 0, "few": True},
    }  # fmt: skip
    assert areas["77.02"] == {
        "n": 12, "open": 12, "median_days": None, "low": None, "high": None, "reached": False, "few": True,
        "on_time": {"share": None, "low": None, "high": None, "n": 0, "few": True},
    }  # fmt: skip
    assert areas[""]["n"] == 1


def test_who_has_the_waiting_times_of_the_areas_gets_no_body(client, reports):
    first = client.get("/analitik/wilayah.json")
    again = client.get("/analitik/wilayah.json", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
