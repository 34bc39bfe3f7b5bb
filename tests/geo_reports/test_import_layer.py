"""Roads, estates and assets come in from files of many kinds, into the draft."""

from datetime import date
from itertools import pairwise

import pytest
import shapely
from django.contrib.gis.geos import LineString, Point
from django.utils import timezone
from shapely import box
from shapely.geometry.base import BaseGeometry

from geo_reports.models import Agency, Category, RoutingFeature
from geo_reports.routing import decide, place, versions
from tests.geodata import converted
from tests.layer_import import BLOCK, DIAGONAL, EAST_WEST, NORTH_SOUTH, refused, road, run, write

pytestmark = pytest.mark.django_db


def counts(told: str) -> dict[str, int]:
    lines = [line.split() for line in told.splitlines() if line.startswith("  ")]
    names = {"new": 0, "changed": 0, "drawn": 0, "unchanged": 0, "away": 0}
    for line in lines:
        for word, following in pairwise(line):
            if word in names and following.isdecimal():
                names[word] = int(following)
    return names


def shape_of(feature: RoutingFeature) -> BaseGeometry:
    return shapely.from_wkb(bytes(feature.geometry.wkb))


@pytest.mark.parametrize(
    ("target", "options"),
    [
        ("jalan.shp", ["-t_srs", "EPSG:32632"]),
        ("jalan.gpkg", ["-t_srs", "EPSG:3857"]),
        ("jalan.fgb", []),
        ("jalan.kml", []),
        ("jalan.geojson", []),
    ],
)
def test_any_format_in_any_coordinate_system_gives_the_same_road(toy_city, tmp_path, target, options):
    path = converted(write(tmp_path, [road()]), target, *options)
    run(path)
    feature = RoutingFeature.objects.get()
    assert (feature.kind, feature.name, feature.agency_id) == ("road", "Jl. Lurus", "roads")
    assert shapely.hausdorff_distance(shape_of(feature), EAST_WEST) < 1e-7
    assert feature.source == target


def test_a_file_without_a_coordinate_system_needs_srid(toy_city, tmp_path):
    path = converted(write(tmp_path, [road()]), "jalan.shp", "-t_srs", "EPSG:32632")
    path.with_suffix(".prj").unlink()
    assert "no coordinate system; name it with --srid" in refused(path)
    run(path, srid=32632)
    assert shapely.hausdorff_distance(shape_of(RoutingFeature.objects.get()), EAST_WEST) < 1e-7


def test_only_the_draft_changes_and_a_published_road_decides(toy_city, tmp_path):
    told = run(write(tmp_path, [road(owner="clean")]))
    assert "Next: preview and publish the draft at /petugas/" in told
    spot = place(Point(10.015, 0.005, srid=4326))

    def answers() -> str:
        return decide(Category.objects.get(pk="pothole"), spot, timezone.localdate()).agency.pk

    assert answers() == "roads"
    versions.publish(author=None)
    assert answers() == "clean"


def test_all_options_reach_the_draft(toy_city, tmp_path):
    row = road(LAIN="Jl. Panjang; Jl. Luas", KELAS="Jalan Provinsi", JAUH="12,5")
    run(
        write(tmp_path, [row]),
        alias_field="LAIN",
        class_field="KELAS",
        reach_field="JAUH",
        categories="pothole,garbage",
        reason_template="{name} ({class}) dipegang {owner}",
        source="SK 1/2023",
        as_of="2023-01-02",
        confidence="high",
        valid_from="2023-02-01",
        valid_to="2033-02-01",
    )
    feature = RoutingFeature.objects.get()
    assert feature.aliases == ["Jl. Panjang", "Jl. Luas"]
    assert (feature.road_class, feature.reach_m) == ("provincial", 12.5)
    assert feature.categories == ["pothole", "garbage"]
    assert feature.reason == "Jl. Lurus (jalan provinsi) dipegang Dinas Jalan"
    assert (feature.source, feature.as_of, feature.confidence) == ("SK 1/2023", date(2023, 1, 2), "high")
    assert (feature.valid_from, feature.valid_to) == (date(2023, 2, 1), date(2033, 2, 1))


