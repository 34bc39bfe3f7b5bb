"""The queue by keyboard: rows, the panel beside them, shortcuts that can be switched off, the map."""

import re

import pytest
from playwright.sync_api import expect

from geo_reports.models import Report
from geo_reports.workflow import Status
from tests.e2e.conftest import PHONE
from tests.factories import ReportFactory, make_officer, make_verifier

WAITING = {"status": Status.WAITING, "visibility": "pending"}


@pytest.fixture
def reports(toy_site) -> list[Report]:
    return [ReportFactory(code=f"KC-AAAAA{n}", kelurahan_id=f"99.0{n}.1001", **WAITING) for n in (1, 2)]


def test_a_row_opens_beside_the_list_and_back_closes_it(reports, at_desk):
    page = at_desk(make_verifier())
    page.goto("/petugas/?tampil=menunggu")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="KC-AAAAA1")).to_be_focused()
    page.keyboard.press("Enter")
    title = page.locator(".desk-panel #case-title")
    expect(title).to_contain_text("KC-AAAAA1")
    expect(title).to_be_focused()
    assert "buka=KC-AAAAA1" in page.url
    page.keyboard.press("j")
    expect(title).to_contain_text("KC-AAAAA2")
    page.keyboard.press("Escape")
    expect(page.locator(".desk-panel")).to_be_hidden()
    expect(page.get_by_role("link", name="KC-AAAAA2")).to_be_focused()
    page.go_back()
    expect(title).to_contain_text("KC-AAAAA2")
    page.reload()
    expect(title).to_contain_text("KC-AAAAA2")


def test_publishing_by_keyboard_updates_row_and_piles_and_can_be_undone(reports, at_desk):
    page = at_desk(make_verifier())
    page.goto("/petugas/?tampil=menunggu")
    page.keyboard.press("j")
    page.keyboard.press("p")  # not before it is in sight
    expect(page.get_by_role("button", name="Tayangkan dan teruskan").first).to_be_focused()
    assert not Report.objects.filter(visibility="published").exists()
    page.keyboard.press("p")
    expect(page.locator(".desk-panel").get_by_text("ditayangkan dan diteruskan")).to_be_visible()
    row = page.locator('[data-code="KC-AAAAA1"].desk-row')
    expect(row).to_contain_text("Diteruskan")
    expect(page.locator("[data-tabs] [aria-current]")).to_contain_text("1")
    page.locator(".desk-panel").get_by_role("button", name="Batalkan", exact=True).click()
    expect(row).to_contain_text("Menunggu verifikasi")
    assert Report.objects.get(pk=reports[0].pk).status == Status.WAITING


def test_single_letters_can_be_switched_off_and_do_nothing_while_one_types(reports, at_desk):
    page = at_desk(make_verifier())
    page.goto("/petugas/?tampil=menunggu")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jojo?")
    assert page.locator("#q").input_value() == "jojo?"
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_label("Pintasan satu huruf menyala").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".desk-row.is-current")).to_have_count(0)
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".desk-row.is-current")).to_have_count(0)


def test_rows_are_ticked_by_keyboard_and_the_bar_counts(reports, at_desk):
    page = at_desk(make_verifier())
    page.goto("/petugas/?tampil=menunggu")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    for key in "jxjx":
        page.keyboard.press(key)
    expect(bar).to_contain_text("2 dipilih")


def test_markers_and_rows_belong_together(reports, at_desk):
    page = at_desk(make_verifier())
    page.goto("/petugas/?tampil=menunggu")
    page.keyboard.press("m")
    marker = page.get_by_role("button", name="2. KC-AAAAA2")
    expect(marker).to_be_visible()
    marker.focus()
    expect(page.locator('[data-code="KC-AAAAA2"].desk-row')).to_have_class("desk-row is-current")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-panel #case-title")).to_contain_text("KC-AAAAA2")


