"""A verifikator's and a petugas's morning, from signing in to the last report, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from geo_reports.models import Photo, ReplyTemplate, Report
from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, sign_in
from tests.factories import ReportFactory, make_officer, make_verifier
from tests.pictures import picture

PASSWORD = "hanya-untuk-uji-coba"
TODAY = timezone.localdate()
WAITING = {"status": Status.WAITING, "visibility": "pending", "category_id": "garbage", "agency_id": "clean"}


@pytest.fixture
def person(toy_site):
    """`person(maker)`: somebody who can sign in with the password."""

    def make(maker):
        user = maker()
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


def waiting(number: int, text: str, **changes) -> Report:
    """One of the pile, in the order of the numbers."""
    day = {"due_on": TODAY + timedelta(days=number), "due_step": "verify"}
    return ReportFactory(code=f"KC-WWWWW{number}", text=text, **(WAITING | day | changes))


def panel(page: Page):
    return page.locator(".desk-panel")


def open_row(page: Page, code: str) -> None:
    page.get_by_role("link", name=code).click()
    expect(page.locator(".desk-panel #case-title")).to_contain_text(code)


def turn_to(page: Page, pile: str) -> None:
    """Another pile; its page is ready when the hints of the keyboard are there."""
    page.get_by_role("link", name=re.compile(f"^{pile}")).click()
    expect(page.locator("[data-tabs] [aria-current]")).to_contain_text(pile)
    expect(page.locator("[data-hints]")).to_be_visible()


def told(page: Page, words: str) -> None:
    expect(panel(page).get_by_role("status")).to_contain_text(words)


def unfold(page: Page, *names: str) -> None:
    for name in names:
        panel(page).locator("summary", has_text=name).first.click()


def print_chosen(page: Page) -> str:
    """What kind of paper the button below the list brings; then back to the list."""
    with page.expect_response("**/surat-tugas.pdf") as printed:
        page.locator("[data-bulk]").get_by_role("button", name="Cetak surat tugas").click()
    page.goto("/petugas/?tampil=baru")
    expect(page.locator("[data-hints]")).to_be_visible()
    return printed.value.headers["content-type"]


def state(report: Report) -> tuple[str, str]:
    report.refresh_from_db()
    return report.status, report.visibility


def ask_about(page: Page, report: Report) -> None:
    """Something has to be asked: the clock stands."""
    open_row(page, report.code)
    unfold(page, "Lainnya", "Tanya pelapor")
    panel(page).get_by_label("Pertanyaan kepada pelapor").fill("Di sisi jalan yang mana lubangnya, Pak/Bu?")
    panel(page).locator("#act-ask button:not([type=button])").last.click()
    told(page, "dikirim kepada pelapor")
    assert state(report)[0] == Status.NEEDS_INFO


def repair(page: Page, report: Report) -> None:
    """It is repaired, with a photo that shows it."""
    turn_to(page, "Milik saya")
    open_row(page, report.code)
    unfold(page, "Nyatakan selesai")
    photo = {"name": "sesudah.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 300))}
    panel(page).get_by_label("Foto sesudah").set_input_files(photo)
    panel(page).get_by_role("button", name="Nyatakan selesai").click()
    told(page, "dinyatakan selesai")
    assert state(report)[0] == Status.DONE
    assert report.photos.get().kind == Photo.Kind.AFTER


def print_and_hand_over(page: Page, report: Report) -> None:
    """It is printed for the crew, and then turns out to be another SKPD's."""
    turn_to(page, "Baru")
    page.get_by_label(f"Pilih {report.code}").check()
    assert print_chosen(page) == "application/pdf"
    open_row(page, report.code)
    unfold(page, "Lainnya", "Serahkan ke SKPD lain")
    form = panel(page).locator("#act-hand-over")
    form.get_by_label("SKPD").select_option("clean")
    form.get_by_label("Alasan (dibaca warga)").fill("Lubangnya di bak sampah pasar.")
    form.get_by_role("button", name="Serahkan").click()
    expect(panel(page)).to_contain_text("tidak lagi di tangan Anda")
    report.refresh_from_db()
    assert report.agency_id == "clean"


@pytest.fixture
def pile(toy_site) -> list[Report]:
    return [
        waiting(1, "Sampah menumpuk di depan pasar sudah seminggu"),
        waiting(2, "Jual sepatu murah, hubungi kami segera"),
        waiting(3, "Bak sampah penuh. Hubungi saya di 0812-3456-7890 ya pak"),
        waiting(4, "Sampah dibakar di kel. Barat Utara", kelurahan_id=None, agency_id=None),
        waiting(5, "Tempat sampah di taman rusak"),
        waiting(6, "Truk sampah tidak datang sejak Senin"),
    ]


