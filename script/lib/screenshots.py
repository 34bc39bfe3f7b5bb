"""Photographs the pages of a running server at 360 and 1280 pixels into docs/screenshots/."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (360, 1280)
HEIGHT = 800
PHONE = 500  # pixels; a narrower screen is one for fingers
LONGEST = 4400  # pixels; a page that goes on is cut here
COLOURS = 256  # of a picture's palette, at a third of the bytes
EXACT = 160  # of them are the page's own, most frequent first: pale classes of the map must not run together
Steps = Callable[[Page], Any]


@dataclass(frozen=True)
class Shot:
    """A page, what is done on it before it is photographed, and how the browser is set up."""

    name: str
    address: str
    steps: Steps = lambda page: None
    is_one_screen: bool = False
    browser: dict[str, Any] = field(default_factory=dict)


def _filling(photo: bytes) -> Steps:
    """Photo, place, text and category, so that the page says where the report would go. Not sent."""

    def fill(page: Page) -> None:
        file = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo}
        page.locator("[data-photo-input]").first.set_input_files(file)  # type: ignore[arg-type]
        page.locator("#locate").click()
        page.locator(".pin-map.is-set").wait_for()
        page.locator("#uraian").fill("Jalan berlubang dalam di depan sekolah, sudah dua minggu.")
        page.locator(".tile").first.click()
        page.locator("#goes-to").wait_for()

    return fill


def _open_filters(page: Page) -> None:
    page.locator(".chip-menu[data-name='kategori'] summary").click()


def _open_timeline(page: Page) -> None:
    button = page.locator("#waktu")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    page.locator("#garis-waktu .timeline__bars rect").first.wait_for()


def _open_sheet(page: Page) -> None:
    """Half the screen on a phone; on a desktop the list is open anyway, so its table is."""
    handle = page.locator(".sheet__handle")
    if handle.is_visible():
        handle.click()
    else:
        page.locator(".area-table summary").click()


def _draw_charts(page: Page) -> None:
    """Each is drawn when it comes into view."""
    for figure in page.locator("[data-figure]").all():
        if figure.is_visible():
            figure.scroll_into_view_if_needed()
            figure.locator(".main-svg").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def with_after_photo(page: Page, base: str) -> str:
    """The newest finished report that shows before and after, else the newest with a photo."""
    page.goto(f"{base}/laporan/?status=done")
    links = page.locator(".report-card:has(img) a[href^='/laporan/']")
    found = [link.get_attribute("href") or "" for link in links.all()]
    for address in found:
        page.goto(f"{base}{address}")
        if page.locator(".photo-pair").count():
            return address
    return found[0] if found else "/laporan/"


def public(page: Page, base: str) -> Iterator[Shot]:
    """Every public page, some in more than one state; the newest report of its kind stands for all."""

    def first(address: str, selector: str) -> str:
        page.goto(f"{base}{address}")
        found = page.locator(selector).first
        return (found.get_attribute("href") if found.count() else None) or "/laporan/"

    boundaries = page.request.get(f"{base}/peta/batas/kelurahan.geojson").json()
    area = boundaries["features"][0]["properties"]
    kecamatan = f"kecamatan={area['kecamatan']}"
    near = f"peta=15/{area['anchor'][1]:.5f}/{area['anchor'][0]:.5f}"
    done = with_after_photo(page, base)
    page.goto(f"{base}{done}")
    photo = page.request.get(f"{base}{page.locator('.photo img').first.get_attribute('src')}").body()
    place = {"longitude": area["anchor"][0], "latitude": area["anchor"][1], "accuracy": 12}
    here = {"permissions": ["geolocation"], "geolocation": place}
    yield Shot("home", "/", is_one_screen=True)
    yield Shot("home-kecamatan", f"/?{kecamatan}", is_one_screen=True)
    yield Shot("home-kelurahan", f"/?{kecamatan}&kelurahan={area['code']}", is_one_screen=True)
    yield Shot("home-filter", "/", _open_filters, is_one_screen=True)
    yield Shot("home-list", "/", _open_sheet, is_one_screen=True)
    yield Shot("home-measure", "/?ukuran=first_response", is_one_screen=True)
    yield Shot("home-trend", "/?ukuran=trend", is_one_screen=True)
    yield Shot("home-clusters", f"/?{near}", is_one_screen=True)
    yield Shot("home-reports", f"/?peta=18/{area['anchor'][1]:.5f}/{area['anchor'][0]:.5f}", is_one_screen=True)
    yield Shot("home-time", "/", _open_timeline, is_one_screen=True)
    yield Shot("home-embed", "/?embed=1", is_one_screen=True)
    yield Shot("home-dark", "/", is_one_screen=True, browser={"color_scheme": "dark"})
    yield Shot("home-english", "/", is_one_screen=True, browser={"locale": "en-GB"})
    yield Shot("lapor", "/lapor/")
    yield Shot("lapor-filled", "/lapor/", _filling(photo), browser=here)
    yield Shot("laporan", "/laporan/")
    yield Shot("laporan-empty", "/laporan/?q=tidak-ada-yang-begini")
    yield Shot("report-done", done)
    yield Shot("report-answered", first("/laporan/?status=answered", ".report-card:has(img) a[href^='/laporan/']"))
    yield Shot("report-waiting", first("/laporan/?status=waiting", ".report-card a[href^='/laporan/']"))
    yield Shot("analitik", "/analitik/", _draw_charts)
    agency = first(done, "a[href^='/skpd/']")
    slug = agency.strip("/").split("/")[-1]
    yield Shot("analitik-skpd", f"/analitik/skpd/{slug}/", _draw_charts)
    yield Shot("analitik-kecamatan", "/analitik/kecamatan/", _draw_charts)
    yield Shot("analitik-bandingkan", "/analitik/bandingkan/?apa=periode", _draw_charts)
    yield Shot("analitik-titik-rawan", "/analitik/titik-rawan/")
    yield Shot("kecamatan", f"/kecamatan/{area['kecamatan']}/")
    yield Shot("kelurahan", f"/kelurahan/{area['code']}/")
    yield Shot("skpd", agency)
    yield Shot("not-found", "/tidak-ada/")
    yield Shot("transparansi", "/transparansi/")
    yield Shot("privasi", "/privasi/")
    yield Shot("desk-login", "/petugas/masuk/")


def zooms(page: Page, base: str, size: str) -> Iterator[Shot]:
    """The map from the city down to a street, where most reports are; `size` says how many the database has."""
    counted = page.request.get(f"{base}/peta/ukuran.json?level=kelurahan&ukuran=all").json()["areas"]
    code = max(counted, key=lambda area: area["total"])["code"]
    features = page.request.get(f"{base}/peta/batas/kelurahan.geojson").json()["features"]
    area = next(feature["properties"] for feature in features if feature["properties"]["code"] == code)
    longitude, latitude = area["anchor"]
    kecamatan = f"kecamatan={area['kecamatan']}"
    for name, query in {
        "city": "",
        "kecamatan": kecamatan,
        "kelurahan": f"{kecamatan}&kelurahan={code}",
        "street": f"peta=17/{latitude:.5f}/{longitude:.5f}",
    }.items():
        yield Shot(f"map-{size}-{name}", f"/?{query}", is_one_screen=True)


def desk(page: Page, base: str) -> Iterator[Shot]:
    """The desk, and the rules where the one who is signed in may change them."""
    page.goto(f"{base}/petugas/?tampil=terbuka")
    address = page.locator(".desk-table th a").first.get_attribute("href") or "/petugas/"
    code = address.strip("/").split("/")[-1]
    yield Shot("desk", "/petugas/?tampil=menunggu", is_one_screen=True)
    yield Shot("desk-case", f"/petugas/?tampil=terbuka&buka={code}", is_one_screen=True)
    yield Shot("desk-dark", "/petugas/?tampil=lewat-tenggat", is_one_screen=True, browser={"color_scheme": "dark"})
    yield Shot("desk-report", address)
    yield Shot("desk-account", "/petugas/akun/")
    rules = page.goto(f"{base}/petugas/aturan/")
    if rules and rules.ok:
        yield Shot("rules", "/petugas/aturan/")


def sign_in(context: BrowserContext, base: str, login: str) -> None:
    """With the page's own form."""
    user, _, password = login.partition(":")
    page = context.new_page()
    page.goto(f"{base}/petugas/masuk/")
    page.fill("#sign-in-login", user)
    page.fill("#sign-in-password", password)
    with page.expect_navigation():
        page.click("main form button")
    page.close()
    if not any(cookie["name"] == "sessionid" for cookie in context.cookies()):
        sys.exit(f"script/screenshots: {base} did not accept the login of {user}; set DESK_LOGIN=user:password.")


