"""A point outside the city is told where it is; no neighbour overlaps the city."""

import json
from io import StringIO
from pathlib import Path

import pytest
import shapely
from django.contrib.gis.geos import Point
from django.core.management import call_command
from shapely import box

from geo_reports import boundaries, neighbours
from geo_reports.models import City, KelurahanPiece, NeighbourPiece
from geo_reports.routing import place
from tests.factories import SIDE, SQUARES
from tests.geodata import write_geojson

pytestmark = pytest.mark.django_db

# The toy city is 10.00-10.02 E, 0.00-0.02 N; its own code is 9900.
MUNICIPALITIES = {
    ("9900", "KotaContoh", "Kota"): box(10.0, 0.0, 10.02, 0.02),
    ("9901", "KotaTimurJauh", "Kota"): box(10.019, -0.1, 10.1, 0.1),
    ("9902", "Barat", "Kabupaten"): box(9.5, -0.1, 10.0, 0.1),
    ("9903", "UjungUtara", "Kota"): box(10.0, 0.05, 10.02, 0.09),
    ("9904", "Antah", "Kabupaten"): box(12.0, 0.0, 12.1, 0.1),
    ("9905", "SeberangDunia", "Kabupaten"): box(-170.0, 0.0, -169.0, 1.0),
}


@pytest.fixture
def package(toy_city, tmp_path, settings) -> Path:
    """An installed package that holds the municipalities, named by the city."""
    settings.NODE_MODULES = tmp_path
    toy_city.boundary_source = {
        "package": "peta",
        "path": "kelurahan.json",
        "code_field": "KODE",
        "name_field": "NAMA",
        "source": "x",
        "licence": "x",
        "neighbours": {
            "path": "kota.json",
            "code_field": "CC",
            "name_field": "NAME",
            "type_field": "TYPE",
            "within_km": 10,
            "names": {"UjungUtara": "Ujung Utara"},
        },
    }
    toy_city.save()
    (tmp_path / "peta").mkdir()
    write_geojson(
        tmp_path / "peta/kota.json", [({"CC": c, "NAME": n, "TYPE": t}, s) for (c, n, t), s in MUNICIPALITIES.items()]
    )
    write_geojson(
        tmp_path / "peta/kelurahan.json", [({"KODE": code, "NAMA": SQUARES[code][0]}, s) for code, s in squares()]
    )
    return tmp_path / "peta"


def squares() -> list[tuple[str, shapely.Polygon]]:
    return [(code, box(west, south, west + SIDE, south + SIDE)) for code, (_name, west, south) in SQUARES.items()]


def load(**options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("load_boundaries", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def union(model: type) -> shapely.Geometry:
    return shapely.union_all([shapely.from_wkb(bytes(piece.geometry_m.wkb)) for piece in model.objects.all()])


def neighbour_of(lon: float, lat: float = 0.005) -> str:
    return place(Point(lon, lat, srid=4326)).neighbour


def test_those_near_by_are_loaded_by_the_name_that_people_use(package):
    told, warned = load()
    assert "Neighbours within 10 km: Kabupaten Barat, Kota Timur Jauh, Ujung Utara." in told
    assert warned == ""
    assert neighbours.names() == ["Kabupaten Barat", "Kota Timur Jauh", "Ujung Utara"]


def test_a_point_outside_is_told_where_it_is(package):
    load()
    assert neighbour_of(9.9) == "Kabupaten Barat"
    assert neighbour_of(10.05) == "Kota Timur Jauh"
    assert neighbour_of(10.01, 0.07) == "Ujung Utara"
    assert neighbour_of(9.51) == "Kabupaten Barat"  # a neighbour is kept whole
    assert neighbour_of(12.05) == ""
    assert neighbour_of(10.0195) == ""  # the city's own, though the neighbour's file has it too


def test_no_neighbour_overlaps_the_city(package):
    load()
    assert union(NeighbourPiece).intersection(union(KelurahanPiece)).area < 0.01


def test_loading_again_gives_the_same(package):
    load()
    before = union(NeighbourPiece)
    load()
    assert union(NeighbourPiece).symmetric_difference(before).area < 0.01
    assert len(neighbours.names()) == 3


def test_a_larger_city_is_cut_out_of_its_neighbours_at_once(package, toy_city):
    load()
    shapes = dict(squares()) | {"99.01.1001": box(10.01, 0, 10.03, 0.01)}
    tiling = boundaries.make_tiling(shapes, toy_city, max_gap_m=200)
    boundaries.install(tiling, source="resmi", licence="CC0", is_indicative=False)
    assert union(NeighbourPiece).intersection(union(KelurahanPiece)).area < 0.01
    assert neighbour_of(10.025) == ""
    assert neighbour_of(10.035) == "Kota Timur Jauh"


def test_a_smaller_city_gives_back_what_it_took(package, tmp_path):
    load()
    path = tmp_path / "resmi.json"
    smaller = dict(squares()) | {"99.01.1001": box(10.01, 0, 10.0192, 0.01)}
    write_geojson(path, [({"KODE": code, "NAMA": SQUARES[code][0]}, shape) for code, shape in smaller.items()])
    options = {"level": "kelurahan", "code_field": "KODE", "name_field": "NAMA"}
    call_command("import_boundaries", path, stdout=StringIO(), **options)
    assert neighbour_of(10.0196) == "Kota Timur Jauh"


def test_a_city_with_boundaries_gets_its_neighbours_too(package):
    load()
    NeighbourPiece.objects.all().delete()
    assert "Neighbours within 10 km: Kabupaten Barat" in load(if_missing=True)[0]
    assert "Neighbours" not in load(if_missing=True)[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no file"),
        ("bukan peta", "cannot be read"),
        (json.dumps({"type": "FeatureCollection", "features": []}), "has no field CC"),
    ],
    ids=["missing", "no map", "no fields"],
)
def test_a_file_that_cannot_be_used_is_a_warning_and_what_was_known_stays(package, content, sentence):
    load()
    (package / "kota.json").unlink()
    if content is not None:
        (package / "kota.json").write_text(content)
    told, warned = load()
    assert "is in force" in told
    assert "Neighbours: kota.json:" in warned
    assert sentence in warned
    assert "Known from before: Kabupaten Barat, Kota Timur Jauh, Ujung Utara." in warned


def test_a_city_that_names_no_neighbours_is_told(package):
    city = City.objects.get()
    del city.boundary_source["neighbours"]
    city.save()
    assert "city.yaml names none" in load()[0]


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("KotaTangerang", "Kota", "Kota Tangerang"),
        ("Depok", "Kota", "Kota Depok"),
        ("Bogor", "Kabupaten", "Kabupaten Bogor"),
        ("BandungBarat", "Kabupaten", "Kabupaten Bandung Barat"),
        ("JakartaSelatan", "Kota", "Jakarta Selatan"),
        ("Kotabaru", "Kabupaten", "Kabupaten Kotabaru"),
    ],
)
def test_names_of_the_file_become_names_that_people_say(name, kind, said):
    assert neighbours.called(name, kind, {"JakartaSelatan": "Jakarta Selatan"}) == said