def test_a_verifikators_morning(person, pile, open_browser):
    verifier = person(make_verifier)
    page = open_browser(DESKTOP)
    sign_in(page, verifier.username, PASSWORD, "/petugas/")
    expect(page.locator("[data-tabs] [aria-current]")).to_contain_text("Menunggu verifikasi 6")
    fine, promotion, personal, nowhere, *rest = pile

    # The first by keyboard: into the row, one look, publish.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text(fine.text)
    page.keyboard.press("p")
    told(page, "ditayangkan dan diteruskan")
    assert state(fine) == ("forwarded", "published")

    # The next is promotion: withheld, thought better of, withheld after all.
    page.keyboard.press("j")
    expect(page.locator(".desk-panel #case-title")).to_contain_text(promotion.code)
    for _time in range(2):
        unfold(page, "Jangan tayangkan")
        panel(page).get_by_label("Alasan", exact=True).select_option("promotion")
        panel(page).get_by_role("button", name="Jangan tayangkan").click()
        told(page, "tidak ditayangkan")
        if _time == 0:
            panel(page).get_by_role("button", name="Batalkan", exact=True).click()
            told(page, "Dibatalkan")
            assert state(promotion) == ("waiting", "pending")
    assert state(promotion) == ("withheld", "withheld")

    # A telephone number is covered before anybody reads it.
    open_row(page, personal.code)
    unfold(page, "Lainnya", "Tutup kata")
    panel(page).get_by_label("Kata atau kalimat yang ditutup").fill("0812-3456-7890")
    panel(page).get_by_role("button", name="Tutup kata ini").click()
    told(page, "ditutup")
    personal.refresh_from_db()
    assert "0812" not in personal.text
    assert "0812" in personal.original_text

    # One without a place: the text names the kelurahan, one press puts it there.
    turn_to(page, "Tanpa lokasi 1")
    page.get_by_role("button", name="Kel. Barat Utara, Kec. Barat?").click()
    told(page, "ditempatkan di Kel. Barat Utara")
    nowhere.refresh_from_db()
    assert (nowhere.kelurahan_id, nowhere.agency_id) == ("99.02.1002", "clean")

    # The rest together; then one of them was too much, and all of it is taken back.
    turn_to(page, "Menunggu verifikasi 4")
    page.get_by_label("Pilih semua di halaman ini").check()
    expect(page.locator("[data-bulk]")).to_contain_text("4 dipilih")
    page.locator("[data-bulk]").get_by_role("button", name="Tayangkan dan teruskan").click()
    expect(page.get_by_text("4 laporan akan ditayangkan dan diteruskan")).to_be_visible()
    page.get_by_role("button", name="Tayangkan dan teruskan (4)").click()
    expect(page.get_by_text("4 laporan ditayangkan dan diteruskan")).to_be_visible()
    assert {state(report) for report in (personal, nowhere, *rest)} == {("forwarded", "published")}
    page.get_by_role("button", name="Batalkan (4)").click()
    expect(page.get_by_text("4 laporan dibatalkan")).to_be_visible()
    assert {state(report) for report in (personal, nowhere, *rest)} == {("waiting", "pending")}
    page.get_by_role("link", name="Kembali ke daftar").click()
    expect(page.locator("[data-tabs] [aria-current]")).to_contain_text("Menunggu verifikasi 4")


def test_a_petugas_morning(person, open_browser):
    officer = person(make_officer)
    ReplyTemplate.objects.create(
        agency_id="roads", title="Dijadwalkan", text="Laporan {kode} kami jadwalkan pekan ini."
    )
    late, soon, later = (
        ReportFactory(code=f"KC-PPPPP{number}", due_on=TODAY + timedelta(days=days), due_step="respond")
        for number, days in ((1, -2), (2, 1), (3, 6))
    )
    page = open_browser(DESKTOP)
    sign_in(page, officer.username, PASSWORD, "/petugas/")

    # The most urgent stands first.
    codes = page.locator(".desk-row__code")
    assert codes.all_inner_texts() == [late.code, soon.code, later.code]
    expect(page.locator(".desk-row").first).to_contain_text("Lewat 2 hari")

    # Taken, begun, answered from a ready answer.
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(panel(page).get_by_label("Petugas")).to_be_focused()
    panel(page).get_by_role("button", name="Tugaskan").click()
    told(page, f"{late.code} ditugaskan kepada {officer.username}")
    page.keyboard.press("r")
    expect(panel(page).get_by_label("Templat")).to_be_focused()
    panel(page).get_by_label("Templat").select_option(label="Dijadwalkan")
    panel(page).get_by_role("button", name="Pakai templat").click()
    expect(panel(page).get_by_label("Jawaban untuk warga")).to_have_value(
        f"Laporan {late.code} kami jadwalkan pekan ini."
    )
    panel(page).get_by_role("button", name="Tayangkan jawaban").click()
    told(page, "ditayangkan")
    late.refresh_from_db()
    assert (late.status, late.handler) == (Status.ANSWERED, officer)

    ask_about(page, soon)
    repair(page, late)
    print_and_hand_over(page, later)
