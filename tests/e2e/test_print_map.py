"""The map on paper: one page with title, filter in words, map, legend and table, and nothing to press."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ReportFactory


@pytest.fixture
def reports(toy_site):
    ReportFactory.create_batch(3)
    ReportFactory(kelurahan_id=None, point=None, placement="none", agency_id=None)


# The map is drawn again after the print, which takes some frames.
COMES_BACK = """async before => {
    for (let frame = 0; frame < 600; frame++) {
        const box = document.querySelector('path[data-area="99.01"]')?.getBoundingClientRect()
        if (box && ["x", "y", "width", "height"].every(side => Math.abs(box[side] - before[side]) <= 1)) return true
        await new Promise(requestAnimationFrame)
    }
    return false
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_fits_one_page_and_the_screen_is_as_before(reports, open_browser, viewport):
    page = open_browser(viewport)
    page.goto("/?kategori=pothole")
    expect(page.locator('path[data-area="99.01"]')).to_be_attached()
    page.wait_for_load_state("networkidle")
    before = page.locator('path[data-area="99.01"]').evaluate("path => path.getBoundingClientRect().toJSON()")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert page.evaluate(COMES_BACK, before)
    expect(page.locator(".area-table")).not_to_have_attribute("open", "")
    expect(page).to_have_url(re.compile(r"\?kategori=pothole$"))


def test_it_says_in_words_what_is_shown_and_where_the_rest_is(reports, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?kategori=pothole&status=open")
    expect(page.locator('path[data-area="99.01"]')).to_be_attached()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Peta laporan warga Kota Contoh")).to_be_visible()
    expect(page.get_by_text("Saringan: Jalan berlubang; Masih terbuka")).to_be_visible()
    expect(page.locator(".latest__rest")).to_contain_text("1 tanpa lokasi")
    expect(page.locator(".area-table tfoot")).to_contain_text("Seluruhnya")
    expect(page.locator(".legend__name")).to_have_text("Laporan terbuka")
    expect(page.locator(".legend__name")).to_be_visible()
    for hidden in (".map-filters", ".map-tools", "#garis-waktu", ".site-header", ".latest__cards", "#ukuran"):
        expect(page.locator(hidden)).to_be_hidden()


def test_the_button_prints(reports, open_browser):
    page = open_browser(PHONE)
    page.add_init_script("window.print = () => { window.wasPrinted = true; }")
    page.goto("/")
    page.get_by_role("button", name="Cetak atau pasang peta").click()
    page.get_by_role("button", name="Cetak", exact=True).click()
    assert page.evaluate("window.wasPrinted")
    expect(page.locator("#cetak-pasang")).to_be_hidden()
