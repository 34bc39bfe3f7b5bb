"""A verifikator covers words by marking them; a reporter reads why, moves the pin, and sends again."""

import pytest
from playwright.sync_api import Page, expect

from geo_reports import moderation
from geo_reports.models import Report
from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import look
from tests.factories import ReportFactory, make_verifier

TEXT = "👍 Dasar goblok! Tanya Pak Budi (0812-3456-7890) soal lubang"


@pytest.fixture
def report(toy_site) -> Report:
    return ReportFactory(
        code="KC-AAAAAA", text=TEXT, address="Rumah Pak Budi", status=Status.WAITING, visibility="pending"
    )


@pytest.fixture
def desk(open_browser, client, live_server):
    """`desk(address, viewport)` -> that page as a verifikator sees it."""
    client.force_login(make_verifier())

    def start(address: str, viewport=DESKTOP, **options: object) -> Page:
        page = open_browser(viewport, **options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(address)
        return page

    return start


def unfold(page: Page) -> None:
    page.locator(".act--others > summary").click()
    page.locator("[data-act=redact] > summary").click()


def mark_with_keys(page: Page, word: str) -> None:
    """Put the caret before the word, then hold Shift and walk over it: all that a keyboard needs."""
    box = page.get_by_label("Tandai kata di uraian")
    box.evaluate(
        "(box, word) => { const at = box.value.indexOf(word); box.focus(); box.setSelectionRange(at, at); }", word
    )
    for _ in word:
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Tambahkan yang ditandai").press("Enter")


def undo_in_message(page: Page) -> None:
    page.locator(".messages").get_by_role("button", name="Batalkan").click()
    expect(page.locator(".messages")).to_contain_text("Dibatalkan")


@pytest.mark.parametrize(
    "address", ["/petugas/KC-AAAAAA/", "/petugas/?tampil=menunggu&buka=KC-AAAAAA"], ids=["page", "panel"]
)
def test_words_are_marked_with_the_keyboard_and_come_back_with_undo(report, desk, address):
    page = desk(address)
    unfold(page)
    mark_with_keys(page, "Budi")
    page.get_by_label("“0812-3456-7890”").check()
    page.get_by_role("button", name="Tutup kata ini").click()
    expect(page.locator(".case__text")).to_have_text("👍 Dasar goblok! Tanya Pak [disunting] ([disunting]) soal lubang")
    undo_in_message(page)
    expect(page.locator(".case__text")).to_have_text(TEXT)


def test_a_marked_word_can_be_taken_off_the_list(report, desk):
    page = desk("/petugas/KC-AAAAAA/")
    unfold(page)
    mark_with_keys(page, "Budi")
    mark_with_keys(page, "soal")
    page.get_by_role("button", name="Batal menutup: Budi").click()
    page.get_by_role("button", name="Tutup kata ini").click()
    expect(page.locator(".case__text")).to_have_text(TEXT.replace("soal", "[disunting]"))


def test_without_a_script_hints_and_a_phrase_do_the_same(report, desk):
    page = desk("/petugas/KC-AAAAAA/", java_script_enabled=False)
    unfold(page)
    page.get_by_label("“0812-3456-7890”").check()
    page.get_by_label("Kata atau kalimat yang ditutup").fill("pak budi")
    page.get_by_role("button", name="Tutup kata ini").click()
    expect(page.locator(".case__text")).to_have_text("👍 Dasar goblok! Tanya [disunting] ([disunting]) soal lubang")
    expect(page.locator(".desk-facts")).to_contain_text("Rumah [disunting]")


def test_the_reporter_moves_the_pin_and_sends_again(report, open_browser):
    moderation.withhold(report.pk, Report.WithheldReason.INSULT, actor=make_verifier())
    page = open_browser(PHONE)
    page.goto(f"/laporan/KC-AAAAAA/?kunci={report.secret}")
    page.get_by_role("link", name="Perbaiki dan kirim lagi").click()
    page.get_by_label("Uraian").fill("Ada lubang dalam di depan musala")
    page.get_by_text("Ganti lokasi").click()
    expect(page.locator("#where-place")).to_have_text("Belum diganti.")
    page.locator("#pin-map [role=application]").press("Shift+ArrowRight")
    expect(page.locator("#where-place")).to_contain_text("Titik ditetapkan di peta")
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page.locator(".messages")).to_contain_text("sudah kami terima")
    fresh = Report.objects.get()
    assert fresh.status == Status.WAITING
    assert fresh.point.x > report.point.x
    assert fresh.point.y == pytest.approx(report.point.y, abs=1e-4)


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light phone", "dark desktop"]
)
def test_the_pages_of_moderation_have_no_violation(report, desk, settings, viewport, scheme):
    held = ReportFactory(code="KC-BBBBBB", status=Status.WAITING, visibility="pending")
    moderation.withhold(held.pk, Report.WithheldReason.INSULT, actor=make_verifier(), note="Tanpa kata kasar, ya.")
    key = f"?kunci={held.secret}"
    own = "/laporan/KC-BBBBBB/"
    page = desk("/transparansi/", viewport, color_scheme=scheme, bypass_csp=True)
    pages = [
        "/transparansi/", own + key, f"{own}perbaiki/{key}", f"{own}keberatan/{key}",
        "/petugas/KC-AAAAAA/", "/petugas/KC-BBBBBB/", "/petugas/?tampil=menunggu",
    ]  # fmt: skip
    assert look(page, settings, pages) == {}
