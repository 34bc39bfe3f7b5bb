"""Where a report is and who answers for it, on the toy city."""

from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import Point, Polygon
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import box

from geo_reports import routing
from geo_reports.models import Agency, Assignment, Category, KelurahanBoundary, KelurahanPiece, RoutingRule
from geo_reports.routing import Outcome, decide, locate, place, place_in, versions
from tests.factories import NOON, SIDE, SQUARES, ReportFactory, centre_of, make_piece, make_verifier

TODAY = date(2025, 3, 12)


def publish() -> None:
    versions.publish(author=None)


def category(slug: str = "garbage") -> Category:
    return Category.objects.get(pk=slug)


@pytest.mark.parametrize("code", SQUARES)
def test_a_point_in_the_middle_of_a_square_is_in_that_kelurahan(toy_city, code):
    placement = place(centre_of(code))
    assert placement.outcome is Outcome.INSIDE
    assert placement.kelurahan.code == code
    assert placement.kecamatan.code == code[:5]


@pytest.mark.parametrize(
    ("lon", "lat", "winner"),
    [(10.01, 0.005, "99.01.1001"), (10.005, 0.01, "99.02.1001"), (10.01, 0.01, "99.01.1001")],
    ids=["between east and west", "between south and north", "where four meet"],
)
def test_a_point_on_a_border_belongs_to_the_lowest_code(toy_city, lon, lat, winner):
    assert place(Point(lon, lat, srid=4326)).kelurahan.code == winner


def test_outside_the_city_is_a_named_result(toy_city):
    placement = place(Point(11, 1, srid=4326))
    assert (placement.outcome, placement.kelurahan, placement.kecamatan) == (Outcome.OUTSIDE, None, None)


def test_placing_costs_one_query(toy_city, django_assert_num_queries):
    with django_assert_num_queries(1):
        _ = place(centre_of("99.01.1001")).kecamatan


@given(lon=st.floats(9.99, 10.03), lat=st.floats(-0.01, 0.03))
def test_placing_agrees_with_shapely_everywhere(toy_city, lon, lat):
    covering = [
        code
        for code, (_name, west, south) in sorted(SQUARES.items())
        if box(west, south, west + SIDE, south + SIDE).covers(ShapelyPoint(lon, lat))
    ]
    placement = place(Point(lon, lat, srid=4326))
    assert (placement.kelurahan.code if placement.kelurahan else None) == next(iter(covering), None)


def test_a_rule_for_the_kecamatan_beats_the_one_for_the_city(toy_city):
    assert decide(category(), place(centre_of("99.01.1001")), TODAY).agency.slug == "east"
    assert decide(category(), place(centre_of("99.02.1001")), TODAY).agency.slug == "clean"


def test_a_rule_for_the_kelurahan_beats_the_one_for_its_kecamatan(toy_city):
    RoutingRule.objects.create(category_id="garbage", agency_id="roads", kelurahan_id="99.01.1001", reason="khusus")
    publish()
    assert decide(category(), place(centre_of("99.01.1001")), TODAY).agency.slug == "roads"
    assert decide(category(), place(centre_of("99.01.1002")), TODAY).agency.slug == "east"


def test_rules_of_equal_breadth_go_by_priority_whatever_their_order_in_the_table(toy_city):
    RoutingRule.objects.create(category_id="garbage", agency_id="roads", priority=1, reason="didahulukan")
    publish()
    assert decide(category(), place(centre_of("99.02.1001")), TODAY).agency.slug == "roads"


@pytest.mark.parametrize(
    ("on", "agency"),
    [(date(2022, 3, 31), "clean"), (date(2022, 4, 1), "roads"), (date(2022, 4, 2), "roads")],
    ids=["the day before", "the day itself", "the day after"],
)
def test_rules_change_hands_at_midnight(toy_city, on, agency):
    change = date(2022, 4, 1)
    RoutingRule.objects.filter(category_id="garbage").delete()
    RoutingRule.objects.create(category_id="garbage", agency_id="clean", valid_to=change, reason="dahulu")
    RoutingRule.objects.create(category_id="garbage", agency_id="roads", valid_from=change, reason="kini")
    publish()
    assert decide(category(), place(centre_of("99.02.1001")), on).agency.slug == agency


