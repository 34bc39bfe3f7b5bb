"""Colours say how many were completed in time, and where there are more reports than a year before; with words."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import violations
from tests.factories import ReportFactory

MINUS = "\N{MINUS SIGN}"
MARCH = "dari=2025-03-01&sampai=2025-03-31"


@pytest.fixture
def two_years(toy_site):
    """March 2024 and 2025: Timur Selatan 8 -> 10, Timur Utara 10 -> 5, Barat 2 -> 6."""
    for kelurahan, before, now in (("99.01.1001", 8, 10), ("99.01.1002", 10, 5), ("99.02.1001", 2, 6)):
        for year, number in ((2024, before), (2025, now)):
            ReportFactory.create_batch(
                number, kelurahan_id=kelurahan, submitted_at=datetime(year, 3, 15, 5, tzinfo=UTC)
            )


def area(page, code):
    return page.locator(f'path[data-area="{code}"]')


def test_the_trend_has_sign_word_colour_and_a_column(two_years, open_browser):
    page = open_browser(DESKTOP)
    page.goto(f"/?kecamatan=99.01&{MARCH}")
    page.get_by_label("Warna menunjukkan").select_option(label="Dibanding tahun lalu")
    expect(area(page, "99.01.1001")).to_have_class(re.compile(r"\barea--up-1\b"))
    expect(area(page, "99.01.1001")).to_have_attribute("aria-label", re.compile("naik 25% dibanding periode sama"))
    expect(area(page, "99.01.1002")).to_have_class(re.compile(r"\barea--down-2\b"))
    expect(area(page, "99.01.1002")).to_have_attribute("aria-label", re.compile("turun 50% dibanding periode sama"))
    expect(page.locator(".map-label__value")).to_have_text(["+25%", f"{MINUS}50%"])
    expect(page.locator(".legend__classes")).to_contain_text("Naik lebih dari 25%")
    page.locator(".area-table summary").click()
    expect(page.locator('tr[data-code="99.01.1002"] td').last).to_have_text(f"{MINUS}50%")
    expect(page.get_by_role("columnheader", name="Dibanding tahun lalu")).to_be_visible()


def test_too_few_a_year_before_is_hatched_with_the_reason(two_years, open_browser):
    page = open_browser(DESKTOP)
    page.goto(f"/?ukuran=trend&{MARCH}")
    expect(area(page, "99.02")).to_have_class(re.compile(r"\barea--none\b"))
    expect(area(page, "99.02")).to_have_attribute("fill", re.compile("^url"))
    expect(area(page, "99.02")).to_have_attribute("aria-label", re.compile("Terlalu sedikit laporan"))
    expect(page.locator(".legend__classes")).to_contain_text("Terlalu sedikit laporan")
    expect(page.locator('tr[data-code="99.02"] td').last).to_contain_text("Terlalu sedikit laporan")


def test_few_judged_reports_have_no_share_in_time(two_years, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?ukuran=on_time")
    expect(page.get_by_label("Warna menunjukkan")).to_have_value("on_time")
    expect(area(page, "99.02")).to_have_attribute("aria-label", re.compile("Terlalu sedikit laporan"))
    expect(page.locator(".legend__name")).to_have_text("Selesai tepat waktu")


def test_a_measure_that_does_not_exist_is_the_usual_one(two_years, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?ukuran=<script>alert(1)</script>")
    expect(page.get_by_label("Warna menunjukkan")).to_have_value("open")
    expect(area(page, "99.01")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light phone", "dark desktop"]
)
def test_the_trend_has_no_violation(two_years, open_browser, settings, viewport, scheme):
    page = open_browser(viewport, color_scheme=scheme, bypass_csp=True)
    page.goto(f"/?ukuran=trend&{MARCH}")
    expect(area(page, "99.02")).to_be_attached()
    assert violations(page, (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()) == []
