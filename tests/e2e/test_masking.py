"""A verifikator covers a part of a photo; the public sees the rest and nothing of that part."""

import io
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from geo_reports.models import Photo
from geo_reports.photos import storing
from geo_reports.photos.cleaning import clean_photo
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import look, violations
from tests.factories import ReportFactory, make_verifier
from tests.pictures import picture, upload


@pytest.fixture
def photo(toy_site) -> Photo:
    """Red on the left, blue on the right."""
    return storing.store(ReportFactory(code="KC-AAAAAA"), clean_photo(upload(picture(size=(1200, 900)))))


@pytest.fixture
def tool(photo, open_browser, client, live_server):
    """`tool(viewport, **options)` -> the drawing page of the photo, as a verifikator sees it."""
    client.force_login(make_verifier())

    def start(viewport=DESKTOP, **options: object) -> Page:
        page = open_browser(viewport, **options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(f"/petugas/KC-AAAAAA/foto/{photo.uid}/")
        return page

    return start


def draw(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """With the mouse, from one point to another in shares of the photo."""
    page.locator("#mask-stage").scroll_into_view_if_needed()
    frame = page.locator("#mask-stage img").bounding_box()
    places = [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def save(page: Page) -> None:
    page.get_by_role("button", name="Simpan penyamaran").click()
    page.wait_for_url("**/petugas/KC-AAAAAA/")


def public_picture(open_browser) -> Image.Image:
    """What the public page shows to somebody without an account."""
    page = open_browser(PHONE)
    page.goto("/laporan/KC-AAAAAA/")
    source = urlsplit(page.locator(".photo-main img").evaluate("image => image.currentSrc")).path
    answer = page.request.get(source)
    assert answer.status == 200
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def colour(shown: Image.Image, x: float, y: float) -> str:
    red, _green, blue = shown.getpixel((int(x * shown.width), int(y * shown.height)))
    if max(red, blue) < 20:
        return "black"
    return "red" if red > 200 > blue else "blue" if blue > 200 > red else "mixed"


def regions(page: Page) -> list[dict[str, object]]:
    return page.evaluate("JSON.parse(document.forms['mask-form'].elements.masks.value)")


def sides(page: Page) -> list[float]:
    """Left, top, width and height of the only region."""
    (region,) = regions(page)
    return [region[side] for side in ("x", "y", "width", "height")]


def test_what_is_drawn_is_black_on_the_public_page_and_comes_back(photo, tool, open_browser):
    page = tool()
    draw(page, (0.1, 0.1), (0.4, 0.5))
    page.get_by_role("radio", name="Tutup hitam").check()
    save(page)
    expect(page.get_by_text("1 bagian foto disamarkan.")).to_be_visible()

    shown = public_picture(open_browser)
    assert [colour(shown, *point) for point in ((0.12, 0.12), (0.38, 0.48))] == ["black", "black"]
    assert [colour(shown, *point) for point in ((0.05, 0.3), (0.45, 0.3), (0.25, 0.6))] == ["red"] * 3
    assert colour(shown, 0.8, 0.5) == "blue"

    page.get_by_role("link", name="Ubah penyamaran").click()
    assert len(regions(page)) == 1
    page.get_by_role("button", name="Kembalikan foto asli").click()
    expect(page.get_by_text("Foto asli dikembalikan.")).to_be_visible()
    assert colour(public_picture(open_browser), 0.12, 0.12) == "red"


def test_a_blurred_region_loses_the_edge_in_it(photo, tool, open_browser):
    page = tool()
    draw(page, (0.7, 0.8), (0.3, 0.2))  # in whatever direction
    save(page)
    shown = public_picture(open_browser)
    assert colour(shown, 0.49, 0.5) == colour(shown, 0.51, 0.5) == "mixed"
    assert (colour(shown, 0.49, 0.1), colour(shown, 0.51, 0.1)) == ("red", "blue")


def test_a_region_is_moved_and_resized_by_the_mouse_and_stays_in_the_photo(tool):
    page = tool()
    draw(page, (0.2, 0.2), (0.4, 0.4))
    draw(page, (0.3, 0.3), (0.5, 0.3))
    assert regions(page)[0] == pytest.approx(
        {"x": 0.4, "y": 0.2, "width": 0.2, "height": 0.2, "kind": "blur"}, abs=0.01
    )
    handle = page.locator(".mask-handle--se").bounding_box()
    assert min(handle["width"], handle["height"]) >= 44
    page.mouse.move(handle["x"] + 22, handle["y"] + 22)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5000, handle["y"] + 22, steps=4)
    page.mouse.up()
    assert sides(page) == pytest.approx([0.4, 0.2, 0.6, 0.2], abs=0.01)


def test_everything_can_be_done_by_keyboard_and_is_said(photo, tool, open_browser):
    page = tool()
    page.get_by_role("button", name="Tambah bagian").focus()
    page.keyboard.press("Enter")
    first = regions(page)[0]
    for _press in range(10):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    changed = {"x": -0.1, "y": -0.01, "width": 0.01, "height": 0.01}
    (region,) = regions(page)
    assert {side: region[side] - first[side] for side in changed} == pytest.approx(changed, abs=0.001)
    expect(page.get_by_role("status").filter(has_text="Bagian 1")).to_have_text(
        "Bagian 1: kiri 30%, atas 43%, lebar 21%, tinggi 13%"
    )

    page.get_by_role("button", name="Tambah bagian").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")
    expect(page.get_by_role("status").filter(has_text="dihapus")).to_have_text("Bagian 2 dihapus.")
    assert page.evaluate("document.activeElement.dataset.number") == "1"

    page.get_by_role("radio", name="Buramkan").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Simpan penyamaran").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/petugas/KC-AAAAAA/")
    assert Photo.objects.get().masks[0]["kind"] == "black"
    assert colour(public_picture(open_browser), 0.4, 0.5) == "black"


def test_a_finger_draws_on_a_phone(tool):
    page = tool(PHONE, has_touch=True)
    page.locator("#mask-stage").scroll_into_view_if_needed()
    frame = page.locator("#mask-stage img").bounding_box()
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *shares: float) -> None:
        points = [{"x": frame["x"] + shares[0] * frame["width"], "y": frame["y"] + shares[1] * frame["height"]}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if kind != "touchEnd" else []})

    before = page.evaluate("scrollY")
    send("touchStart", 0.2, 0.2)
    for share in (0.3, 0.4, 0.5):
        send("touchMove", share, share)
    send("touchEnd", 0.5, 0.5)
    assert regions(page)[0] == pytest.approx(
        {"x": 0.2, "y": 0.2, "width": 0.3, "height": 0.3, "kind": "blur"}, abs=0.02
    )
    assert page.evaluate("scrollY") == before, "the page does not move under the finger"


def test_without_a_script_one_region_at_a_time_is_typed(photo, tool, open_browser):
    page = tool(PHONE, java_script_enabled=False)
    for name, value in (("kiri", "60"), ("atas", "10"), ("Lebar", "20.5"), ("Tinggi", "30")):
        page.get_by_label(name).fill(value)
    page.get_by_label("Cara").select_option("black")
    save(page)
    shown = public_picture(open_browser)
    assert (colour(shown, 0.7, 0.25), colour(shown, 0.9, 0.25)) == ("black", "blue")


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "dark desktop"])
def test_the_tool_has_no_violation_and_fits_the_screen(photo, tool, settings, viewport, scheme):
    page = tool(viewport, color_scheme=scheme, bypass_csp=True)
    draw(page, (0.1, 0.1), (0.4, 0.5))
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    assert violations(page, axe) == []  # a region is chosen, nothing saved yet
    save(page)
    page.get_by_role("link", name="Ubah penyamaran").click()
    page.wait_for_url("**/foto/*/")
    assert look(page, settings, [page.url]) == {}
