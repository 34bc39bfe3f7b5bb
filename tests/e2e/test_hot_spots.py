"""The map of hot spots in a browser: drawn under the content policy, tied to its tables, reachable by keyboard."""

import pytest
from django.contrib.gis.geos import Point

from analytics.places import finding
from geo_reports.models import StatusChange
from geo_reports.workflow import Role, Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import NOON, ReportFactory


@pytest.fixture
def settled_site(toy_site) -> None:
    """One settled report, three new ones at its place, six elsewhere."""
    settled = ReportFactory(status=Status.DONE)
    StatusChange.objects.create(report=settled, to_status=Status.DONE, at=NOON, role=Role.OFFICER)
    ReportFactory.create_batch(3, submitted_at=NOON.replace(month=4))
    for number in range(6):
        ReportFactory(point=Point(10.002 + number / 1000, 0.012, srid=4326))
    assert sum(finding.find_all()) == 10


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_map_and_the_tables_show_the_same_places(settled_site, open_browser, viewport):
    page = open_browser(viewport)
    page.goto("/analitik/titik-rawan/?sel=semua")
    page.wait_for_selector("#peta-rawan[data-is-drawn]")
    row = page.locator("[data-cell]").first
    row.focus()

    assert page.locator("#peta-rawan .leaflet-container .hex--some").count() == page.locator("[data-cell]").count() > 1
    assert page.locator("#peta-rawan .hex.is-pointed-at").count() == 1
    assert page.locator("#peta-rawan .leaflet-marker-icon").count() == 0, "they would hide the hexagons"
    page.get_by_role("link", name="Tempat 1 di peta").focus()
    assert page.locator("#peta-rawan .spot.is-pointed-at").inner_text() == "1"
    assert page.locator("#peta-rawan .hex.is-pointed-at").count() == 0


def test_a_place_on_the_map_is_opened_by_keyboard(settled_site, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/analitik/titik-rawan/")
    page.wait_for_selector("#peta-rawan[data-is-drawn]")
    page.get_by_label("Tunjukkan juga tempat laporan kembali").check()
    marker = page.locator(".leaflet-marker-icon")
    marker.focus()
    marker.press("Enter")

    page.wait_for_function("document.activeElement.closest('#tempat-1') !== null")


def test_without_scripts_the_tables_stand_alone(settled_site, open_browser):
    page = open_browser(DESKTOP, java_script_enabled=False)
    page.goto("/analitik/titik-rawan/?sel=semua")

    assert not page.locator("#peta-rawan").is_visible()
    assert page.locator("[data-cell]").count() > 1
    page.locator("[data-cell]").first.click()
    assert "peta=15/" in page.url
