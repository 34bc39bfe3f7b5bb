"""A file with a mistake changes nothing, and everything that is wrong with it is told at once."""

import pytest
import shapely

from geo_reports.models import Agency, KelurahanPiece, RoutingFeature
from tests.geodata import converted
from tests.layer_import import BLOCK, EAST_WEST, NORTH_SOUTH, refused, road, run, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "row", "sentence"),
    [
        ("road", road(owner="Dinas Naga"), "has the owner 'Dinas Naga', whom nobody knows"),
        ("road", road(owner="Dinas Lama"), "has the owner 'Dinas Lama', who may be clean or east."),
        ("road", road(owner=None), "has no owner."),
        ("road", road(owner=" "), "has no owner."),
        ("road", road(None), "feature 0 (no name)  has no name in NAMA."),
        ("road", road("x" * 121), "120"),
        ("road", road(shape=None), "has no geometry."),
        ("road", road(shape=BLOCK), "geometry: "),
        ("estate", road(shape=EAST_WEST), "geometry: "),
        ("asset", road(shape=shapely.GeometryCollection([BLOCK])), "is a GEOMETRYCOLLECTION: points, lines or"),
        ("estate", road(shape=shapely.Polygon([(10, 0), (10.01, 0.01), (10.01, 0), (10, 0.01)])), "Self-intersection"),
        ("road", road(KELAS="jalan tikus"), "has the class 'jalan tikus'; known are national, provincial"),
        ("road", road(JAUH="jauh"), "has the reach 'jauh', which is no number of metres."),
        ("road", road(JAUH=501), "reach_m: "),
        ("road", road(JAUH=-1), "reach_m: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_with_a_feature_is_told(toy_city, tmp_path, kind, row, sentence):
    Agency.objects.filter(pk__in=("clean", "east")).update(predecessors=["Dinas Lama"])
    more = {"class_field": "KELAS"} if "KELAS" in row[0] else {"reach_field": "JAUH"} if "JAUH" in row[0] else {}
    told = refused(write(tmp_path, [row]), kind=kind, **more)
    assert sentence in told
    assert "Problems: 1; nothing was changed." in told


def test_everything_that_is_wrong_is_told_at_once_and_the_good_ones_wait(toy_city, tmp_path):
    told = refused(write(tmp_path, [road("Jl. Baik"), road("Jl. A", owner="naga"), road("Jl. B", None), road(None)]))
    assert "Problems: 3; nothing was changed." in told
    assert told.index("Jl. A") < told.index("Jl. B") < told.index("no name")


@pytest.mark.parametrize(
    ("shape", "hint"),
    [
        (shapely.LineString([(11, 1), (11.1, 1)]), "outside the city."),
        (shapely.LineString([(-170, 1), (-169, 1)]), "outside the city."),
        (shapely.LineString([(0.005, 10.001), (0.005, 10.019)]), "Longitude and latitude look swapped."),
        (shapely.LineString([(-6.3, 106.7), (-6.3, 106.8)]), "not on earth. Longitude and latitude look swapped."),
    ],
    ids=["elsewhere", "half a world away", "swapped", "swapped off the earth"],
)
def test_a_wrong_place_on_earth_is_named(toy_city, tmp_path, shape, hint):
    assert hint in refused(write(tmp_path, [road(shape=shape)]))


def test_a_road_beside_the_city_counts_as_far_as_it_reaches(toy_city, tmp_path):
    path = write(tmp_path, [road(shape=shapely.LineString([(10.0201, 0), (10.0201, 0.01)]))])
    assert "outside the city" in refused(path, reach=5.0)
    run(path, reach=20.0)


def test_a_long_list_of_problems_is_cut(toy_city, tmp_path):
    told = refused(write(tmp_path, [road(f"Jl. {number}", owner="naga") for number in range(130)]))
    assert "... and 30 more" in told
    assert "Problems: 130; nothing was changed." in told


def test_what_lies_outside_can_be_left_out(toy_city, tmp_path):
    rows = [road(), road("Jl. Jauh", shapely.LineString([(11, 1), (11.1, 1)]))]
    assert "1 features, 1 outside the city left out;" in run(write(tmp_path, rows), skip_outside=True)
    assert RoutingFeature.objects.get().name == "Jl. Lurus"
    assert "holds nothing to import" in refused(write(tmp_path, rows[1:]), skip_outside=True)


def test_the_same_feature_twice_is_a_mistake(toy_city, tmp_path):
    backwards = shapely.LineString(list(EAST_WEST.coords)[::-1])
    told = refused(write(tmp_path, [road(), road(shape=backwards)]))
    assert "feature 1 (Jl. Lurus)  is the same as feature 0 (Jl. Lurus)." in told


def test_one_shape_of_two_owners_is_a_mistake(toy_city, tmp_path):
    told = refused(write(tmp_path, [road(), road("Jl. Lain", owner="clean")]))
    assert "feature 1 (Jl. Lain)  has the shape of feature 0 (Jl. Lurus), but another owner." in told


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (road(shape=NORTH_SOUTH, KELAS="kota"), "class"),
        (road(shape=NORTH_SOUTH, JAUH=3, KELAS="toll"), "reach"),
        (road(shape=shapely.Point(10.01, 0.01), KELAS="toll"), "being points, lines or areas"),
    ],
    ids=["class", "reach", "dimension"],
)
def test_parts_that_contradict_each_other_are_a_mistake(toy_city, tmp_path, other, what):
    rows = [road(KELAS="toll", JAUH=None), other]
    told = refused(write(tmp_path, rows), kind="asset", class_field="KELAS", reach_field="JAUH")
    assert f"feature 1 (Jl. Lurus)  is part of feature 0 (Jl. Lurus), but differs in {what}." in told


