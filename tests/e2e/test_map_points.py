"""Reports on the map: from the city down to one report, by mouse and by keyboard, and the way back."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ReportFactory

CLUSTER = ".leaflet-marker-pane .cluster"
PIN = ".leaflet-marker-pane .pin"
AREA = 'path[data-area="{}"]'
SAME_PLACE = (10.0130, 0.0030)
PAIR = ((10.0170, 0.0070), (10.0174, 0.0070))
COUNTED = """() => [...document.querySelectorAll(".leaflet-marker-pane [role=button]")]
  .reduce((sum, node) => sum + Number(node.innerText || 1), 0)"""


@pytest.fixture
def lively_map(toy_site) -> list[str]:
    """Seven reports with a point in Timur Selatan, one more in Barat; the codes of three at one place, newest first."""
    for place in PAIR:
        _report(place, status=Status.DONE, category_id="garbage")
    _report((10.0110, 0.0090))
    _report((10.0190, 0.0010), status=Status.WAITING)
    _report((10.0050, 0.0050), kelurahan_id="99.02.1001")
    there = [_report(SAME_PLACE, status=status) for status in (Status.FORWARDED, Status.IN_PROGRESS, Status.DONE)]
    return [report.code for report in there][::-1]


def _report(place: tuple[float, float], **fields: object):
    return ReportFactory(point=Point(*place, srid=4326), **fields)


def counted(page: Page, n: int) -> None:
    page.wait_for_function(f"() => ({COUNTED})() === {n}")


def test_from_the_city_down_to_one_report_and_back(open_browser, lively_map):
    page = open_browser(DESKTOP)
    page.goto("/")
    expect(page.locator(AREA.format("99.02"))).to_have_attribute("aria-label", re.compile("Barat: 1 "))

    page.locator(AREA.format("99.01")).click()
    expect(page.locator(AREA.format("99.01.1001"))).to_have_attribute(
        "aria-label", re.compile("Timur: 4 laporan terbuka. 7")
    )
    expect(page.locator("#judul-daftar")).to_contain_text("7 laporan")
    page.locator(AREA.format("99.01.1001")).click()
    expect(page).to_have_url(re.compile(r"kelurahan=99\.01\.1001"))
    counted(page, 7)

    page.go_back()
    expect(page.locator("#jejak [aria-current]")).to_have_text("Kec. Timur")
    expect(page.locator(AREA.format("99.01.1002"))).to_have_class(re.compile(r"area--\d"))
    page.go_back()
    expect(page.locator(AREA.format("99.02"))).to_be_visible()
    expect(page.locator("#judul-daftar")).to_contain_text("8 laporan")


def test_a_circle_zooms_to_what_it_holds(open_browser, lively_map):
    page = open_browser(DESKTOP)
    page.goto("/?kelurahan=99.01.1001")
    pair = page.locator(f'{CLUSTER}[aria-label^="2 laporan"]')
    expect(pair).to_have_attribute("aria-label", re.compile("2 laporan, 0 terbuka: 2 Selesai"))
    pair.click()
    expect(page.locator(f'{PIN}[aria-label^="Sampah. Selesai"]')).to_have_count(2)
    expect(page.locator("#legenda")).to_contain_text("2 laporan di layar")


def test_reports_at_one_place_are_listed_with_their_numbers_by_status(open_browser, lively_map):
    page = open_browser(PHONE)
    page.goto("/?kelurahan=99.01.1001")
    page.locator(f'{CLUSTER}[aria-label^="3 laporan"]').click()
    card = page.get_by_role("dialog", name="3 laporan di titik ini")
    expect(card.locator(".status-counts")).to_contain_text("Diteruskan")
    links = card.locator(".map-card__list a")
    assert [link.get_attribute("href") for link in links.all()] == [f"/laporan/{code}/" for code in lively_map]


def test_everything_goes_by_keyboard_and_the_focus_comes_back(open_browser, lively_map):
    page = open_browser(DESKTOP)
    page.goto("/?kelurahan=99.01.1001")
    counted(page, 7)
    # In reading order: from north to south.
    spoken = [node.get_attribute("aria-label") for node in page.locator(".leaflet-marker-pane [role=button]").all()]
    assert [label.split()[0] for label in spoken] == ["Jalan", "2", "3", "Jalan"]
    page.locator(PIN).first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    group = page.locator(f'{CLUSTER}[aria-label^="3 laporan"]')
    expect(group).to_be_focused()
    expect(page.get_by_role("tooltip").filter(has_text="3 laporan")).to_contain_text("Diproses")

    page.keyboard.press("Enter")
    expect(page.locator(".map-card__list a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup-content")).to_have_count(0)
    expect(group).to_be_focused()

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(PIN)).to_have_count(2)
    expect(page.locator(f"{PIN}:focus")).to_have_count(1)


def test_the_legend_counts_what_is_in_the_window(open_browser, lively_map):
    page = open_browser(DESKTOP)
    page.goto("/?kelurahan=99.01.1001")
    rows = page.locator("#legenda .status-counts li")
    expect(rows).to_have_count(4)
    assert {row.inner_text().split("\n")[0]: row.inner_text().split("\n")[-1] for row in rows.all()} == {
        "Menunggu verifikasi": "1",
        "Diteruskan": "2",
        "Diproses": "1",
        "Selesai": "3",
    }


def test_the_card_of_a_place_goes_on_to_its_last_report(open_browser, lively_map):
    ReportFactory.create_batch(20, point=Point(*SAME_PLACE, srid=4326))
    page = open_browser(PHONE)
    page.goto("/?peta=19/0.00300/10.01300")
    page.locator(f'{CLUSTER}[aria-label^="23 laporan"]').click()
    card = page.get_by_role("dialog", name="23 laporan di titik ini")
    entries = card.locator(".map-card__list a")
    expect(entries).to_have_count(20)
    card.get_by_role("button", name="dan 3 laporan lain").click()
    expect(entries).to_have_count(23)
    expect(entries.nth(20)).to_be_focused()
    expect(card.get_by_role("button", name="laporan lain")).to_be_hidden()
    assert {entry.get_attribute("href").split("/")[-2] for entry in entries.all()} >= set(lively_map)


def test_zooming_in_by_hand_shows_the_smaller_areas_and_out_again_the_larger(open_browser, lively_map):
    page = open_browser(DESKTOP)
    page.goto("/")
    larger, smaller = page.locator(AREA.format("99.01")), page.locator(AREA.format("99.01.1001"))
    expect(larger).to_have_class(re.compile(r"area--\d"))
    for _ in range(2):
        page.get_by_role("button", name="Perbesar", exact=True).click()
        page.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")
    expect(smaller).to_have_class(re.compile(r"area--\d"))
    expect(larger).to_have_count(0)
    expect(page.locator("path.area-edge")).to_have_count(2)
    expect(page.locator("#judul-daftar")).to_contain_text("8 laporan")
    for _ in range(2):
        page.get_by_role("button", name="Perkecil", exact=True).click()
        page.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")
    expect(larger).to_have_class(re.compile(r"area--\d"))
    expect(smaller).to_have_count(0)
