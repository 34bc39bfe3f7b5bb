"""The analytics page in a browser: figures are drawn under the content policy, and sorting needs no script."""

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from geo_reports.models import Agency
from geo_reports.routing import hand_over
from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import NOON, ReportFactory


@pytest.fixture
def answered_site(toy_site) -> None:
    """Twelve reports of `roads` answered within 1 to 12 days, three of `clean` that wait."""
    for days in range(1, 13):
        ReportFactory(status=Status.ANSWERED, assigned__responded_at=NOON + timedelta(days=days))
    ReportFactory.create_batch(3, agency_id="clean")


@pytest.mark.parametrize(
    ("viewport", "names"), [(PHONE, ".legendtext"), (DESKTOP, ".annotation-text")], ids=["phone", "desktop"]
)
def test_figures_are_drawn_without_breaking_the_content_policy(answered_site, open_browser, viewport, names):
    page = open_browser(viewport)
    page.goto("/analitik/")
    page.locator("#grafik").scroll_into_view_if_needed()

    page.wait_for_selector(f"[data-figure=curves] .main-svg {names}")
    assert page.locator("[data-figure=response] .ytick text").all_text_contents() == ["Dinas Jalan"]
    assert page.locator(f"[data-figure=curves] {names}").all_text_contents() == ["Dinas Jalan"]
    # Plotly's layers lie on each other only if its rules, which we serve as a file, were taken.
    positions = "document.querySelectorAll('.main-svg').values().map(svg => getComputedStyle(svg).position).toArray()"
    assert set(page.evaluate(positions)) == {"absolute"}
    assert page.evaluate("document.head.querySelectorAll('style').length") == 0


def test_a_phone_fetches_plotly_only_near_the_figures(answered_site, open_browser):
    page = open_browser({"width": 360, "height": 300})
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/analitik/", wait_until="networkidle")

    assert not any("plotly-basic" in url for url in fetched)
    with page.expect_request("**/plotly-basic*.js"):
        page.locator("#grafik").scroll_into_view_if_needed()


def test_without_a_script_the_table_sorts_and_says_the_same(answered_site, open_browser):
    page = open_browser(DESKTOP, java_script_enabled=False)
    page.goto("/analitik/")
    page.get_by_role("link", name="SKPD", exact=True).click()

    assert page.locator(".waits tbody th").all_inner_texts()[0].startswith("Dinas Jalan")
    page.get_by_role("link", name="SKPD", exact=True).click()
    assert "urut=-skpd" in page.url
    assert not page.locator("[data-figure=curves]").is_visible()
    page.get_by_text("Data grafik ini").last.click()
    assert page.get_by_role("region", name="Berapa bagian sudah ditanggapi").locator("tbody tr").count() == 11


@pytest.fixture
def handed_over(toy_site) -> None:
    """Three reports that `clean` gave to `roads`."""
    for report in ReportFactory.create_batch(3, agency_id="clean", status=Status.FORWARDED):
        hand_over(report.pk, Agency.objects.get(pk="roads"), reason="jalan", actor=None)


def saved(page, kind: str) -> Path:
    """What the button of the hand-overs puts into the downloads."""
    with page.expect_download() as download:
        page.locator(f"[data-save-drawing={kind}]").click()
    assert download.value.suggested_filename == f"roads-pengalihan.{kind}"
    return download.value.path()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawing_of_hand_overs_is_saved_on_white_with_its_names(handed_over, open_browser, scheme):
    page = open_browser(DESKTOP, color_scheme=scheme)
    page.goto("/analitik/skpd/roads/")

    drawing = ET.parse(saved(page, "svg")).getroot()  # noqa: S314  (our own)
    words = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words[:4] == ["Pengalihan", "Dinas Jalan Kota Contoh", "Datang dari: 3", "Dinas Jalan"]
    assert {"Dinas", "Kebersihan", "3"} <= set(" ".join(words[5:]).split())
    with Image.open(saved(page, "png")) as picture:
        colours = dict(map(reversed, picture.convert("RGB").getcolors(1 << 20)))
        assert picture.size == (1280, 2 * int(drawing.get("height")))
        assert max(colours, key=colours.get) == (255, 255, 255)
        assert (0x14, 0x21, 0x1B) in colours  # the bar of the SKPD, in the ink of a light page
