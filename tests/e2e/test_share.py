"""A view can be passed on: the address holds filter, area, measure and place, and shows the same again."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP
from tests.factories import ReportFactory

CLIPBOARD = ["clipboard-read", "clipboard-write"]
NONSENSE = ["x", "12/0", "99/0/0", "12/86/0", "%00", "<script>alert(1)</script>", "9" * 10_000, "12/40/40"]


@pytest.fixture
def reports(toy_site):
    ReportFactory()
    ReportFactory(kelurahan_id="99.02.1001", category_id="garbage", agency_id="clean")


def place_of(page, code="99.01"):
    """Where an area is drawn, in whole pixels: what must not change when a view is opened again."""
    selector = f'path[data-area="{code}"]'
    expect(page.locator(selector)).to_be_attached()
    page.wait_for_load_state("networkidle")
    # The map may draw its areas anew at any moment: look only while this one is there.
    box = "selector => document.querySelector(selector)?.getBoundingClientRect().toJSON()"
    found = page.wait_for_function(box, arg=selector).json_value()
    return {side: round(length) for side, length in found.items()}


def move(page):
    """Drag the map by hand."""
    page.mouse.move(700, 300)
    page.mouse.down()
    page.mouse.move(640, 360, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"peta=[\d.]+/-?[\d.]+/-?[\d.]+$"))


def test_the_address_of_this_view_is_copied_and_shows_the_same(reports, open_browser):
    page = open_browser(DESKTOP, permissions=CLIPBOARD)
    page.goto("/?kategori=pothole&ukuran=all")
    place_of(page)
    move(page)
    before = place_of(page)
    page.get_by_role("button", name="Bagikan tampilan ini").click()
    expect(page.get_by_role("status").filter(has_text="sudah disalin")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/\?kategori=pothole&ukuran=all&peta=[\d.]+/-?[\d.]+/-?[\d.]+$", copied)
    page.goto(copied)
    after = place_of(page)
    assert all(abs(after[side] - before[side]) <= 1 for side in before)
    expect(page.get_by_label("Warna menunjukkan")).to_have_value("all")


def test_a_device_with_a_sheet_of_its_own_is_asked(reports, open_browser):
    page = open_browser()
    page.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page.goto("/?kecamatan=99.01")
    place_of(page, "99.01.1001")
    page.get_by_role("button", name="Bagikan tampilan ini").click()
    shared = page.evaluate("window.shared")
    assert re.search(r"\?kecamatan=99\.01&peta=[\d.]+/-?[\d.]+/-?[\d.]+$", shared["url"])


def test_a_filter_leaves_the_map_where_it_was_moved_and_another_area_is_shown_whole(reports, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/")
    place_of(page)
    move(page)
    before = place_of(page)
    page.get_by_text("Kategori", exact=True).first.click()
    page.get_by_label("Sampah", exact=True).check()
    expect(page).to_have_url(re.compile(r"kategori=garbage&peta="))
    assert place_of(page) == before
    page.keyboard.press("Escape")
    page.locator('path[data-area="99.02"]').press("Enter")
    expect(page).to_have_url(re.compile(r"\?kategori=garbage&kecamatan=99\.02$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"kategori=garbage&peta="))


@pytest.mark.parametrize("place", NONSENSE, ids=lambda place: place[:12])
def test_a_place_that_is_none_is_ignored(reports, open_browser, place):
    page = open_browser()
    response = page.goto(f"/?peta={place}")
    assert response.status == 200
    box = place_of(page)
    assert box["width"] > 50
    expect(page.locator("#catatan")).to_be_hidden()
