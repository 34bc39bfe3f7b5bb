"""Versions, pieces and placements on the toy city; the real default boundaries once."""

from datetime import timedelta
from io import StringIO

import pytest
import shapely
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from shapely import box

from geo_reports import boundaries, reference
from geo_reports.boundary_repair import tiles
from geo_reports.models import (
    BoundaryVersion,
    City,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    KelurahanPiece,
    Report,
)
from geo_reports.routing import Outcome, place
from tests.factories import SIDE, SQUARES, ReportFactory, centre_of

pytestmark = pytest.mark.django_db


def shapes_in_force(model):
    return {
        row.area_id: shapely.from_wkb(bytes(row.geometry.wkb)) for row in model.objects.filter(version__valid_to=None)
    }


def squares(border: float = 10.01) -> dict[str, shapely.Polygon]:
    """The toy squares, with the border between Barat and Timur at this longitude."""
    return {
        code: box(*((10.0, south, border, south + SIDE) if west == 10.0 else (border, south, 10.02, south + SIDE)))
        for code, (_name, west, south) in SQUARES.items()
    }


def put_in_force(city: City, shapes: dict[str, shapely.Polygon]) -> int:
    tiling = boundaries.make_tiling(shapes, city, max_gap_m=200)
    return boundaries.install(tiling, source="test", licence="CC0", is_indicative=False)[1]


def test_the_version_before_is_kept_with_its_end(toy_city):
    put_in_force(toy_city, squares())
    old, new = BoundaryVersion.objects.order_by("valid_from")
    assert old.valid_to == new.valid_from
    assert timezone.now() - new.valid_from < timedelta(minutes=1)
    assert KelurahanBoundary.objects.filter(version=old).count() == 4
    assert KecamatanBoundary.objects.filter(version=new).count() == 2


def test_kecamatan_are_exactly_the_union_of_their_kelurahan(toy_city):
    put_in_force(toy_city, squares(border=10.0123))
    kelurahan = shapes_in_force(KelurahanBoundary)
    for code, kecamatan in shapes_in_force(KecamatanBoundary).items():
        members = [shape for member, shape in kelurahan.items() if member.startswith(code)]
        assert shapely.union_all(members).symmetric_difference(kecamatan).area == 0


def test_the_anchor_lies_inside(toy_city):
    put_in_force(toy_city, squares())
    for boundary in KelurahanBoundary.objects.all():
        assert boundary.geometry.contains(boundary.anchor)


def test_pieces_cover_what_the_boundaries_cover_and_are_small(toy_city):
    bay = shapely.Point(10.0, 0.02).buffer(0.005, quad_segs=64)
    put_in_force(toy_city, squares() | {"99.02.1002": box(10.0, 0.01, 10.01, 0.02).difference(bay)})
    pieces = KelurahanPiece.objects.filter(area="99.02.1002")
    assert pieces.count() > 1
    assert all(piece.geometry.num_points <= 17 for piece in pieces)
    whole = shapely.union_all([shapely.from_wkb(bytes(piece.geometry.wkb)) for piece in pieces])
    expected = shapes_in_force(KelurahanBoundary)["99.02.1002"]
    assert whole.symmetric_difference(expected).area == pytest.approx(0, abs=1e-12)


def test_reports_are_placed_again_in_the_new_boundaries(toy_city):
    moved = ReportFactory(point=Point(10.011, 0.005, srid=4326))
    stays = ReportFactory()
    assert put_in_force(toy_city, squares(border=10.012)) == 1
    moved.refresh_from_db()
    stays.refresh_from_db()
    assert (moved.kelurahan_id, moved.kecamatan_id) == ("99.02.1001", "99.02")
    assert stays.kelurahan_id == "99.01.1001"


def test_a_sensitive_report_shows_the_anchor_of_its_new_kelurahan(toy_city):
    report = ReportFactory(
        category_id="social", point=Point(10.011, 0.005, srid=4326), public_point=centre_of("99.01.1001")
    )
    put_in_force(toy_city, squares(border=10.012))
    report.refresh_from_db()
    assert report.public_point == KelurahanBoundary.objects.get(area="99.02.1001", version__valid_to=None).anchor


