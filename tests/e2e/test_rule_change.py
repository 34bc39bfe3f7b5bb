"""A road drawn in the admin, tried on past reports, published, and followed by the next report."""

from django.contrib.auth.models import User
from playwright.sync_api import TimeoutError as TooLate

from geo_reports.models import Report, RoutingFeature
from tests.e2e.conftest import DESKTOP, sign_in
from tests.factories import ReportFactory, centre_of

TEXT = "Lubang besar di tengah jalan, sudah dua minggu"


def draw_line(page, *corners: tuple[float, float]) -> None:
    """Press the line tool, each corner (lon, lat), and the word that ends the line."""
    page.locator(".leaflet-draw-draw-polyline").click()
    page.wait_for_selector(".leaflet-draw-tooltip", state="attached")
    for number, (lon, lat) in enumerate(corners, start=1):
        x, y = page.evaluate(
            """([lon, lat]) => {
                const point = window.theMap.latLngToContainerPoint([lat, lon]);
                const box = window.theMap.getContainer().getBoundingClientRect();
                return [box.x + point.x, box.y + point.y];
            }""",
            [lon, lat],
        )
        press_until_drawn(page, x, y, number)
    page.get_by_role("link", name="Finish").click()


def press_until_drawn(page, x: float, y: float, corners: int) -> None:
    """Leaflet.draw overlooks a press that comes while it is still busy with the last one."""
    for _attempt in range(10):
        page.mouse.move(x, y)
        page.mouse.click(x, y)
        try:
            page.wait_for_function(
                "n => document.querySelectorAll('.leaflet-editing-icon').length === n", arg=corners, timeout=2000
            )
        except TooLate:
            continue
        return
    raise AssertionError("the line has no corner where the map was pressed")


def test_a_drawn_road_is_previewed_published_and_followed(toy_site, open_browser):
    User.objects.create_superuser("kepala", "kepala@example.org", "rahasia-sekali")
    old = ReportFactory()
    page = open_browser(DESKTOP)
    page.add_init_script("addEventListener('map:init', (event) => { window.theMap = event.detail.map; })")
    sign_in(page, "kepala", "rahasia-sekali", "/admin/geo_reports/routingfeature/add/")

    page.select_option("#id_kind", "road")
    page.fill("#id_name", "Jl. Raya Contoh")
    page.select_option("#id_road_class", "provincial")
    page.fill("#id_reason", "Jl. Raya Contoh adalah jalan provinsi")
    page.fill("#id_source", "digambar dari citra")
    page.select_option("#id_confidence", "high")
    page.evaluate(
        """() => {
            const select = document.getElementById("id_agency");
            select.append(new Option("Dinas Kebersihan", "clean", true, true));
        }"""
    )
    page.locator(".leaflet-draw-draw-polyline").scroll_into_view_if_needed()
    draw_line(page, (10.011, 0.005), (10.019, 0.005))
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist >> text=draf")
    road = RoutingFeature.objects.get()
    assert road.geometry.geom_type == "LineString"

    page.goto("/petugas/aturan/")
    page.get_by_role("button", name="Lihat pratinjau").click()
    page.wait_for_url("**/pratinjau/*/")
    page.get_by_role("heading", name="1 dari 1 laporan berpindah").wait_for()
    page.wait_for_selector(".rule-map path.leaflet-interactive")
    assert page.locator(".rule-flows").inner_text().split("\n")[-1].split("\t") == [
        "Dinas Jalan",
        "Dinas Kebersihan",
        "1",
    ]
    assert old.code in page.content()

    page.goto("/petugas/aturan/")
    page.fill("#publish-catatan", "Jl. Raya Contoh milik provinsi")
    page.get_by_role("button", name="Terbitkan").click()
    page.wait_for_selector("text=diterbitkan dan berlaku sekarang")

    point = centre_of("99.01.1001")
    page.goto("/lapor/")
    page.fill("#uraian", TEXT)
    page.evaluate(
        """([lon, lat]) => {
            const form = document.getElementById("report-form").elements;
            form.lon.value = lon; form.lat.value = lat;
        }""",
        [point.x, point.y],
    )
    page.locator("input[name=kategori][value=pothole]").check(force=True)
    page.wait_for_selector("#goes-to >> text=Dinas Kebersihan")
    page.locator("#send").click()
    page.wait_for_url("**/laporan/KC-*/?*")
    report = Report.objects.get(text=TEXT)
    assert (report.agency_id, report.assignments.get().trace[0]["ref"]) == ("clean", f"road:{road.pk}")
    assert "karena Jl. Raya Contoh adalah jalan provinsi" in page.locator(".agency-box").inner_text()
    page.wait_for_selector(".report-map path[stroke-dasharray]", state="attached")
