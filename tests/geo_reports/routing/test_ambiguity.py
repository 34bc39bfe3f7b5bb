"""Ambiguity is a result: where moving a little could change the answer, a person or one question settles it."""

from datetime import date

import pytest
from django.contrib.gis.geos import LineString

from geo_reports.models import NeighbourPiece, RoutingRule
from geo_reports.routing import Verdict
from tests.factories import in_metres, square
from tests.geo_reports.routing.town import at, distances, draw, estate, make_agency, publish, results, road, who

# 10 m south of Timur Utara, far from everything else.
NORTH_EDGE = at(0, 542.8)


@pytest.fixture
def town(toy_city):
    make_agency("province", "PUPR Provinsi")
    make_agency("builder", "Pengembang Graha")


def tied(decision) -> set[str | None]:
    return {line.get("agency") for line in decision.candidates}


def test_two_owners_within_the_accuracy_are_told_with_their_distances(town):
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "builder", north_m=20)
    publish()
    decision = who(at(0, 8), accuracy_m=10)
    assert (decision.verdict, decision.agency, tied(decision)) == (Verdict.AMBIGUOUS, None, {"province", "builder"})
    assert distances(decision) == {
        "Jl. Raya Siliwangi": pytest.approx(8, abs=0.1),
        "Jl. Melati": pytest.approx(12, abs=0.1),
    }
    assert "PUPR Provinsi (Jl. Raya Siliwangi, 8 m)" in decision.reason
    assert "Pengembang Graha (Jl. Melati, 12 m)" in decision.reason


@pytest.mark.parametrize("accuracy_m", [None, 0, 3])
def test_with_a_sharper_point_the_nearer_road_wins(town, accuracy_m):
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "builder", north_m=20)
    publish()
    decision = who(at(0, 8), accuracy_m=accuracy_m)
    assert decision.agency.slug == "province"
    assert results(decision)[1] == ("road", "builder", "farther")


def test_two_roads_of_one_owner_are_no_question(town):
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "province", north_m=20)
    publish()
    assert who(at(0, 8), accuracy_m=10).agency.slug == "province"


def test_a_stronger_claim_just_out_of_reach_might_be_meant(town):
    road("Jl. Raya Siliwangi", "province")
    publish()
    assert who(at(0, 25)).agency.slug == "roads"
    assert who(at(0, 25), accuracy_m=20).agency.slug == "roads"
    assert tied(who(at(0, 25), accuracy_m=30)) == {"province", "roads"}


def test_roads_drawn_over_one_another_are_equally_far_however_they_were_drawn(town):
    west, east = at(-300, -137), at(311, 97)
    draw("road", "Jl. Utara", "province", LineString(west, east, srid=4326))
    draw("road", "Jl. Selatan", "builder", LineString(east, west, srid=4326))
    publish()
    for east_m in range(-200, 200, 10):
        assert tied(who(at(east_m, 0.383 * east_m - 17))) == {"province", "builder"}


def test_one_question_settles_it(town):
    first = road("Jl. Raya Siliwangi", "province")
    second = road("Jl. Melati", "builder", north_m=20)
    publish()
    asked = who(at(0, 8), accuracy_m=10).question
    assert [(each.value, each.label) for each in asked] == [
        (f"road:{first.pk}", "Jl. Raya Siliwangi"),
        (f"road:{second.pk}", "Jl. Melati"),
    ]
    for option, agency in zip(asked, ("province", "builder"), strict=True):
        assert who(at(0, 8), accuracy_m=10, answer=option.value).agency.slug == agency


def test_not_on_the_road_is_an_answer_too(town):
    road("Jl. Raya Siliwangi", "province")
    publish()
    asked = who(at(0, 25), accuracy_m=30).question
    assert [who(at(0, 25), accuracy_m=30, answer=option.value).agency.slug for option in asked] == ["roads", "province"]


@pytest.mark.parametrize("answer", ["road:999999", "kelurahan:99.02.1001", "neighbour:?", "rule:1", "naga"])
def test_an_answer_that_was_not_offered_changes_nothing(town, answer):
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "builder", north_m=20)
    publish()
    assert who(at(0, 8), accuracy_m=10, answer=answer).verdict is Verdict.AMBIGUOUS


def test_a_border_nearer_than_the_accuracy_matters_when_the_other_side_answers_differently(town):
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", kelurahan_id="99.01.1002", reason="khusus")
    publish()
    assert who(NORTH_EDGE).agency.slug == "roads"
    assert who(NORTH_EDGE, accuracy_m=5).agency.slug == "roads"
    decision = who(NORTH_EDGE, accuracy_m=20)
    assert tied(decision) == {"roads", "clean"}
    assert distances(decision) == {"Kel. Timur Utara": pytest.approx(10, abs=0.5)}
    assert decision.kelurahan.code == "99.01.1001"
    assert [option.value for option in decision.question] == ["kelurahan:99.01.1001", "kelurahan:99.01.1002"]
    answers = [who(NORTH_EDGE, accuracy_m=20, answer=option.value).agency.slug for option in decision.question]
    assert answers == ["roads", "clean"]


