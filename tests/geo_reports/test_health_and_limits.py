"""Liveness, limits and settings that fail loudly."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import RequestFactory

from geo_reports import checks, settings
from geo_reports.models import Throttle
from geo_reports.pages import health
from geo_reports.pages.client import is_over_limit


def test_healthz_names_the_postgis_it_found(db, client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["postgis"].startswith("3")


def test_healthz_says_so_when_the_database_is_away(client, monkeypatch):
    class Away:
        def cursor(self):
            raise DatabaseError("connection refused at 10.0.0.5")

    monkeypatch.setattr(health, "connection", Away())
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "10.0.0.5" not in answer.content.decode()


def test_the_limit_counts_per_client_and_per_action(db):
    budi, siti = (RequestFactory().get("/", REMOTE_ADDR=address) for address in ("10.0.0.1", "10.0.0.2"))
    assert [is_over_limit(budi, "report", 2) for _ in range(3)] == [False, False, True]
    assert not is_over_limit(siti, "report", 2)
    assert not is_over_limit(budi, "search", 2)


def test_a_client_cannot_hide_behind_a_forged_header(db, settings):
    settings.CLIENT_IP_HEADER = "HTTP_X_FORWARDED_FOR"
    hits = [
        is_over_limit(RequestFactory().get("/", headers={"x-forwarded-for": f"{forged}, 10.0.0.9"}), "report", 1)
        for forged in ("1.1.1.1", "2.2.2.2")
    ]
    assert hits == [False, True]


def test_addresses_are_stored_only_as_keyed_hashes_of_the_hour(db):
    Throttle.hit("report", "10.0.0.1")
    assert "10.0.0.1" not in str(Throttle.objects.values().get())


def test_a_switch_that_is_neither_0_nor_1_stops_the_start(monkeypatch):
    monkeypatch.setenv("DEBUG", "yes")
    with pytest.raises(ImproperlyConfigured, match="DEBUG must be 0 or 1"):
        settings.env_bool("DEBUG", default=False)


def test_a_missing_secret_is_named_with_what_to_do(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        settings.env_required("SECRET_KEY", "Set your own.")


def test_demo_mode_is_reported_by_the_deployment_check(settings):
    settings.DEMO = True
    assert [message.id for message in checks.demo_is_off(None)] == ["geo_reports.W001"]
    settings.DEMO = False
    assert checks.demo_is_off(None) == []


def test_missing_browser_parts_and_city_are_reported(settings, tmp_path):
    settings.NODE_MODULES = settings.FIXTURES_DIR = tmp_path
    assert [message.id for message in checks.browser_parts_are_installed(None)] == ["geo_reports.W002"]
    assert [message.id for message in checks.city_fixtures_exist(None)] == ["geo_reports.E001"]
