"""The page of an area in a browser: on paper it takes two sheets, and without scripts it says the same."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from geo_reports.models import Kecamatan, Kelurahan
from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ReportFactory


@pytest.fixture
def busy_site(toy_site) -> None:
    """Forty reports of the last 400 days, a third of them settled."""
    for number in range(40):
        at = timezone.now() - timedelta(days=10 * number)
        is_done = number % 3 == 0
        clocks = {"assigned__responded_at": at + timedelta(days=2)} if is_done else {}
        ReportFactory(submitted_at=at, status=Status.DONE if is_done else Status.FORWARDED, **clocks)


def sheets(page) -> list[str]:
    """The text of each sheet of paper."""
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/kecamatan/99.01/", "/kelurahan/99.01.1001/"])
def test_an_area_is_printed_on_two_sheets(busy_site, open_browser, address, scheme):
    page = open_browser(DESKTOP, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    found = sheets(page)

    assert 1 <= len(found) <= 2
    text = " ".join(found)
    assert "Laporan per bulan" in text
    assert "Arti angka dan sumber" in text
    assert "Batas ini indikatif" in text
    assert "Cetak" not in text
    assert page.url in text


def test_the_fullest_kecamatan_of_the_real_city_takes_two_sheets(real_city, open_browser):
    """Eleven kelurahan, and reports whose texts and chips are as long as those of a real day."""
    call_command("seed_demo", reports=600, seed=1, verbosity=0)
    fullest = max(Kecamatan.objects.all(), key=lambda area: Kelurahan.objects.filter(kecamatan=area).count())
    page = open_browser(PHONE)
    page.goto(f"/kecamatan/{fullest.code}/", wait_until="networkidle")
    found = sheets(page)

    assert len(found) == 2
    assert "DATA CONTOH" in found[0]
    for kelurahan in fullest.kelurahan.all():
        assert kelurahan.name in found[0]


def test_without_scripts_the_drawing_leads_to_a_kelurahan(busy_site, open_browser):
    page = open_browser(DESKTOP, java_script_enabled=False)
    page.goto("/kecamatan/99.01/?kategori=pothole")
    page.get_by_role("link", name="Timur Selatan: 26 terbuka").click()

    assert page.url.endswith("/kelurahan/99.01.1001/?kategori=pothole")
    assert page.get_by_role("heading", level=1).inner_text() == "Kelurahan Timur Selatan"
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()


def test_time_and_category_are_chosen_with_a_form_and_stay_in_the_address(busy_site, open_browser):
    page = open_browser(PHONE)
    page.goto("/kecamatan/99.01/")
    page.get_by_text("Pilih kategori dan waktu").click()
    page.get_by_label("Kategori", exact=True).select_option("garbage")
    page.get_by_role("button", name="Terapkan").click()

    page.wait_for_url("**/kecamatan/99.01/?kategori=garbage**")
    expect(page.get_by_text("Tidak ada laporan yang cocok dengan saringan ini.")).to_be_visible()
    page.get_by_role("link", name="Sampah hapus saringan ini").click()
    page.wait_for_url("**/kecamatan/99.01/?")


def test_with_scripts_a_map_that_moves_takes_the_place_of_the_drawing(busy_site, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/kecamatan/99.01/")
    page.locator("#peta .cluster").first.wait_for()

    assert page.locator("#peta .cluster__number").all_inner_texts() == ["40"]
    assert page.locator(".area-map__border").count() == 2
    expect(page.locator(".area-map__drawing")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".area-map__drawing")).to_be_visible()
    expect(page.locator("#peta")).to_be_hidden()


def test_when_the_borders_do_not_arrive_the_drawing_stays(busy_site, open_browser):
    page = open_browser(DESKTOP)
    page.route("**/peta/batas/**", lambda route: route.abort())
    page.goto("/kecamatan/99.01/")

    page.locator(".area-map__drawing").wait_for(state="visible")
    expect(page.locator("#peta")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    open_browser.troubles.clear()  # the failure that this is about