def test_the_same_answer_on_both_sides_of_a_border_is_no_question(town):
    decision = who(NORTH_EDGE, accuracy_m=20)
    assert (decision.verdict, decision.agency.slug) == (Verdict.DECIDED, "roads")
    assert results(decision) == [("city", "roads", "won")]


def test_a_road_along_a_border_answers_on_both_sides(town):
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", kelurahan_id="99.01.1002", reason="khusus")
    road("Jl. Raya Siliwangi", "province", north_m=553)
    publish()
    assert who(NORTH_EDGE, accuracy_m=20).agency.slug == "province"


def test_a_point_exactly_on_a_border_has_one_kelurahan_and_asks_about_the_other(town):
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", kelurahan_id="99.01.1002", reason="khusus")
    publish()
    border = at(0, 0)
    border.y = 0.01
    assert who(border).agency.slug == "roads"
    decision = who(border, accuracy_m=1)
    assert (decision.kelurahan.code, tied(decision)) == ("99.01.1001", {"roads", "clean"})


def test_the_outer_border_within_the_accuracy_goes_to_a_person_and_is_not_for_the_reporter(town):
    NeighbourPiece.objects.create(name="Kota Tetangga", geometry_m=in_metres(square(10.01, -0.01)))
    decision = who(at(0, -545), accuracy_m=20)
    assert (decision.verdict, tied(decision), decision.question) == (Verdict.AMBIGUOUS, {"roads", None}, [])
    assert "Kota Tetangga" in decision.reason
    assert who(at(0, -545), accuracy_m=2).agency.slug == "roads"


def test_deep_in_an_estate_it_answers_and_at_its_edge_a_person_decides(town):
    estate("Graha Asri", "builder")
    publish()
    assert who(at(0, 0), accuracy_m=30).agency.slug == "builder"
    assert who(at(190, 0)).agency.slug == "builder"
    assert tied(who(at(190, 0), accuracy_m=30)) == {"builder", "roads"}
    assert tied(who(at(210, 0), accuracy_m=30)) == {"builder", "roads"}
    assert who(at(210, 0)).agency.slug == "roads"


def test_exactly_on_the_outline_of_an_estate_a_person_decides(town):
    shape = estate("Graha Asri", "builder", reach_m=5).geometry
    publish()
    west, south, east, north = shape.extent
    for lon, lat in ((west, 0.005), (10.015, north), (east, south)):
        point = at(0, 0)
        point.x, point.y = lon, lat
        assert tied(who(point, accuracy_m=10)) == {"builder", "roads"}


def test_a_road_of_low_confidence_does_not_decide_alone(town):
    road("Jl. Raden Fatah", "province", confidence="low")
    publish()
    decision = who()
    assert (decision.verdict, tied(decision)) == (Verdict.AMBIGUOUS, {"province", "roads"})
    assert results(decision) == [("road", "province", "won"), ("city", "roads", "tied")]


def test_a_road_of_low_confidence_is_doubted_by_the_next_road_as_well(town):
    road("Jl. Raden Fatah", "province", confidence="low")
    road("Jl. Melati", "builder", north_m=12)
    publish()
    assert tied(who()) == {"province", "builder"}


def test_low_confidence_that_agrees_with_the_rules_is_enough(town):
    road("Jl. Melati", "roads", confidence="low")
    publish()
    assert who().agency.slug == "roads"


def test_a_name_of_low_confidence_does_not_decide_alone_either(town):
    draw("road", "Jl. Raden Fatah", "province", None, confidence="low")
    publish()
    assert tied(who(street="Jl Raden Fatah")) == {"province", "roads"}


def test_equal_rules_that_disagree_are_a_conflict_which_no_question_settles(town):
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", reason="juga")
    publish()
    decision = who()
    assert (decision.verdict, tied(decision), decision.question) == (Verdict.AMBIGUOUS, {"roads", "clean"}, [])
    assert results(decision) == [("city", "clean", "tied"), ("city", "roads", "tied")]


def test_a_conflict_below_stronger_evidence_harms_nobody(town):
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", reason="juga")
    road("Jl. Raya Siliwangi", "province")
    publish()
    assert who().agency.slug == "province"
    assert who(at(0, 100)).verdict is Verdict.AMBIGUOUS


def test_a_conflict_lasts_only_as_long_as_both_rules(town):
    RoutingRule.objects.create(
        category_id="pothole", agency_id="clean", valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1), reason="juga"
    )
    publish()
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    verdicts = [who(on=day).verdict for day in days]
    assert verdicts == [Verdict.DECIDED, Verdict.AMBIGUOUS, Verdict.AMBIGUOUS, Verdict.DECIDED]


def test_a_phone_that_knows_only_its_cell_does_not_ask_about_half_the_city(town):
    road("Jl. Raya Siliwangi", "province", north_m=300)
    publish()
    assert who(accuracy_m=9_000).agency.slug == "roads"
    assert tied(who(at(0, 60), accuracy_m=9_000)) == {"province", "roads"}
