"""The main job, end to end, on the real city: a photo becomes a public, answered, counted, downloadable report."""

import io
import json
import re
import subprocess
from pathlib import Path

import pytest
import shapely
from django.contrib.auth.models import Group, User
from PIL import Image
from playwright.sync_api import Page, expect

from geo_reports.models import Kelurahan, KelurahanBoundary, Membership, Report
from geo_reports.workflow import Role
from tests.e2e.conftest import DESKTOP, PHONE
from tests.pictures import exif_bytes

PASSWORD = "hanya-untuk-uji-coba"
TEXT = "Lubang besar di tengah jalan, sudah dua minggu dan makin dalam"
ANSWER = "Terima kasih. Tim kami menambalnya hari Kamis."
AGENCY = "DSDABMBK"


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
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Meja petugas")).to_be_visible()


def send_report(phone: Page, photo: bytes, place: str) -> Report:
    """A citizen: the photo alone places the pin; the form says who will get the report."""
    phone.goto("/lapor/")
    phone.locator("[data-photo-input]").last.set_input_files(
        {"name": "IMG_2025.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    expect(phone.locator("#where-place")).to_contain_text(place)
    phone.get_by_label("Apa yang terjadi?").fill(TEXT)
    phone.locator("label.tile", has_text="Jalan rusak").click()
    expect(phone.locator("#goes-to")).to_contain_text(AGENCY)
    phone.get_by_role("button", name="Kirim").click()
    phone.wait_for_url(re.compile(r"/laporan/[A-Z]+-\w{6}/\?kunci="))
    expect(phone.get_by_text(TEXT)).to_be_visible()
    return Report.objects.get()


def publish(desk: Page, code: str) -> None:
    """The verifikator."""
    sign_in(desk, "verifikator")
    desk.get_by_role("link", name=code).click()
    desk.get_by_role("button", name="Tayangkan dan teruskan").click()
    expect(desk.get_by_role("status").get_by_text("ditayangkan dan diteruskan")).to_be_visible()


def answer(desk: Page, code: str) -> None:
    """The officer of the SKPD."""
    sign_in(desk, "petugas")
    desk.get_by_role("link", name=code).click()
    desk.locator("summary", has_text="Jawab warga").click()
    desk.get_by_label("Jawaban untuk warga").fill(ANSWER)
    desk.get_by_role("button", name="Tayangkan jawaban").click()
    expect(desk.get_by_text(ANSWER).first).to_be_visible()


def count_by_gdal(exported: bytes, folder: Path) -> int:
    """What `ogrinfo -so` says of an export."""
    path = folder / "laporan.geojson"
    path.write_bytes(exported)
    command = ["/usr/bin/ogrinfo", "-so", "-al", str(path)]
    summary = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return int(re.search(r"Feature Count: (\d+)", summary)[1])


def test_from_a_photo_on_a_phone_to_an_answer_in_the_statistics(open_browser, staff, scene, tmp_path):
    lon, lat, kelurahan = scene
    photo = camera_photo(lon, lat)
    assert b"Budi Rahasia" in photo
    area = Kelurahan.objects.select_related("kecamatan").get(pk=kelurahan)
    report = send_report(open_browser(PHONE), photo, area.label)
    assert report.kelurahan_id == kelurahan
    assert report.point.coords == pytest.approx((lon, lat), abs=1e-4)

    # At once on map, list and export with place and category; the words wait for a person.
    public = open_browser(DESKTOP)
    public.goto("/laporan/")
    expect(public.locator(f"a[href*='{report.code}']").first).to_be_visible()
    expect(public.get_by_text(TEXT)).to_have_count(0)
    photo_address = f"/foto/{report.photos.get().uid}/image.jpg"
    assert public.request.get(photo_address).status == 404

    publish(open_browser(DESKTOP), report.code)
    report.refresh_from_db()
    Membership.objects.create(user=staff["officer"], agency=report.agency)
    answer(open_browser(DESKTOP), report.code)

    # The public sees it all: the map, the report, the published photo without metadata.
    public.goto(f"/?kelurahan={kelurahan}")
    expect(public.locator(f"a[href*='{report.code}']").first).to_be_visible()
    expect(public.locator(".leaflet-marker-pane .pin")).to_be_visible()
    public.goto(report.get_absolute_url())
    for words in (TEXT, ANSWER, AGENCY, area.label):
        expect(public.get_by_text(words).first).to_be_visible()
    published = public.request.get(photo_address).body()
    assert b"Budi" not in published
    assert not Image.open(io.BytesIO(published)).getexif()
    assert Image.open(io.BytesIO(published)).size == (1200, 1600)

    # Analytics counts it and its response; the export is what the page says, for GDAL too.
    public.goto("/analitik/")
    expect(public.locator("table tr", has_text=AGENCY).first).to_contain_text("1")
    exported = public.request.get("/export/reports.geojson").body()
    (feature,) = json.loads(exported)["features"]
    assert kelurahan in feature["properties"].values()
    assert feature["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=1e-4)
    assert b"Budi" not in exported
    assert count_by_gdal(exported, tmp_path) == 1
