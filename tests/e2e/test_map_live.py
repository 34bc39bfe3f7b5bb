"""An open map picks up what is new, quietly, and says when it cannot."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.test_map_points import counted
from tests.factories import NOON, ReportFactory

LATER = NOON.replace(hour=9)
ASKED = ("ukuran.json", "bagian=daftar", ".mvt")
CARDS = "#isi-daftar .latest__cards > li"


@pytest.fixture
def open_map(toy_site, open_browser):
    """A page at Timur Selatan with twelve reports, whose clock the test turns."""
    for step in range(12):
        ReportFactory(point=Point(10.011 + step / 2000, 0.005, srid=4326))
    page = open_browser(DESKTOP)
    page.clock.install()
    page.goto("/?kelurahan=99.01.1001")
    counted(page, 12)
    return page


def test_new_reports_come_in_within_half_a_minute(open_map):
    page = open_map
    ReportFactory.create_batch(2, point=Point(10.015, 0.002, srid=4326), submitted_at=LATER)
    page.clock.run_for(25_000)
    expect(page.locator("#catatan")).to_have_text("2 laporan baru")
    expect(page.locator("#judul-daftar")).to_contain_text("14 laporan")
    expect(page.locator(CARDS)).to_have_count(14)
    counted(page, 14)


def test_the_months_count_what_came_in(open_map):
    page = open_map
    words = page.locator(".timeline__words")
    expect(words).to_contain_text("12 laporan, 12 terbuka")
    ReportFactory(submitted_at=LATER)
    page.clock.run_for(25_000)
    expect(page.locator("#judul-daftar")).to_contain_text("13 laporan")
    expect(words).to_contain_text("13 laporan, 13 terbuka")
    expect(page.locator(".timeline__most")).to_have_text("13")


def zoom_in(page) -> None:
    """All tiles of zoom 17 are here: what comes later is not on them."""
    with page.expect_response(re.compile(r"/17/\d+/\d+\.mvt\?")):
        page.get_by_role("button", name="Perbesar", exact=True).click()
        page.clock.run_for(1_000)
    expect(page).to_have_url(re.compile("peta=17/"))
    page.wait_for_load_state("networkidle")


def test_tiles_outside_the_window_do_not_stay_old(open_map):
    page = open_map
    zoom_in(page)
    report = ReportFactory(point=Point(10.015, 0.002, srid=4326), submitted_at=LATER)
    with page.expect_response(re.compile(r"\.mvt\?")):
        page.clock.run_for(25_000)
    pin = page.locator(f'.leaflet-marker-pane [aria-label$="{report.code}"]')
    expect(pin).to_have_count(1)
    # From here on the page waits in vain for what is new: whatever is seen comes because the map moved.
    page.route("**/ukuran.json*", lambda route: None)
    page.get_by_role("button", name="Perkecil", exact=True).click()
    page.clock.run_for(1_000)
    expect(page).to_have_url(re.compile("peta=16/"))
    expect(pin).to_have_count(1)


def test_tiles_are_not_old_where_the_map_moved_before_the_new_ones_had_come(open_map):
    page = open_map
    zoom_in(page)
    report = ReportFactory(point=Point(10.015, 0.002, srid=4326), submitted_at=LATER)
    page.route("**/*.mvt*", lambda route: None)
    with page.expect_request(re.compile(r"/17/\d+/\d+\.mvt\?")):
        page.clock.run_for(25_000)
    page.unroute("**/*.mvt*")
    page.route("**/ukuran.json*", lambda route: None)
    page.get_by_role("button", name="Perkecil", exact=True).click()
    page.clock.run_for(1_000)
    expect(page.locator(f'.leaflet-marker-pane [aria-label$="{report.code}"]')).to_have_count(1)


def test_the_list_is_not_moved_under_the_reader(open_map):
    page = open_map
    link = page.locator(f"{CARDS} >> nth=5").locator("a").first
    link.focus()
    before = link.bounding_box()["y"]
    page.evaluate("document.activeElement.isTheSame = true")
    ReportFactory(submitted_at=LATER)
    page.clock.run_for(25_000)
    expect(page.locator(CARDS)).to_have_count(13)
    assert page.evaluate("document.activeElement.isTheSame") is True
    assert page.evaluate("document.activeElement.getBoundingClientRect().y") == pytest.approx(before, abs=2)


def test_totals_list_and_tiles_are_asked_again_and_nothing_new_is_said_of_nothing_new(open_map):
    page = open_map
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(500):
        page.clock.run_for(1_000)
        if any(".mvt" in url for url in asked):
            break
    assert [part for part in ASKED if not any(part in url for url in asked)] == []
    assert page.locator("#catatan").is_hidden()
    counted(page, 12)


def test_a_page_that_nobody_looks_at_asks_nothing(open_map):
    page = open_map
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    page.clock.run_for(120_000)
    assert asked == []
    with page.expect_response(re.compile("ukuran.json")):
        page.evaluate("""() => {
          Object.defineProperty(document, "hidden", { value: false, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""")
        page.clock.run_for(1_000)


def test_old_data_is_called_old_until_something_answers(open_map, open_browser):
    page = open_map
    note = page.locator("#catatan")
    page.context.set_offline(True)
    for _ in range(500):
        page.clock.run_for(1_000)
        if "Data pukul" in note.inner_text():
            break
    expect(note).to_contain_text("Sambungan terputus. Data pukul")
    page.context.set_offline(False)
    for _ in range(500):
        page.clock.run_for(1_000)
        if note.is_hidden():
            break
    expect(note).to_be_hidden()
    counted(page, 12)
    open_browser.troubles.clear()  # failed requests are what this is about