def test_heights_and_curves_are_flattened_and_told(toy_city, tmp_path):
    path = tmp_path / "lengkung.csv"
    path.write_text(
        "NAMA;PEMILIK;WKT\n"
        'Jl. Tinggi;roads;"LINESTRING Z (10.001 0.005 30, 10.019 0.005 31)"\n'
        'Jl. Lengkung;roads;"CIRCULARSTRING (10.001 0.001, 10.005 0.005, 10.009 0.001)"\n'
    )
    told = run(path, srid=4326)
    assert "1 features had curves: they are short straight lines now." in told
    assert "1 features had heights or measures: left out." in told
    curved, high = RoutingFeature.objects.order_by("name")
    assert not high.geometry.hasz
    assert curved.geometry.geom_type == "LineString"
    assert curved.geometry.num_points > 10


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"name_field": "NM"}, "has no field NM; it has NAMA, PEMILIK."),
        ({"owner_field": "OWN", "alias_field": "ALIAS"}, "has no field ALIAS"),
        (
            {"categories": "pothole,naga"},
            "there is no category naga; there are garbage, pothole, social.",
        ),
        ({"reason_template": "{siapa}"}, "--reason-template knows {name}, {owner} and {class}, not 'siapa'."),
        ({"reason_template": "{name"}, "--reason-template "),
        ({"layer": "lain"}, "its layers are ruas; choose one with --layer."),
        ({"valid_from": "2024-01-01", "valid_to": "2023-01-01"}, "valid_to: "),
        ({"kind": "asset", "reason_template": "x" * 241}, "reason: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_options_get_a_sentence(toy_city, tmp_path, options, sentence):
    assert sentence in refused(write(tmp_path, [road()]), **options)


def test_a_file_that_is_missing_or_no_map_gets_a_sentence(toy_city, tmp_path):
    assert "there is no file" in refused(tmp_path / "tidak-ada.gpkg")
    (tmp_path / "surat.txt").write_text("bukan peta")
    assert "cannot be read" in refused(tmp_path / "surat.txt")
    assert "holds nothing to import" in refused(
        converted(write(tmp_path, [road()]), "kosong.gpkg", "-where", "NAMA = 'x'")
    )


def test_without_boundaries_nothing_can_be_outside_so_nothing_is_imported(toy_city, tmp_path):
    KelurahanPiece.objects.all().delete()
    assert "has no boundaries in force: run load_boundaries first." in refused(write(tmp_path, [road()]))
