"""Files of many kinds come in; broken ones are refused as a whole with everything that is wrong."""

import json
from io import StringIO
from pathlib import Path

import pytest
import shapely
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.db import connection
from shapely import box
from shapely.geometry.base import BaseGeometry

from geo_reports.boundaries import LOCK_KEY
from geo_reports.boundary_repair import tiles
from geo_reports.models import BoundaryVersion, City, KelurahanBoundary, KelurahanPiece
from tests.factories import SIDE, SQUARES, ReportFactory
from tests.geodata import converted

pytestmark = pytest.mark.django_db

Shapes = dict[str, BaseGeometry | None]


@pytest.fixture
def city(toy_city) -> City:
    toy_city.official_area_km2 = 4.94
    toy_city.save()
    return toy_city


def squares() -> Shapes:
    return {code: box(west, south, west + SIDE, south + SIDE) for code, (_name, west, south) in SQUARES.items()}


def features(shapes: Shapes, *, names: dict[str, str] | None = None) -> list[dict]:
    return [
        {
            "type": "Feature",
            "properties": {"KODE": code, "NAMA": (names or {}).get(code) or SQUARES.get(code, ("?",))[0]},
            "geometry": shape and json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in shapes.items()
    ]


def write(folder: Path, rows: list[dict], name: str = "batas.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    return path


def run(path: Path, **options: object) -> str:
    out = StringIO()
    fields = {"level": "kelurahan", "code_field": "KODE", "name_field": "NAMA"}
    call_command("import_boundaries", path, stdout=out, **(fields | options))
    return out.getvalue()


def refused(path: Path, **options: object) -> str:
    """The table of problems; nothing may have changed."""
    with pytest.raises(CommandError) as caught:
        run(path, **options)
    assert caught.value.returncode == 1
    assert BoundaryVersion.objects.get().source == "toy"
    assert KelurahanPiece.objects.count() == 4
    return str(caught.value)


def in_force() -> dict[str, BaseGeometry]:
    rows = KelurahanBoundary.objects.filter(version__valid_to=None)
    return {row.area_id: shapely.from_wkb(bytes(row.geometry.wkb)) for row in rows}


@pytest.mark.parametrize(
    ("target", "options"),
    [
        ("batas.shp", ["-t_srs", "EPSG:32632"]),
        ("batas.gpkg", ["-t_srs", "EPSG:3857"]),
        ("batas.fgb", []),
        ("batas.kml", []),
    ],
)
def test_any_format_in_any_coordinate_system_gives_the_same_squares(city, tmp_path, target, options):
    path = converted(write(tmp_path, features(squares())), target, *options)
    run(path, source="Peta resmi", licence="CC BY", official=True)
    version = BoundaryVersion.objects.get(valid_to=None)
    assert (version.source, version.licence, version.is_indicative) == ("Peta resmi", "CC BY", False)
    for code, shape in in_force().items():
        assert shape.symmetric_difference(squares()[code]).area == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    "write_code",
    [
        lambda code: code.replace(".", ""),
        lambda code: int(code.replace(".", "")),
        lambda code: float(code.replace(".", "")),
        lambda code: f"99000{code[4]}00{code[-1]}0",
        lambda code: int(f"99000{code[4]}00{code[-1]}0"),
    ],
    ids=["no dots", "integer", "real", "BPS", "BPS integer"],
)
def test_codes_of_either_system_are_understood_as_text_or_number(city, tmp_path, write_code):
    rows = features(squares())
    for row in rows:
        row["properties"]["KODE"] = write_code(row["properties"]["KODE"])
    run(write(tmp_path, rows))
    assert in_force().keys() == squares().keys()


def test_a_file_of_the_whole_province_may_be_given(city, tmp_path):
    elsewhere = {"98.01.1001": box(9, 0, 9.1, 0.1), "": box(10.02, 0, 10.03, 0.01)}
    assert "2 features of other areas left out" in run(write(tmp_path, features(squares() | elsewhere)))


def test_replacing_keeps_the_old_version_and_places_reports_again(city, tmp_path):
    report = ReportFactory(point=Point(10.011, 0.005, srid=4326))
    shapes = squares() | {"99.02.1001": box(10.0, 0, 10.012, 0.01), "99.01.1001": box(10.012, 0, 10.02, 0.01)}
    assert "1 reports changed" in run(write(tmp_path, features(shapes)))
    report.refresh_from_db()
    assert report.kelurahan_id == "99.02.1001"
    assert BoundaryVersion.objects.filter(valid_to=None).count() == 1
    assert KelurahanBoundary.objects.count() == 8


def test_overlaps_and_gaps_are_repaired_and_told(city, tmp_path):
    shapes = squares() | {"99.02.1001": box(10.0, 0, 10.0101, 0.01), "99.02.1002": box(10.0, 0.0101, 10.01, 0.02)}
    shapes["99.01.1002"] = box(10.0099, 0.01, 10.02, 0.02)
    told = run(write(tmp_path, features(shapes)))
    counts = {line[:19].strip(): line[19:].split()[0] for line in told.splitlines() if line.startswith("  ")}
    assert counts["overlaps removed"] == "3"
    assert counts["gaps closed"] == "1"
    assert tiles(list(in_force().values()))


def test_a_dry_run_tells_everything_and_changes_nothing(city, tmp_path):
    told = run(write(tmp_path, features(squares())), dry_run=True)
    assert "farthest move" in told
    assert "Dry run: nothing was changed." in told
    assert BoundaryVersion.objects.get().source == "toy"


def test_everything_that_is_wrong_is_told_at_once(city, tmp_path):
    shapes = squares()
    del shapes["99.01.1001"]
    shapes["99.01.1009"] = box(10.01, 0, 10.02, 0.01)
    shapes["99.01.1002"] = shapely.Polygon([(10.01, 0.01), (10.02, 0.02), (10.02, 0.01), (10.01, 0.02)])
    shapes["99.02.1001"] = None
    shapes["99.02.1002"] = shapely.LineString([(10, 0.01), (10.01, 0.02)])
    told = refused(write(tmp_path, features(shapes)))
    assert "?: no kelurahan has this code." in told
    assert "Timur Selatan (9900010010) is missing in the file." in told
    assert "Timur Utara: Self-intersection[10.015 0.015]; --mend-rings tries to mend it." in told
    assert "Barat Selatan has no geometry." in told
    assert "Barat Utara is a LINESTRING, not a polygon." in told
    assert "Problems: 5; nothing was changed." in told


def test_a_bow_tie_is_mended_on_request(city, tmp_path):
    corners = [(10.01, 0.01), (10.02, 0.01), (10.02, 0.02), (10.0149, 0.0199), (10.0151, 0.0199), (10.01, 0.02)]
    crossed = shapely.Polygon(corners)
    assert not crossed.is_valid
    path = write(tmp_path, features(squares() | {"99.01.1002": crossed}))
    assert "--mend-rings" in refused(path)
    assert "rings mended            1" in run(path, mend_rings=True)


def test_a_kelurahan_that_is_in_the_file_twice_is_told(city, tmp_path):
    rows = features(squares())
    assert "Timur Selatan is in the file 2 times." in refused(write(tmp_path, [*rows, rows[0]]))


def test_another_name_is_only_a_warning_and_aliases_are_known(city, tmp_path):
    told = run(write(tmp_path, features(squares(), names={"99.01.1001": "TIMUR-SELATAN", "99.01.1002": "Utara"})))
    assert "99.01.1002  is called Utara in the file, Timur Utara here." in told
    assert "99.01.1001  is called" not in told


def test_swapped_coordinates_that_leave_the_earth_are_named(city, tmp_path):
    shapes = {code: box(-6.3, 106.7 + number / 100, -6.29, 106.71) for number, code in enumerate(squares())}
    assert "Longitude and latitude look swapped." in refused(write(tmp_path, features(shapes)))


def test_swapped_coordinates_that_stay_on_earth_are_too_far_away(city, tmp_path):
    swapped = {code: shapely.transform(shape, lambda xy: xy[:, ::-1]) for code, shape in squares().items()}
    told = refused(write(tmp_path, features(swapped)))
    assert told.count("covers 0% of its boundary in force") == 4


def test_codes_dealt_to_the_wrong_polygons_are_noticed(city, tmp_path):
    shapes = squares()
    shapes["99.01.1001"], shapes["99.02.1001"] = shapes["99.02.1001"], shapes["99.01.1001"]
    told = refused(write(tmp_path, features(shapes)))
    assert "99.01.1001  covers 0% of its boundary in force and lies 0.0 km from it." in told
    assert "Problems: 2; nothing was changed." in told


def test_the_first_import_is_judged_by_the_official_area(city, tmp_path):
    BoundaryVersion.objects.all().delete()
    shapes = {code: shapely.affinity.scale(shape, 0.8, 0.8, origin=(10.01, 0.01)) for code, shape in squares().items()}
    with pytest.raises(CommandError, match=r"the polygons cover 3\.15 km², the city has 4\.94"):
        run(write(tmp_path, features(shapes)))


def test_a_missing_neighbourhood_in_the_middle_is_refused(city, tmp_path):
    city.official_area_km2 = None
    city.save()
    hole = box(10.005, 0.005, 10.015, 0.015)
    told = refused(write(tmp_path, features({code: shape.difference(hole) for code, shape in squares().items()})))
    assert "Holes wider than 200 m are left: 1" in told


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"level": "kecamatan"}, "--level kecamatan is not possible: import kelurahan"),
        ({"code_field": "KD"}, "has no field KD; it has KODE, NAMA."),
        ({"layer": "lain"}, "its layers are batas; choose one with --layer."),
    ],
)
def test_wrong_options_get_a_sentence(city, tmp_path, options, sentence):
    assert sentence in refused(write(tmp_path, features(squares())), **options)


def test_a_file_that_is_missing_or_no_map_gets_a_sentence(city, tmp_path):
    assert "there is no file" in refused(tmp_path / "tidak-ada.gpkg")
    (tmp_path / "surat.txt").write_text("bukan peta")
    assert "cannot be read" in refused(tmp_path / "surat.txt")


def test_a_file_without_a_coordinate_system_needs_srid(city, tmp_path):
    path = converted(write(tmp_path, features(squares())), "batas.shp", "-t_srs", "EPSG:32632")
    path.with_suffix(".prj").unlink()
    assert "no coordinate system; name it with --srid" in refused(path)
    run(path, srid=32632)
    assert in_force().keys() == squares().keys()


def test_a_running_import_stops_the_second(city, tmp_path):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        assert "Another import of boundaries is running" in refused(write(tmp_path, features(squares())))
        with other.cursor() as cursor:  # closing alone lets go of it a moment later, when the next test has begun
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
    finally:
        other.close()