def test_without_options_the_usual_is_said(toy_city, tmp_path):
    run(write(tmp_path, [road(), road("Jl. Kelas", NORTH_SOUTH, KELAS="nasional")]), class_field="KELAS")
    plain, classed = RoutingFeature.objects.order_by("-name")
    assert (plain.reason, plain.reach_m, plain.confidence) == ("Jl. Lurus dikelola Dinas Jalan", 15, "medium")
    assert classed.reason == "Jl. Kelas adalah jalan nasional milik Dinas Jalan"


def test_one_owner_for_all_needs_no_field(toy_city, tmp_path):
    lamp = ({"NAMA": 17.0}, shapely.Point(10.005, 0.005))
    run(write(tmp_path, [lamp]), kind="asset", owner="Dinas Kebersihan", reach=30.0)
    feature = RoutingFeature.objects.get()
    assert (feature.name, feature.agency_id, feature.reach_m) == ("17", "clean", 30)


@pytest.mark.parametrize(
    "owner", ["east", "KANTOR TIMUR", "Kantor Timur Kota Contoh", "Kantor Lama (KL, sampai 2017)", "kl"]
)
def test_an_owner_is_known_by_any_of_its_names(toy_city, tmp_path, owner):
    Agency.objects.filter(pk="east").update(predecessors=["Kantor Lama (KL, sampai 2017)"])
    run(write(tmp_path, [road(owner=owner)]))
    assert RoutingFeature.objects.get().agency_id == "east"


def test_a_name_of_today_wins_over_the_former_name_of_another(toy_city, tmp_path):
    Agency.objects.filter(pk="east").update(predecessors=["Dinas Jalan dan Jembatan"])
    run(write(tmp_path, [road(owner="Dinas Jalan")]))
    assert RoutingFeature.objects.get().agency_id == "roads"


def test_the_parts_of_a_road_become_one(toy_city, tmp_path):
    parts = [
        road(shape=EAST_WEST),
        road("JALAN LURUS", NORTH_SOUTH),
        road(shape=shapely.MultiLineString([NORTH_SOUTH])),
    ]
    told = counts(run(write(tmp_path, parts[:2])))
    assert told["new"] == 1
    feature = RoutingFeature.objects.get()
    assert shape_of(feature).equals(shapely.MultiLineString([EAST_WEST, NORTH_SOUTH]))


def test_the_parts_of_an_estate_dissolve(toy_city, tmp_path):
    other = box(10.006, 0.002, 10.008, 0.006)
    run(write(tmp_path, [road("Melati", BLOCK), road("Melati", other)]), kind="estate")
    assert shape_of(RoutingFeature.objects.get()).equals(box(10.002, 0.002, 10.008, 0.006))


def test_importing_again_changes_nothing(toy_city, tmp_path):
    rows = [road(), road(shape=NORTH_SOUTH), road("Jl. Lain", DIAGONAL, "clean")]
    run(write(tmp_path, rows))
    before = versions.snapshot()
    told = run(write(tmp_path, rows))
    assert "The draft says all of it already." in told
    assert counts(told) == {"new": 0, "changed": 0, "drawn": 0, "unchanged": 2, "away": 0}
    assert versions.snapshot() == before


def test_a_changed_file_changes_its_rows(toy_city, tmp_path):
    run(write(tmp_path, [road()]))
    number = RoutingFeature.objects.get().pk
    told = counts(run(write(tmp_path, [road(shape=NORTH_SOUTH)]), reach=40.0))
    assert (told["new"], told["changed"]) == (0, 1)
    feature = RoutingFeature.objects.get()
    assert (feature.pk, feature.reach_m) == (number, 40)
    assert shape_of(feature).equals(NORTH_SOUTH)


@pytest.fixture
def register(toy_city) -> RoutingFeature:
    return RoutingFeature.objects.create(
        kind="road",
        name="Jl. Raya Siliwangi",
        aliases=["Jl. Siliwangi"],
        road_class="provincial",
        agency_id="clean",
        reason="Jl. Raya Siliwangi adalah jalan provinsi",
        source="koran 2015",
        confidence="high",
    )


