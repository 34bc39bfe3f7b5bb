"""Who answers here? The evidence as a specification, on the toy city."""

from datetime import date

import pytest

from geo_reports.models import Category, NeighbourPiece, RoutingEvidence, RoutingRule
from geo_reports.routing import UNKNOWN_PLACE, Outcome, Verdict, decide, place, place_in
from tests.factories import in_metres, square
from tests.geo_reports.routing.town import (
    TODAY,
    at,
    distances,
    draw,
    estate,
    make_agency,
    publish,
    results,
    road,
    strongest_first,
    who,
)


@pytest.fixture
def town(toy_city):
    """Besides the city's own: the province, and a developer."""
    make_agency("province", "PUPR Provinsi")
    make_agency("builder", "Pengembang Graha")


def decided(agency: str) -> tuple[Verdict, str]:
    return (Verdict.DECIDED, agency)


def outcome(decision) -> tuple[Verdict, str | None]:
    return (decision.verdict, decision.agency.slug if decision.agency else None)


def test_a_pothole_on_a_provincial_road_inside_an_estate_is_the_provinces(town):
    road("Jl. Raya Siliwangi", "province")
    estate("Graha Asri", "builder")
    publish()
    decision = who(at(0, 10))
    assert outcome(decision) == decided("province")
    assert decision.reason == "Jl. Raya Siliwangi milik province"
    assert results(decision) == [
        ("road", "province", "won"),
        ("estate", "builder", "weaker"),
        ("city", "roads", "weaker"),
    ]
    assert distances(decision)["Jl. Raya Siliwangi"] == pytest.approx(10, abs=0.1)


def test_on_the_lane_beside_that_road_the_estate_answers(town):
    road("Jl. Raya Siliwangi", "province")
    estate("Graha Asri", "builder")
    publish()
    assert outcome(who(at(0, 40))) == decided("builder")
    assert outcome(who(at(0, 400))) == decided("roads")


def test_the_order_of_evidence_is_data_that_can_be_changed(town):
    road("Jl. Raya Siliwangi", "province")
    estate("Graha Asri", "builder")
    strongest_first("estate")
    publish()
    assert outcome(who(at(0, 10))) == decided("builder")


def test_evidence_counts_only_for_the_categories_it_names(town):
    road("Jl. Raya Siliwangi", "province", categories=["pothole"])
    publish()
    assert outcome(who(category="pothole")) == decided("province")
    assert outcome(who(category="garbage")) == decided("east")


def test_a_kind_of_evidence_counts_only_for_its_categories_unless_a_road_says_otherwise(town):
    RoutingEvidence.objects.filter(kind="road").update(categories=["pothole"])
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "builder", north_m=100, categories=["garbage"])
    publish()
    assert [who(at(0, 0), category=slug).agency.slug for slug in ("pothole", "garbage")] == ["province", "east"]
    assert [who(at(0, 100), category=slug).agency.slug for slug in ("pothole", "garbage")] == ["roads", "builder"]


def test_a_light_pole_with_its_own_owner_beats_the_road_it_stands_on(town):
    road("Jl. Raya Siliwangi", "province")
    draw("asset", "Tiang 12", "clean", at(3, 2), reach_m=5)
    publish()
    assert outcome(who(at(0, 0))) == decided("clean")
    assert outcome(who(at(9, 0))) == decided("province")


@pytest.mark.parametrize(
    ("on", "agency"), [(date(2022, 3, 31), "clean"), (date(2022, 4, 1), "roads")], ids=["31 March", "1 April"]
)
def test_street_lights_changed_hands_on_the_first_of_april_2022(town, on, agency):
    Category.objects.create(slug="lamp", name="Lampu jalan", name_en="Street light", icon="lamp")
    april = date(2022, 4, 1)
    RoutingRule.objects.create(category_id="lamp", agency_id="clean", valid_to=april, reason="dahulu Disperkimta")
    RoutingRule.objects.create(category_id="lamp", agency_id="roads", valid_from=april, reason="kini Dishub")
    publish()
    assert outcome(who(category="lamp", on=on)) == decided(agency)


def test_a_road_counts_only_on_its_own_days(town):
    road("Jl. Raya Siliwangi", "province", valid_from=date(2023, 1, 1), valid_to=date(2024, 1, 1))
    publish()
    answers = [who(on=day).agency.slug for day in (date(2022, 12, 31), date(2023, 1, 1), date(2024, 1, 1))]
    assert answers == ["roads", "province", "roads"]


def test_an_agency_that_was_dissolved_is_answered_for_by_its_successor(town):
    make_agency("ministry", "Dinas PU Baru", valid_from=date(2019, 1, 1))
    make_agency(
        "middle", "Dinas Antara", valid_from=date(2017, 1, 1), valid_to=date(2019, 1, 1), successor_id="ministry"
    )
    make_agency("old", "Dinas Lama", valid_to=date(2017, 1, 1), successor_id="middle")
    road("Jl. Raya Siliwangi", "old")
    publish()
    answers = [who(on=day).agency.slug for day in (date(2016, 12, 31), date(2017, 1, 1), date(2018, 12, 31), TODAY)]
    assert answers == ["old", "middle", "middle", "ministry"]


def test_a_successor_that_ended_even_earlier_hands_on_at_once_and_never_acts_too_soon(town):
    make_agency("last", "Dinas Terakhir")
    make_agency("short", "Dinas Singkat", valid_to=date(2015, 1, 1), successor_id="last")
    make_agency("old", "Dinas Lama", valid_to=date(2017, 1, 1), successor_id="short")
    road("Jl. Raya Siliwangi", "old")
    publish()
    assert [outcome(who(on=day)) for day in (date(2014, 1, 1), date(2016, 1, 1), date(2017, 1, 1))] == [
        decided("old"),
        decided("old"),
        decided("last"),
    ]


