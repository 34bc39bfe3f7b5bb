"""The main job, end to end, on the real city: a photo becomes a public, answered, counted, downloadable report."""

import io
import json
import re
import subprocess

import pytest
import shapely
from django.contrib.auth.models import Group, User
from PIL import Image
from playwright.sync_api import Page, expect

from geo_reports.models import KelurahanBoundary, Membership, Report
from geo_reports.workflow import Role
from tests.e2e.conftest import DESKTOP
from tests.pictures import exif_bytes

PASSWORD = "hanya-untuk-uji-coba"
TEXT = "Lubang besar di tengah jalan, sudah dua minggu dan makin dalam"


@pytest.fixture
def staff(real_city) -> dict[str, User]:
    verifier = User.objects.create_user("verifikator", password=PASSWORD)
    verifier.groups.add(Group.objects.get_or_create(name=Role.VERIFIER)[0])
    return {"verifier": verifier, "officer": User.objects.create_user("petugas", password=PASSWORD)}


@pytest.fixture
def scene(real_city) -> tuple[float, float, str]:
    """A point well inside some kelurahan, and the code that shapely finds for it."""
    shapes = {row.area_id: shapely.from_wkb(bytes(row.geometry.wkb)) for row in KelurahanBoundary.objects.all()}
    chosen = shapes[sorted(shapes)[len(shapes) // 2]]
    point = chosen.representative_point()
    holders = [code for code, shape in shapes.items() if shape.covers(point)]
    assert len(holders) == 1
    return point.x, point.y, holders[0]


def camera_photo(lon: float, lat: float) -> bytes:
    """A JPEG as a phone would take it: large, with position, owner and orientation."""
    buffer = io.BytesIO()
    Image.effect_mandelbrot((1600, 1200), (-2, -1.5, 1, 1.5), 40).convert("RGB").save(
        buffer, "JPEG", exif=exif_bytes(lon, lat, orientation=6)
    )
    return buffer.getvalue()


def sign_in(page: Page, name: str) -> None:
    page.goto("/petugas/masuk/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Meja petugas")).to_be_visible()


def test_from_a_photo_on_a_phone_to_an_answer_in_the_statistics(open_browser, staff, scene, tmp_path):
    lon, lat, kelurahan = scene
    photo = camera_photo(lon, lat)
    assert b"Budi Rahasia" in photo

    # A citizen: the photo alone places the pin; the form says who will get the report and why.
    phone = open_browser()
    phone.goto("/lapor/")
    phone.locator("[data-photo-input]").last.set_input_files(
        {"name": "IMG_2025.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    area = KelurahanBoundary.objects.select_related("area__kecamatan").get(area_id=kelurahan).area
    expect(phone.locator("#where-place")).to_contain_text(area.label)
    phone.get_by_label("Apa yang terjadi?").fill(TEXT)
    phone.locator("label.tile", has_text="Jalan rusak").click()
    expect(phone.locator("#goes-to")).to_contain_text("DSDABMBK")
    phone.get_by_role("button", name="Kirim").click()
    phone.wait_for_url(re.compile(r"/laporan/[A-Z]+-\w{6}/\?kunci="))
    report = Report.objects.get()
    assert report.kelurahan_id == kelurahan
    assert abs(report.point.x - lon) < 1e-4
    assert abs(report.point.y - lat) < 1e-4
    expect(phone.get_by_text(TEXT)).to_be_visible()

    # The public: at once on map, list and export, with place and category; the words wait for a person.
    public = open_browser(DESKTOP)
    public.goto("/laporan/")
    expect(public.locator(f"a[href*='{report.code}']").first).to_be_visible()
    expect(public.get_by_text(TEXT)).to_have_count(0)
    photo_uid = report.photos.get().uid
    assert public.request.get(f"/foto/{photo_uid}/image.jpg").status == 404

    # The verifikator publishes, the SKPD answers.
    desk = open_browser(DESKTOP)
    sign_in(desk, "verifikator")
    desk.get_by_role("link", name=report.code).click()
    desk.get_by_role("button", name="Tayangkan dan teruskan").click()
    expect(desk.get_by_role("status").get_by_text("ditayangkan dan diteruskan")).to_be_visible()
    report.refresh_from_db()
    Membership.objects.create(user=staff["officer"], agency=report.agency)
    officer = open_browser(DESKTOP)
    sign_in(officer, "petugas")
    officer.get_by_role("link", name=report.code).click()
    officer.get_by_label("Tanggapan untuk warga").fill("Terima kasih. Tim kami menambalnya hari Kamis.")
    officer.get_by_role("button", name="Tayangkan tanggapan").click()
    expect(officer.get_by_text("Tim kami menambalnya").first).to_be_visible()

    # The public sees it all: the map, the report, the published photo without metadata.
    public.goto(f"/?kelurahan={kelurahan}")
    expect(public.locator(f"a[href*='{report.code}']").first).to_be_visible()
    expect(public.locator(".leaflet-marker-icon").first).to_be_visible()
    public.goto(report.get_absolute_url())
    expect(public.get_by_text(TEXT).first).to_be_visible()
    expect(public.get_by_text("Tim kami menambalnya").first).to_be_visible()
    expect(public.get_by_text("DSDABMBK").first).to_be_visible()
    published = public.request.get(f"/foto/{photo_uid}/image.jpg")
    assert published.ok
    assert b"Budi" not in published.body()
    picture = Image.open(io.BytesIO(published.body()))
    assert not picture.getexif()
    assert picture.size == (1200, 1600)

    # Analytics counts it, and its response; the export is what the page says, for GDAL too.
    public.goto("/analitik/")
    row = public.locator("table tr", has_text="DSDABMBK").first
    expect(row).to_contain_text("1")
    exported = public.request.get("/export/reports.geojson").body()
    (feature,) = json.loads(exported)["features"]
    assert feature["properties"]["kelurahan"] == kelurahan or kelurahan in json.dumps(feature["properties"])
    assert feature["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=1e-4)
    assert "Budi" not in exported.decode()
    path = tmp_path / "laporan.geojson"
    path.write_bytes(exported)
    summary = subprocess.run(  # noqa: S603
        ["/usr/bin/ogrinfo", "-so", "-al", str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert "Feature Count: 1" in summary