def test_the_trace_names_every_candidate_and_the_winner_first(toy_city):
    trace = decide(category(), place(centre_of("99.01.1001")), TODAY).trace
    assert [(line["agency"], line["kind"], line["result"]) for line in trace] == [
        ("east", "kecamatan", "won"),
        ("clean", "city", "weaker"),
    ]


def test_without_a_rule_a_person_has_to_decide(toy_city):
    RoutingRule.objects.all().delete()
    publish()
    decision = decide(category(), place(centre_of("99.01.1001")), TODAY)
    assert decision.agency is None
    assert "verifikator" in decision.reason


def test_without_a_place_only_rules_for_the_whole_city_count(toy_city):
    assert decide(category(), routing.UNKNOWN_PLACE, TODAY).agency.slug == "clean"


def test_a_named_kelurahan_places_a_report_without_a_point(toy_city):
    report = ReportFactory.build(kelurahan_id=None)
    locate(report, place_in("99.02.1002"))
    assert (report.placement, report.point, report.kecamatan_id) == ("chosen", None, "99.02")


def test_reports_about_people_show_the_kelurahan_not_the_point(toy_city):
    report = ReportFactory.build(category_id="social")
    exact = Point(10.0123, 0.0077, srid=4326)
    locate(report, place(exact))
    assert report.point == exact
    assert report.public_point.coords == centre_of("99.01.1001").coords


def test_a_hand_over_ends_one_spell_and_starts_the_next(toy_city):
    report = ReportFactory()
    later = NOON + timedelta(days=3)
    routing.hand_over(report.pk, category_agency("clean"), reason="bukan jalan", actor=make_verifier(), at=later)
    first, second = report.assignments.all()
    assert (first.agency_id, first.ended_at) == ("roads", later)
    assert (second.agency_id, second.started_at, second.ended_at) == ("clean", later, None)
    report.refresh_from_db()
    assert report.agency_id == "clean"


def test_handing_over_to_the_same_agency_changes_nothing(toy_city):
    report = ReportFactory()
    routing.hand_over(report.pk, category_agency("roads"), reason="tetap", actor=None)
    assert report.assignments.count() == 1


def category_agency(slug: str):
    return Agency.objects.get(pk=slug)


def test_moving_the_borders_moves_the_reports_in_one_statement(toy_city, django_assert_num_queries):
    moved, stays = ReportFactory(), ReportFactory(kelurahan_id="99.02.1001")
    KelurahanPiece.objects.filter(area_id="99.01.1001").delete()
    make_piece("99.01.1002", Polygon.from_bbox((10.01, 0, 10.02, 0.01)))
    with django_assert_num_queries(1):
        assert routing.replace_all() == 1
    moved.refresh_from_db()
    stays.refresh_from_db()
    assert (moved.kelurahan_id, stays.kelurahan_id) == ("99.01.1002", "99.02.1001")
    assert routing.replace_all() == 0


def test_a_report_left_outside_by_new_borders_is_kept_without_an_area(toy_city):
    report = ReportFactory()
    KelurahanPiece.objects.all().delete()
    routing.replace_all()
    report.refresh_from_db()
    assert (report.kelurahan_id, report.kecamatan_id) == (None, None)
    assert report.public_point is not None


def test_replacing_moves_the_shown_point_of_reports_about_people(toy_city):
    report = ReportFactory(category_id="social")
    KelurahanBoundary.objects.filter(area_id="99.01.1001").update(anchor=Point(10.011, 0.001, srid=4326))
    assert routing.replace_all() == 1
    report.refresh_from_db()
    assert report.public_point.coords == (10.011, 0.001)


def test_a_report_never_has_two_spells_at_once(toy_city):
    report = ReportFactory()
    with pytest.raises(Exception, match="assignment_one_current"), transaction.atomic():
        Assignment.objects.create(report=report, agency_id="clean", started_at=NOON, reason="kedua")


@pytest.mark.parametrize(
    ("lon", "lat"), [(-81, 0), (99, 0), (-171, 0), (0, 90), (0, -90), (180, 0), (-180, 90), (9, 89.9)]
)
def test_the_other_side_of_the_earth_is_outside(toy_city, lon, lat):
    """Metre systems end somewhere, and PostGIS raises there."""
    assert place(Point(lon, lat, srid=4326)).outcome is Outcome.OUTSIDE
