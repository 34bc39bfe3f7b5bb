"""What is wrong with rules and layers is found before somebody's report finds it."""

from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils import timezone

from geo_reports.models import Agency, Category, RoutingEvidence, RoutingFeature, RoutingRule, RoutingVersion
from geo_reports.routing import audit, versions

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)


def published() -> RoutingVersion:
    return versions.publish(author=None)


def feature(kind: str, name: str, geometry: GEOSGeometry | None = None, **facts: object) -> RoutingFeature:
    return RoutingFeature.objects.create(
        kind=kind, name=name, geometry=geometry, **({"agency_id": "roads", "reason": name, "source": "x"} | facts)
    )


def field(west: float, south: float = 0.002, width: float = 0.002, height: float = 0.002) -> Polygon:
    return Polygon.from_bbox((west, south, west + width, south + height))


def told(findings: list) -> list[str]:
    return [finding.why for finding in findings]


def test_a_city_in_order_has_nothing_to_tell(toy_city):
    feature("road", "Jl. Lurus", LineString((10.0, 0.005), (10.02, 0.005)))
    version = published()
    for find in (audit.gaps, audit.conflicts, audit.doubts, audit.idle_rules, audit.idle_features):
        assert find(version) == []


def test_a_gap_names_the_category_and_the_kelurahan(toy_city):
    RoutingRule.objects.filter(category="garbage", kecamatan=None).delete()
    (gap,) = audit.gaps(published())
    assert gap == audit.Gap("Sampah", ("Kel. Barat Selatan", "Kel. Barat Utara"))
    assert str(gap) == "Sampah: Kel. Barat Selatan, Kel. Barat Utara"


def test_a_category_that_nobody_can_choose_is_no_gap(toy_city):
    RoutingRule.objects.filter(category="garbage").delete()
    Category.objects.filter(pk="garbage").update(is_active=False)
    assert audit.gaps(published()) == []


def test_gaps_are_those_of_the_day_that_is_asked(toy_city):
    RoutingRule.objects.filter(category="social").update(valid_from=date(2022, 4, 1))
    version = published()
    assert audit.gaps(version) == []
    assert [gap.category for gap in audit.gaps(version, on=date(2022, 3, 31))] == ["Sosial"]


def test_a_rehearsal_is_audited_while_another_version_is_in_force(toy_city):
    RoutingRule.objects.filter(category="social").delete()
    assert [gap.category for gap in audit.gaps(versions.rehearse(author=None))] == ["Sosial"]
    assert audit.gaps(versions.current()) == []


def test_rules_of_equal_strength_for_two_agencies_are_a_conflict(toy_city):
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", reason="juga", kecamatan_id="99.01")
    RoutingRule.objects.create(category_id="pothole", agency_id="east", reason="juga", kecamatan_id="99.01")
    (conflict,) = audit.conflicts(published())
    assert str(conflict) == "Jalan berlubang: Dinas Kebersihan / Kantor Timur (Timur Selatan, Timur Utara)"


@pytest.mark.parametrize(
    ("kind", "one", "other", "is_conflict"),
    [
        ("estate", field(10.002), field(10.003), True),
        ("estate", field(10.002), field(10.004), False),
        ("estate", field(10.002), field(10.008), False),
        ("asset", field(10.002), Point(10.003, 0.003), True),
        ("asset", Point(10.003, 0.003), Point(10.003, 0.003), True),
        ("asset", Point(10.003, 0.003), Point(10.0031, 0.003), False),
        ("asset", field(10.002), LineString((10.003, 0.003), (10.01, 0.003)), True),
        ("road", LineString((10.001, 0.005), (10.01, 0.005)), LineString((10.005, 0), (10.005, 0.009)), False),
        ("road", LineString((10.001, 0.005), (10.01, 0.005)), LineString((10.004, 0.005), (10.015, 0.005)), True),
    ],
    ids=[
        "estates that overlap",
        "estates beside each other",
        "estates apart",
        "a point in an area",
        "two points in one place",
        "two points apart",
        "a line through an area",
        "roads that cross",
        "two roads along one line",
    ],
)
def test_shapes_of_different_owners_in_one_place_are_a_conflict(toy_city, kind, one, other, is_conflict):
    feature(kind, "Melati", one)
    feature(kind, "Kenanga", other, agency_id="clean")
    found = [set(conflict.places) for conflict in audit.conflicts(published())]
    assert found == ([{"Melati", "Kenanga"}] if is_conflict else [])