def settings(width: int) -> dict[str, Any]:
    """What makes a browser a phone or a desktop in Tangerang Selatan's time."""
    is_phone = width < PHONE
    return {
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
        "viewport": {"width": width, "height": HEIGHT},
        "has_touch": is_phone,
        "is_mobile": is_phone,
    }


def photograph(page: Page, base: str, shot: Shot, path: Path, width: int) -> None:
    """One page, as long as it is up to LONGEST; map pages exactly one screen."""
    page.goto(f"{base}{shot.address}", wait_until="load")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot.steps(page)
    page.locator("#catatan").wait_for(state="hidden")
    if not shot.is_one_screen:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(HEIGHT, min(height, LONGEST))})
        page.evaluate("scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
    save(page.screenshot(animations="disabled"), path)


def save(png: bytes, path: Path) -> None:
    """As a palette picture, without dithering: text stays sharp and the file small."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    counted: list[Any] = picture.getcolors(picture.width * picture.height) or []
    frequent = [colour for _count, colour in sorted(counted, reverse=True)[:EXACT]]
    rest = picture.quantize(COLOURS - EXACT, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in frequent for part in colour] + rest)
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def take(browser: Browser, base: str, found: Iterator[Shot], session: Any) -> None:
    """Every shot at every width, each in a browser of its own."""
    for shot in found:
        for width in WIDTHS:
            path = FOLDER / f"{shot.name}-{width}.png"
            context = browser.new_context(**settings(width) | shot.browser, storage_state=session)
            photograph(context.new_page(), base, shot, path, width)
            context.close()
            print(f"{path.relative_to(FOLDER.parents[1])}: {path.stat().st_size // 1024} kB", flush=True)


def main(base: str, login: str, size: str) -> None:
    """Photograph everything, the desk only with a login; or the map only, for a database of some `size`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium"), args=ARGUMENTS
        )
        context = browser.new_context(**settings(WIDTHS[-1]))
        page = context.new_page()
        take(browser, base, zooms(page, base, size) if size else public(page, base), None)
        if size:
            return
        if login:
            sign_in(context, base, login)
            take(browser, base, desk(context.new_page(), base), context.storage_state())
        else:
            print("The desk is left out: no demo login was found, DESK_LOGIN is not set.")
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("--size", default="", help="the map only, from the city down to a street; named by this")
    asked = parser.parse_args()
    main(asked.base.rstrip("/"), os.environ.get("DESK_LOGIN", ""), asked.size)