@pytest.mark.parametrize("name", ["Jl. Raya Siliwangi", "JLN RY SILIWANGI", "Jalan Siliwangi"])
def test_a_road_of_the_register_gets_its_shape_and_keeps_what_it_says(register, tmp_path, name):
    told = counts(run(write(tmp_path, [road(name, owner="clean")]), source="Peta 2024"))
    assert (told["new"], told["changed"], told["drawn"]) == (0, 1, 1)
    row = RoutingFeature.objects.get()
    assert (row.pk, row.name, row.reason, row.confidence, row.road_class) == (
        register.pk,
        "Jl. Raya Siliwangi",
        "Jl. Raya Siliwangi adalah jalan provinsi",
        "high",
        "provincial",
    )
    assert row.source == "koran 2015; bentuk: Peta 2024"
    assert shape_of(row).equals(EAST_WEST)


def test_two_names_of_one_road_of_the_register_are_its_parts(register, tmp_path):
    rows = [road("Jl. Raya Siliwangi", owner="clean"), road("Jl. Siliwangi", NORTH_SOUTH, "clean")]
    run(write(tmp_path, rows))
    assert shape_of(RoutingFeature.objects.get()).equals(shapely.MultiLineString([EAST_WEST, NORTH_SOUTH]))


def test_a_newer_map_replaces_the_older_one_in_the_source(register, tmp_path):
    for source in ("Peta 2024", "Peta 2025"):
        run(write(tmp_path, [road("Jl. Siliwangi", owner="clean")]), source=source)
    assert RoutingFeature.objects.get().source == "koran 2015; bentuk: Peta 2025"


def test_the_same_name_of_another_owner_is_another_road_and_a_warning(register, tmp_path):
    told = run(write(tmp_path, [road("Jl. Siliwangi")]))
    assert "feature 0 (Jl. Siliwangi)  is in the draft as Jl. Raya Siliwangi of Dinas Kebersihan, too." in told
    assert RoutingFeature.objects.count() == 2
    register.refresh_from_db()
    assert register.geometry is None


def test_another_period_is_another_row(register, tmp_path):
    run(write(tmp_path, [road("Jl. Siliwangi", owner="clean")]), valid_from="2023-01-01")
    assert RoutingFeature.objects.get(valid_from=None).geometry is None
    assert RoutingFeature.objects.get(valid_from=date(2023, 1, 1)).geometry is not None


def test_which_of_two_periods_is_meant_has_to_be_said(register, tmp_path):
    RoutingFeature.objects.filter(pk=register.pk).update(valid_from=date(2015, 1, 1))
    register.pk, register.valid_from = None, date(2020, 1, 1)
    register.save()
    path = write(tmp_path, [road("Jl. Siliwangi", owner="clean")])
    assert "may be any of Jl. Raya Siliwangi since 2015-01-01, Jl. Raya Siliwangi since 2020-01-01" in refused(path)
    run(path, valid_from="2020-01-01")
    assert RoutingFeature.objects.get(valid_from=date(2020, 1, 1)).geometry is not None


def test_replace_takes_away_what_the_source_no_longer_holds(register, tmp_path):
    drawn = RoutingFeature.objects.create(
        kind="road", name="Jl. Gambar", agency_id="roads", geometry=LineString((10, 0), (10.01, 0)), source="digambar"
    )
    rows = [road("Jl. Siliwangi", owner="clean"), road("Jl. Tetap", NORTH_SOUTH), road("Jl. Hilang", DIAGONAL)]
    run(write(tmp_path, rows), source="Peta")
    told = counts(run(write(tmp_path, rows[1:2]), source="Peta", replace=True))
    assert (told["unchanged"], told["away"]) == (1, 2)
    assert set(RoutingFeature.objects.values_list("name", flat=True)) == {"Jl. Raya Siliwangi", "Jl. Tetap", drawn.name}
    register.refresh_from_db()
    assert (register.geometry, register.source) == (None, "koran 2015")


def test_a_dry_run_tells_everything_and_changes_nothing(register, tmp_path):
    before = versions.snapshot()
    told = run(write(tmp_path, [road("Jl. Siliwangi", owner="clean"), road(shape=DIAGONAL)]), dry_run=True)
    assert (counts(told)["new"], counts(told)["drawn"]) == (1, 1)
    assert "Dry run: nothing was changed." in told
    assert versions.snapshot() == before


def test_a_failure_while_writing_leaves_the_draft_as_it_was(register, tmp_path, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(RoutingFeature, "save", fail)
    before = versions.snapshot()
    with pytest.raises(RuntimeError):
        run(write(tmp_path, [road("Jl. Siliwangi", owner="clean"), road(shape=DIAGONAL)]))
    assert versions.snapshot() == before