@pytest.mark.parametrize(
    "facts",
    [
        {"agency_id": "roads"},
        {"categories": ["garbage"]},
        {"valid_from": date(2031, 1, 1)},
    ],
    ids=["one owner", "other categories", "another time"],
)
def test_shapes_that_never_meet_in_a_decision_are_no_conflict(toy_city, facts):
    feature("estate", "Melati", field(10.002), categories=["pothole"], valid_to=date(2031, 1, 1))
    feature("estate", "Kenanga", field(10.003), **({"agency_id": "clean", "categories": ["pothole"]} | facts))
    assert audit.conflicts(published()) == []


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        ("Jl. Benda", "Jalan BENDA", True),
        ("Jl. Benda", "Jl. Benda Baru", True),
        ("Jl. Benda", "Jl. Merpati", False),
    ],
    ids=["spelt differently", "one name within the other", "two names"],
)
def test_a_name_that_means_roads_of_two_owners_is_a_conflict(toy_city, one, other, is_conflict):
    feature("road", one)
    feature("road", other, agency_id="clean")
    found = audit.conflicts(published())
    assert [(conflict.places, conflict.agencies) for conflict in found] == (
        [((one, other), "Dinas Jalan / Dinas Kebersihan")] if is_conflict else []
    )


def test_evidence_of_low_confidence_is_listed(toy_city):
    feature("road", "Jl. Ragu", confidence="low")
    feature("road", "Jl. Yakin", confidence="high")
    assert [str(doubt) for doubt in audit.doubts(published())] == ["Jl. Ragu → Dinas Jalan: Jl. Ragu"]


def test_a_rule_that_others_beat_everywhere_is_told(toy_city):
    for kecamatan in ("99.01", "99.02"):
        RoutingRule.objects.create(category_id="pothole", kecamatan_id=kecamatan, agency_id="east", reason="x")
    RoutingRule.objects.create(
        category_id="garbage", kelurahan_id="99.01.1001", agency_id="roads", reason="x", priority=50
    )
    loser = RoutingRule.objects.create(
        category_id="garbage", kelurahan_id="99.01.1001", agency_id="clean", reason="x", priority=60
    )
    version = published()
    assert [(rule.number, rule.area, rule.why) for rule in audit.idle_rules(version)] == [
        (loser.pk, "Kel. Timur Selatan", "beaten")
    ]


def test_a_rule_for_the_city_still_serves_reports_without_a_place(toy_city):
    for kecamatan in ("99.01", "99.02"):
        RoutingRule.objects.create(category_id="pothole", kecamatan_id=kecamatan, agency_id="east", reason="x")
    assert audit.idle_rules(published()) == []


def test_a_rule_of_an_agency_that_ended_without_successor_is_told(toy_city):
    Agency.objects.filter(pk="east").update(valid_to=YESTERDAY)
    assert told(audit.idle_rules(published())) == ["owner_gone"]
    Agency.objects.filter(pk="east").update(successor="roads")
    assert audit.idle_rules(published()) == []


def test_a_rule_whose_evidence_does_not_count_is_told(toy_city):
    RoutingEvidence.objects.filter(pk="kecamatan").update(categories=["pothole"])
    assert told(audit.idle_rules(published())) == ["not_counted"]


def test_expired_rules_and_features_are_history_and_told_on_request(toy_city):
    RoutingRule.objects.filter(category="garbage", kecamatan="99.01").update(valid_to=YESTERDAY)
    feature("road", "Jl. Lama", valid_to=YESTERDAY)
    version = published()
    assert audit.idle_rules(version) == audit.idle_features(version) == []
    assert told(audit.idle_rules(version, with_expired=True)) == ["expired"]
    assert told(audit.idle_features(version, with_expired=True)) == ["expired"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"categories": ["naga"]}, ["no_category"]),
        ({"geometry": LineString((11, 1), (11, 2))}, ["outside"]),
        ({"geometry": LineString((10.0201, 0), (10.0201, 0.01)), "reach_m": 5}, ["outside"]),
        ({"geometry": LineString((10.0201, 0), (10.0201, 0.01)), "reach_m": 15}, []),
        ({"name": "Jl."}, ["no_name"]),
        ({"name": "Jl.", "geometry": LineString((10, 0), (10, 0.01))}, []),
        ({"agency_id": "east", "kind": "estate", "geometry": field(10.002)}, ["owner_gone"]),
    ],
    ids=[
        "unknown category",
        "far outside",
        "out of reach of the city",
        "within reach of the city",
        "no name and no shape",
        "no name but a shape",
        "its owner is gone",
    ],
)
def test_a_feature_that_can_never_match_is_told(toy_city, facts, why):
    Agency.objects.filter(pk="east").update(valid_to=YESTERDAY)
    feature(**({"kind": "road", "name": "Jl. Sunyi"} | facts))
    assert told(audit.idle_features(published())) == why


def test_a_feature_of_a_kind_that_is_not_in_the_order_of_evidence_is_told(toy_city):
    feature("asset", "Lampu 1", Point(10.005, 0.005))
    RoutingEvidence.objects.filter(pk="asset").delete()
    assert told(audit.idle_features(published())) == ["not_counted"]


def test_the_audit_of_a_version_looks_at_no_report_and_asks_six_questions(toy_city, django_assert_num_queries):
    version = versions.current()
    with django_assert_num_queries(6):
        for find in (audit.gaps, audit.conflicts, audit.doubts, audit.idle_rules, audit.idle_features):
            find(version)