def test_what_belonged_to_an_agency_without_successor_falls_to_the_next_evidence(town):
    make_agency("old", "Dinas Lama", valid_to=date(2017, 1, 1))
    road("Jl. Raya Siliwangi", "old")
    publish()
    assert outcome(who(on=date(2016, 12, 31))) == decided("old")
    assert outcome(who(on=date(2017, 1, 1))) == decided("roads")


def test_a_road_that_nobody_has_drawn_is_known_by_its_name(town):
    draw("road", "Jl. Raya Siliwangi", "province", None)
    publish()
    decision = who(street="jln ry siliwangi no. 5 dekat pom bensin")
    assert outcome(decision) == decided("province")
    assert results(decision)[0] == ("road_name", "province", "won")


def test_a_name_is_enough_without_a_point(town):
    draw("road", "Jl. Raya Siliwangi", "province", None)
    publish()
    pothole = Category.objects.get(pk="pothole")
    for placement in (UNKNOWN_PLACE, place_in("99.02.1001")):
        assert outcome(decide(pothole, placement, TODAY, street="Jalan Raya Siliwangi")) == decided("province")


@pytest.mark.parametrize("street", ["Jl Raya Silliwangi 12", "jalan raya siliwangy", "depan SD, Ry. Siliwanggi"])
def test_a_slightly_wrong_name_is_still_found(town, street):
    draw("road", "Jl. Raya Siliwangi", "province", None)
    publish()
    assert outcome(who(street=street)) == decided("province")


@pytest.mark.parametrize("street", ["Jl. Raya Serpong", "Gang Siliwet", "", "Jl.", "dekat pom bensin"])
def test_another_name_is_no_evidence(town, street):
    draw("road", "Jl. Raya Siliwangi", "province", None)
    publish()
    assert outcome(who(street=street)) == decided("roads")


def test_a_drawn_road_goes_before_a_name_in_the_address(town):
    road("Jl. Melati", "builder")
    draw("road", "Jl. Raya Siliwangi", "province", None)
    publish()
    assert outcome(who(street="Jl. Raya Siliwangi")) == decided("builder")


def test_the_name_that_is_written_beats_one_that_is_only_like_it(town):
    draw("road", "Jl. Raya Siliwangi Barat", "province", None)
    draw("road", "Jl. Raya Siliwangi Barat 2", "builder", None)
    publish()
    decision = who(street="Jl. Raya Siliwangi Barat")
    assert outcome(decision) == decided("province")
    assert results(decision)[:2] == [("road_name", "province", "won"), ("road_name", "builder", "farther")]
    assert outcome(who(street="Jl. Raya Siliwangi Barat 2")) == (Verdict.AMBIGUOUS, None)


def test_two_names_alike_with_different_owners_are_left_to_a_person(town):
    draw("road", "Jl. Raya Siliwangi", "province", None)
    draw("road", "Jl. Siliwangi", "builder", None)
    publish()
    assert outcome(who(street="Jl. Raya Siliwangi 7")) == (Verdict.AMBIGUOUS, None)
    assert outcome(who(street="Gang Siliwangi 7")) == decided("builder")


def test_a_rule_for_the_kelurahan_beats_that_of_the_kecamatan_and_that_of_the_city(town):
    RoutingRule.objects.create(category_id="garbage", agency_id="roads", kelurahan_id="99.01.1001", reason="khusus")
    publish()
    assert results(who(category="garbage")) == [
        ("kelurahan", "roads", "won"),
        ("kecamatan", "east", "weaker"),
        ("city", "clean", "weaker"),
    ]


def test_the_kecamatan_office_is_the_last_resort(town):
    make_agency("office", "Kecamatan Timur", kind="kecamatan", kecamatan_id="99.01")
    RoutingRule.objects.filter(category_id="pothole").delete()
    publish()
    decision = who()
    assert outcome(decision) == decided("office")
    assert decision.reason == "belum ada dinas yang ditetapkan di sini; penerima pertama adalah Kecamatan Timur"


def test_without_any_rule_nobody_answers_and_that_is_said(town):
    RoutingRule.objects.filter(category_id="pothole").delete()
    publish()
    decision = who()
    assert (outcome(decision), decision.trace, decision.question) == ((Verdict.NOBODY, None), [], [])
    assert decision.reason == "belum ada aturan untuk kategori ini; verifikator akan menentukannya"


def test_a_point_outside_the_city_is_named_after_its_neighbour(town):
    NeighbourPiece.objects.create(name="Kota Tetangga", geometry_m=in_metres(square(10.01, -0.01)))
    outside = place(at(0, -600))
    assert (outside.outcome, outside.neighbour, outside.kelurahan) == (Outcome.OUTSIDE, "Kota Tetangga", None)
    far = place(at(0, -5000))
    assert (far.outcome, far.neighbour) == (Outcome.OUTSIDE, "")


def test_in_an_unknown_place_only_rules_for_the_whole_city_count(town):
    garbage = Category.objects.get(pk="garbage")
    decision = decide(garbage, UNKNOWN_PLACE, TODAY, accuracy_m=30)
    assert (outcome(decision), decision.kelurahan) == (decided("clean"), None)
    assert results(decision) == [("city", "clean", "won")]


def test_a_road_beyond_the_border_still_has_its_owner(town):
    road("Jl. Raya Siliwangi", "province", north_m=-600)
    publish()
    decision = who(at(0, -600))
    assert (outcome(decision), decision.kelurahan) == (decided("province"), None)
