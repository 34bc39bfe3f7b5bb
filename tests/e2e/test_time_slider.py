"""Months above the map's edge: two handles choose from which to which, by key, mouse and finger."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import violations
from tests.factories import ReportFactory


@pytest.fixture
def months(toy_site):
    """January to April 2025: 1, 0, 2 and 3 reports."""
    for month, number in ((1, 1), (3, 2), (4, 3)):
        ReportFactory.create_batch(number, submitted_at=datetime(2025, month, 15, 5, tzinfo=UTC))


def handles(page):
    return page.get_by_role("slider", name="Dari bulan"), page.get_by_role("slider", name="Sampai bulan")


def words(page):
    return page.locator(".timeline__words")


def test_keys_choose_whole_months_and_the_way_back_is_one_press(months, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?kategori=pothole")
    first, last = handles(page)
    expect(words(page)).to_have_text("Dikirim semua waktu: 6 laporan, 6 terbuka")
    expect(first).to_have_attribute("aria-valuetext", "Januari 2025: 1 laporan, 1 terbuka")
    first.press("ArrowRight")
    first.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "Maret 2025: 2 laporan, 2 terbuka")
    last.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?kategori=pothole&dari=2025-03-01&sampai=2025-03-31$"))
    expect(words(page)).to_have_text("Dikirim Mar 2025: 2 laporan, 2 terbuka")
    expect(page.locator("#judul-daftar")).to_contain_text("2 laporan")
    page.get_by_role("button", name="Semua waktu").click()
    expect(page).to_have_url(re.compile(r"\?kategori=pothole$"))
    expect(words(page)).to_have_text("Dikirim semua waktu: 6 laporan, 6 terbuka")


def test_handles_stop_at_each_other_and_at_the_ends(months, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/")
    first, last = handles(page)
    expect(first).to_have_attribute("max", "3")
    last.press("Home")
    first.press("End")
    expect(first).to_have_value("0")
    expect(last).to_have_value("0")
    expect(page).to_have_url(re.compile(r"\?sampai=2025-01-31$"))


def test_days_of_the_address_are_shown_as_days(months, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?dari=2025-03-16&sampai=2025-04-20")
    expect(words(page)).to_have_text(re.compile("^Dikirim 16 Mar 2025 . 20 Apr 2025: 3 laporan, 3 terbuka$"))
    first, _last = handles(page)
    expect(first).to_have_attribute("aria-valuetext", "Maret 2025: 2 laporan, 2 terbuka")
    expect(page.locator('.timeline__bar[data-month="2"]')).to_have_attribute("data-chosen", "part")
    expect(page.locator('.timeline__bar[data-month="0"]')).to_have_attribute("data-chosen", "none")


def test_the_table_says_every_month(months, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/")
    rows = page.get_by_role("table", name="Laporan per bulan").get_by_role("row")
    expect(rows).to_have_text(
        ["BulanLaporanMasih terbuka", "Januari 202511", "Februari 202500", "Maret 202522", "April 202533"]
    )


def test_a_bar_is_a_month(months, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/")
    page.locator('.timeline__ground[data-month="2"]').click()
    expect(page).to_have_url(re.compile(r"\?dari=2025-03-01&sampai=2025-03-31$"))


def test_a_finger_drags_a_handle_on_a_phone(months, open_browser):
    page = open_browser(PHONE, has_touch=True)
    page.goto("/")
    button = page.get_by_role("button", name="Garis waktu")
    expect(page.locator("#garis-waktu")).to_be_hidden()
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "true")
    first, _last = handles(page)
    expect(first).to_have_attribute("max", "3")
    box, bars = first.bounding_box(), page.locator(".timeline__bars").bounding_box()
    start, y = box["x"] + 22, box["y"] + 30
    finger = page.context.new_cdp_session(page)
    for kind, x in (("touchStart", start), ("touchMove", start + 20), ("touchMove", start + bars["width"] / 2)):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).to_have_url(re.compile(r"\?dari=2025-03-01$"))
    first.press("Escape")
    expect(page.locator("#garis-waktu")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_filter_without_reports_says_so(months, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?kategori=social")
    expect(page.locator("#garis-waktu")).to_contain_text("Belum ada laporan untuk saringan ini.")


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["dark phone", "light desktop"]
)
def test_with_a_choice_there_is_no_violation(months, open_browser, settings, viewport, scheme):
    page = open_browser(viewport, color_scheme=scheme, bypass_csp=True)
    page.goto("/?dari=2025-03-01")
    if viewport is PHONE:
        page.get_by_role("button", name="Garis waktu").click()
    expect(words(page)).to_contain_text("sejak Mar 2025")
    assert violations(page, (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()) == []