def test_a_place_is_corrected_by_moving_a_pin(reports, at_desk):
    page = at_desk(make_verifier())
    page.goto("/petugas/KC-AAAAA1/")
    page.locator("summary", has_text="Lainnya").click()
    page.locator("summary", has_text="Perbaiki laporan").click()
    pin = page.get_by_role("button", name="Pin lokasi laporan")
    pin.focus()
    before = float(page.get_by_label("Lintang").input_value())
    for _press in range(3):
        page.keyboard.press("Shift+ArrowUp")
    assert float(page.get_by_label("Lintang").input_value()) > before
    page.get_by_role("button", name="Simpan dan tentukan ulang").click()
    expect(page.get_by_text("KC-AAAAA1 diperbaiki")).to_be_visible()
    assert Report.objects.get(pk=reports[0].pk).point.y > before


def test_on_a_phone_a_report_is_a_page_and_the_way_back_finds_the_list_as_it_was(reports, at_desk):
    page = at_desk(make_verifier(), PHONE)
    page.goto("/petugas/?tampil=terbuka&kategori=pothole")
    page.get_by_role("link", name="KC-AAAAA2").click()
    expect(page.locator("h1#case-title")).to_contain_text("KC-AAAAA2")
    back = page.get_by_role("link", name="Kembali ke meja petugas")
    expect(back).to_have_attribute("href", re.compile("kategori=pothole"))
    back.click()
    expect(page).to_have_url(re.compile(r"/petugas/\?tampil=terbuka&kategori=pothole$"))


def test_two_at_the_same_report_and_nobodys_text_is_lost(toy_site, at_desk, open_browser):
    report = ReportFactory(code="KC-BBBBBB")
    sari, budi = make_officer(), make_officer()
    first, second = at_desk(sari), at_desk(budi)
    second.clock.install()
    for page in (first, second):
        page.goto("/petugas/?tampil=terbuka")
        page.get_by_role("link", name="KC-BBBBBB").click()
        page.locator(".desk-panel summary", has_text="Jawab warga").click()
    first.get_by_label("Jawaban untuk warga").fill("Regu pertama datang hari Kamis pagi.")
    second.get_by_label("Jawaban untuk warga").fill("Kami sudah melihat lubang itu kemarin.")
    first.get_by_role("button", name="Tayangkan jawaban").click()
    expect(first.locator(".desk-panel").get_by_text("Jawaban untuk KC-BBBBBB ditayangkan")).to_be_visible()
    second.clock.fast_forward(21_000)
    expect(second.get_by_text(f"{sari.username} baru saja mengubah laporan ini")).to_be_visible()
    second.get_by_role("button", name="Tayangkan jawaban").click()
    expect(second.get_by_text("Sejak Anda membukanya")).to_be_visible()
    expect(second.get_by_label("Jawaban untuk warga")).to_have_value("Kami sudah melihat lubang itu kemarin.")
    second.get_by_role("button", name="Kirim tetap").click()
    expect(second.locator(".desk-panel").get_by_text("Jawaban untuk KC-BBBBBB ditayangkan")).to_be_visible()
    assert report.replies.count() == 2
    open_browser.troubles[:] = [trouble for trouble in open_browser.troubles if "status of 422" not in trouble]


def test_a_text_that_was_not_sent_is_there_again(toy_site, at_desk):
    ReportFactory(code="KC-BBBBBB")
    page = at_desk(make_officer())
    page.goto("/petugas/KC-BBBBBB/")
    page.locator("summary", has_text="Jawab warga").click()
    page.get_by_label("Jawaban untuk warga").fill("Aspal baru dipasang pekan depan.")
    page.goto("/petugas/")
    page.goto("/petugas/KC-BBBBBB/")
    expect(page.get_by_label("Jawaban untuk warga")).to_have_value("Aspal baru dipasang pekan depan.")
    page.get_by_role("button", name="Tayangkan jawaban").click()
    expect(page.get_by_text("Jawaban untuk KC-BBBBBB ditayangkan")).to_be_visible()
    page.wait_for_load_state("load")  # modules have run by then
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('desk.draft.'))") == []
    page.reload()
    expect(page.get_by_label("Jawaban untuk warga")).to_have_value("")
