"""The search field suggests places and reports: by keyboard, by finger, and without scripts as before."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.test_accessibility import violations
from tests.factories import ReportFactory

FIELD = re.compile("Cari kelurahan")


@pytest.fixture
def report(toy_site):
    return ReportFactory(code="KC-7KX2QM")


def test_a_kelurahan_is_chosen_by_keyboard(report, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?kategori=pothole")
    field = page.get_by_role("combobox", name=FIELD)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("timur ut")
    option = page.get_by_role("option", name="Kel. Timur Utara, Kec. Timur")
    expect(option).to_be_visible()
    expect(page.locator("#jumlah-saran")).to_contain_text("2 saran")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"\?kategori=pothole&kecamatan=99\.01&kelurahan=99\.01\.1002$"))
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#jejak")).to_contain_text("Kel. Timur Utara")


def test_escape_closes_and_the_arrow_opens_again(report, open_browser):
    page = open_browser()
    page.goto("/")
    field = page.get_by_role("combobox", name=FIELD)
    field.press_sequentially("barat")
    expect(page.get_by_role("option")).to_have_count(4)
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("barat")
    field.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(4)


def test_a_report_number_goes_to_its_place_and_the_address_keeps_it(report, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/")
    page.get_by_role("combobox", name=FIELD).press_sequentially("kc7kx2qm")
    page.get_by_role("option", name=re.compile("KC-7KX2QM")).click()
    expect(page.get_by_role("link", name="Buka laporan")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?peta=17/0\.005/10\.015$"))


def test_the_card_of_a_report_closes_with_escape_and_the_field_has_the_focus_again(report, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/")
    field = page.get_by_role("combobox", name=FIELD)
    field.press_sequentially("kc7kx2qm")
    page.get_by_role("option", name=re.compile("KC-7KX2QM")).click()
    expect(page.get_by_role("dialog", name="Jalan berlubang")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(field).to_be_focused()


def test_any_other_words_search_the_texts(report, open_browser):
    page = open_browser()
    page.goto("/")
    page.get_by_role("combobox", name=FIELD).press_sequentially("musala")
    page.get_by_role("option", name="Laporan yang memuat “musala”").click()
    expect(page).to_have_url(re.compile(r"\?q=musala$"))
    expect(page.get_by_role("combobox", name=FIELD)).to_have_value("musala")


def test_the_open_list_has_no_violation(report, open_browser, settings):
    page = open_browser(bypass_csp=True)
    page.goto("/")
    page.get_by_role("combobox", name=FIELD).press_sequentially("timur")
    expect(page.get_by_role("option")).to_have_count(4)
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    assert violations(page, axe) == []


def test_without_scripts_it_is_a_plain_search_field(report, open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("tidak ada yang begini")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.get_by_text("Tidak ada laporan yang cocok")).to_be_visible()
