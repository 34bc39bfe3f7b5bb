"""The map in a frame of the city's website: it works there, links lead out, other pages stay out."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import violations
from tests.factories import ReportFactory


@pytest.fixture
def website(toy_site, open_browser, live_server, settings):
    """`website(address)`: a page of another origin that shows this address of ours in a frame."""
    ReportFactory()
    pages = {}

    class Website(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in pages else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Website)
    Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    settings.EMBED_ORIGINS = [origin]

    def start(address, size=(700, 500), **options):
        page = open_browser(DESKTOP, **options)
        frame = f'<iframe src="{live_server.url}{address}" width="{size[0]}" height="{size[1]}"></iframe>'
        pages["/"] = f"<!doctype html><html lang=id><title>Kota</title>{frame}"
        page.goto(f"{origin}/")
        return page, page.frame_locator("iframe")

    yield start
    server.shutdown()
    server.server_close()


def test_another_website_shows_the_map_without_header_list_and_cookies(website):
    page, inside = website("/?embed=1")
    expect(inside.locator('path[data-area="99.01"]')).to_be_visible()
    expect(inside.get_by_role("link", name="Buka peta lengkap")).to_be_visible()
    expect(inside.locator(".site-header, .site-footer")).to_have_count(0)
    expect(inside.locator("#daftar")).to_be_hidden()
    assert page.context.cookies() == []


def test_a_wide_frame_has_room_for_the_list(website):
    _page, inside = website("/?embed=1", size=(1100, 600))
    expect(inside.get_by_role("heading", name=re.compile("1 laporan"))).to_be_visible()


def test_drilling_down_stays_inside_and_the_line_leads_out_to_the_same_view(website, live_server):
    page, inside = website("/?embed=1&kategori=pothole")
    inside.locator('path[data-area="99.01"]').press("Enter")
    expect(inside.locator('path[data-area="99.01.1001"]')).to_be_visible()
    assert not page.url.startswith(live_server.url)
    inside.get_by_role("link", name="Buka peta lengkap").click()
    expect(page).to_have_url(re.compile(rf"^{live_server.url}/\?kategori=pothole&kecamatan=99\.01&peta="))
    expect(page.locator(".site-header")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/laporan/?embed=1", "/lapor/?embed=1"])
def test_no_other_page_opens_in_a_frame(website, open_browser, address):
    page, inside = website(address)
    page.wait_for_load_state("networkidle")
    expect(inside.locator("main")).to_have_count(0)
    assert any("frame-ancestors" in trouble for trouble in open_browser.troubles)
    open_browser.troubles.clear()


def test_the_code_to_paste_frames_what_is_seen(toy_site, open_browser):
    ReportFactory()
    page = open_browser(PHONE, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/?kategori=pothole")
    expect(page.locator('path[data-area="99.01"]')).to_be_attached()
    page.locator('path[data-area="99.01"]').press("Enter")
    expect(page).to_have_url(re.compile("kecamatan=99"))
    page.get_by_role("button", name="Cetak atau pasang peta").click()
    page.get_by_role("button", name="Salin kode").click()
    expect(page.get_by_text("Kode sudah disalin.")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r'<iframe src="http://[^"]+/\?kategori=pothole&amp;kecamatan=99\.01&amp;embed=1" title=', code)


def test_frame_and_panel_have_no_violation(toy_site, open_browser, settings):
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    page = open_browser(PHONE, bypass_csp=True)
    page.goto("/?embed=1")
    assert violations(page, axe) == []
    page.goto("/")
    page.get_by_role("button", name="Cetak atau pasang peta").click()
    assert violations(page, axe) == []
