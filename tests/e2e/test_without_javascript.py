"""Where a form can, the site works without JavaScript: map as a table, report by kelurahan, filters by form."""

import re

from playwright.sync_api import expect

from geo_reports.models import Report
from tests.factories import ReportFactory
from tests.pictures import picture


def test_a_report_with_a_photo_is_sent_from_a_plain_form(toy_site, open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/lapor/")
    page.locator("#foto-plain").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.get_by_label("Kelurahan", exact=True).select_option("99.02.1001")
    page.get_by_label("Alamat atau patokan").fill("depan musala")
    page.get_by_label("Apa yang terjadi?").fill("Lubang besar di tikungan")
    page.locator("label.tile", has_text="Jalan berlubang").click()
    page.get_by_role("button", name="Kirim").click()
    expect(page).to_have_url(re.compile(r"/laporan/KC-\w{6}/\?kunci="))
    report = Report.objects.get()
    assert (report.kelurahan_id, report.placement, report.photos.count()) == ("99.02.1001", "chosen", 1)


def test_a_mistake_keeps_what_was_typed(toy_site, open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/lapor/")
    page.get_by_label("Apa yang terjadi?").fill("Lubang besar di tikungan")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_label("Apa yang terjadi?")).to_have_value("Lubang besar di tikungan")
    expect(page.get_by_text("Pilih jenis masalahnya").first).to_be_visible()
    assert not Report.objects.exists()
    open_browser.troubles.clear()  # the 422 that this is about


def test_the_map_is_a_table_and_a_list(toy_site, open_browser):
    report = ReportFactory()
    page = open_browser(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("row", name=re.compile("Timur"))).to_contain_text("1")
    expect(page.locator(f"a[href*='{report.code}']").first).to_be_visible()