def test_a_report_that_is_outside_now_keeps_its_point(toy_city):
    report = ReportFactory(point=Point(10.0195, 0.005, srid=4326))
    smaller = squares() | {"99.01.1001": box(10.01, 0, 10.019, 0.01)}
    put_in_force(toy_city, smaller)
    report = Report.objects.get(pk=report.pk)
    assert report.kelurahan_id is None
    assert report.point is not None


def test_a_failure_while_installing_changes_nothing(toy_city, monkeypatch):
    def fail() -> int:
        raise RuntimeError("disk full")

    monkeypatch.setattr("geo_reports.routing.replace_all", fail)
    with pytest.raises(RuntimeError):
        put_in_force(toy_city, squares(border=10.012))
    assert BoundaryVersion.objects.get().valid_to is None
    assert KelurahanPiece.objects.count() == 4


def test_two_imports_cannot_run_at_once(toy_city):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [boundaries.LOCK_KEY])
        with pytest.raises(boundaries.ImportRunning), boundaries.import_lock():
            pass
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [boundaries.LOCK_KEY])
        with boundaries.import_lock():
            pass
    finally:
        other.close()


def test_the_default_boundaries_need_a_city_a_source_and_the_package(db, tmp_path, settings):
    with pytest.raises(CommandError, match="run load_reference first"):
        call_command("load_boundaries")
    city = City.objects.create(code="99", bps_code="9900", name="x", brand="x", report_prefix="X", metric_srid=32632)
    with pytest.raises(CommandError, match="names no boundary_source"):
        call_command("load_boundaries")
    settings.NODE_MODULES = tmp_path
    city.boundary_source = {"package": "some-package", "path": "file.json"}
    city.save()
    with pytest.raises(CommandError, match=r"some-package/file\.json is missing: run"):
        call_command("load_boundaries")


def test_the_real_default_boundaries_tile_the_city():
    reference.load(settings.BASE_DIR / "fixtures")
    out = StringIO()
    call_command("load_boundaries", stdout=out)
    city = City.objects.get()
    kelurahan, kecamatan = shapes_in_force(KelurahanBoundary), shapes_in_force(KecamatanBoundary)
    assert (len(kelurahan), len(kecamatan)) == (54, 7)
    assert tiles(list(kelurahan.values()))
    assert tiles(list(kecamatan.values()))
    whole = shapely.union_all(list(kelurahan.values()))
    assert whole.geom_type == "Polygon"
    assert whole.symmetric_difference(shapely.union_all(list(kecamatan.values()))).area == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(ST_Area(geometry::geography)) / 1e6 FROM geo_reports_kelurahanboundary")
        assert cursor.fetchone()[0] == pytest.approx(city.official_area_km2, rel=0.005)
    assert "gaps closed" in out.getvalue()
    assert BoundaryVersion.objects.get().repairs["overlaps"] > 50
    assert "Kota Depok, Kota Tangerang" in out.getvalue()

    for area in Kelurahan.objects.all():
        anchor = KelurahanBoundary.objects.get(area=area).anchor
        assert place(anchor).kelurahan == area
    for lon, lat, name in (
        (106.8272, -6.1754, "Jakarta Pusat"),  # Monas
        (106.6537, -6.1256, "Kota Tangerang"),  # the airport
        (106.6362, -6.3026, "Kabupaten Tangerang"),
        (106.8186, -6.3906, "Kota Depok"),
        (106.8060, -6.2607, "Jakarta Selatan"),
        (106.7000, -6.4200, "Kabupaten Bogor"),
    ):
        placement = place(Point(lon, lat, srid=4326))
        assert (placement.outcome, placement.neighbour) == (Outcome.OUTSIDE, name)

    again = StringIO()
    call_command("load_boundaries", if_missing=True, stdout=again)
    assert "in force already" in again.getvalue()
    assert BoundaryVersion.objects.count() == 1
