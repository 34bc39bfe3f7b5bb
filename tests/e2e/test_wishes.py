"""Who may know: chosen on a phone, kept in the draft, sent; and a reporter who erases the own data."""

import re

from playwright.sync_api import expect

from geo_reports.models import Report
from tests.e2e.conftest import PHONE

# Resolves when the draft is written, a moment after the last keystroke; the first one makes its database.
DRAFT_IS_KEPT = """async () => {
  const result = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  for (;;) {
    if ((await indexedDB.databases()).some(({name}) => name === "report-draft")) {
      const database = await result(indexedDB.open("report-draft"));
      const draft = await result(database.transaction("report-draft").objectStore("report-draft").get("current"));
      database.close();
      if (draft?.isConfidential) return;
    }
    await new Promise(requestAnimationFrame);
  }
}"""


def test_a_wish_survives_a_reload_and_arrives(toy_site, open_browser):
    page = open_browser(PHONE)
    page.goto("/lapor/")
    name = page.get_by_label("Nama", exact=False).and_(page.locator("#nama"))
    expect(name).to_be_hidden()
    page.get_by_label("Apa yang terjadi?").fill("Pungli di loket nomor tiga")
    page.get_by_label("Tampilkan nama saya").check()
    name.fill("Siti")
    page.get_by_label("Rahasia").check()
    page.evaluate(DRAFT_IS_KEPT)
    page.reload()
    expect(page.get_by_label("Tampilkan nama saya")).to_be_checked()
    expect(page.get_by_label("Rahasia")).to_be_checked()
    expect(name).to_have_value("Siti")
    page.get_by_label("Anonim").check()
    expect(name).to_be_visible()  # what was typed is not sent unseen
    page.locator("label.tile", has_text="Jalan berlubang").click()
    page.locator("#by-hand > summary").click()
    page.get_by_label("Kelurahan", exact=True).select_option("99.02.1001")
    page.get_by_role("button", name=re.compile("Kirim")).click()
    expect(page).to_have_url(re.compile(r"/laporan/KC-\w{6}/\?kunci="))
    expect(page.get_by_text("Laporan ini rahasia")).to_be_visible()
    report = Report.objects.get()
    assert (report.is_anonymous, report.visibility, report.reporter_name) == (True, "confidential", "Siti")


def test_without_a_script_everything_can_be_corrected_and_erased(toy_site, open_browser):
    page = open_browser(PHONE, java_script_enabled=False)
    page.goto("/lapor/")
    page.get_by_label("Apa yang terjadi?").fill("Lubang besar di tikungan")
    page.get_by_label("Kelurahan", exact=True).select_option("99.02.1001")
    page.locator("label.tile", has_text="Jalan berlubang").click()
    page.get_by_label("Tampilkan nama saya").check()
    page.locator("#nama").fill("Siti")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("link", name="Data saya: lihat").click()
    page.locator("#nama").fill("Siti A.")
    page.get_by_label("Rahasia").check()
    page.get_by_role("button", name="Simpan perbaikan").click()
    expect(page.get_by_text("sudah diperbaiki")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh semuanya").click()
    assert download.value.suggested_filename.startswith("data-KC-")
    page.get_by_role("link", name="Hapus data saya").click()
    page.get_by_label("Saya mengerti").check()
    page.get_by_role("button", name="Hapus untuk selamanya").click()
    expect(page.get_by_role("heading", name="Data Anda sudah dihapus")).to_be_visible()
    report = Report.objects.get()
    assert (report.reporter_name, report.text, report.visibility) == ("", "[dihapus]", "confidential")
