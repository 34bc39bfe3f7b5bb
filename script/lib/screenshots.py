"""Photographs every public page of a running server at 360 and 1280 pixels into docs/screenshots/."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {360: 800, 1280: 800}
LONGEST = 2400  # pixels; a page that goes on is cut here


def addresses(page: Page, base: str) -> dict[str, str]:
    """Name -> address; one report with a photo and the first kecamatan and SKPD stand for all."""
    page.goto(f"{base}/laporan/?status=done")
    report = page.locator(".report-card:has(img) a[href^='/laporan/']").first.get_attribute("href") or "/laporan/"
    boundaries = page.request.get(f"{base}/peta/batas/kecamatan.geojson").json()
    kecamatan = boundaries["features"][0]["properties"]["code"]
    page.goto(f"{base}{report}")
    agency = page.locator("a[href^='/skpd/']").first.get_attribute("href") or "/"
    return {
        "home": "/",
        "home-kecamatan": f"/?kecamatan={kecamatan}",
        "lapor": "/lapor/",
        "laporan": "/laporan/",
        "laporan-satu": report,
        "analitik": "/analitik/",
        "kecamatan": f"/kecamatan/{kecamatan}/",
        "skpd": agency,
        "petugas-masuk": "/petugas/masuk/",
    }


def photograph(page: Page, base: str, address: str, path: Path, width: int) -> None:
    """One page, as long as it is up to LONGEST; map pages exactly one screen."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(f"{base}{address}", wait_until="load")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(WIDTHS[width], min(height, LONGEST))})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)


def main(base: str) -> None:
    """Photograph everything."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium"), args=ARGUMENTS
        )
        context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta")
        page = context.new_page()
        for name, address in addresses(page, base).items():
            for width in WIDTHS:
                path = FOLDER / f"{name}-{width}.png"
                photograph(page, base, address, path, width)
                print(f"{path.relative_to(FOLDER.parents[1])}: {address}", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
