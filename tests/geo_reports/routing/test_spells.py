"""Who had a report, since when and why: every change ends a spell, starts one, and keeps both traces."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point

from geo_reports.models import Agency, Category, Report, RoutingRule
from geo_reports.routing import assign, correct, decide_for, hand_over, locate, place, placement_of, rerouting
from tests.factories import NOON, ReportFactory, centre_of, make_verifier
from tests.geo_reports.routing.town import TODAY, at, draw, make_agency, publish, road

LATER = NOON + timedelta(days=3)


@pytest.fixture
def town(toy_city):
    make_agency("province", "PUPR Provinsi")
    make_agency("builder", "Pengembang Graha")


def reported(point: Point | None = None, **facts) -> Report:
    """A report that the rules in force have routed, on the day of NOON."""
    report = ReportFactory(assigned=False, agency_id=None, **facts)
    locate(report, place(point or at(0, 0)))
    report.save()
    assign(report, decide_for(report, placement_of(report), TODAY), at=NOON)
    return report


def spells(report: Report) -> list[tuple]:
    """Agency, end, and what won, oldest first."""
    report.refresh_from_db()
    return [
        (spell.agency_id, spell.ended_at, spell.trace[0]["kind"], spell.trace[0]["result"])
        for spell in report.assignments.order_by("started_at", "pk")
    ]


def test_a_moved_pin_ends_the_spell_and_starts_one_and_both_keep_their_trace(town):
    road("Jl. Raya Siliwangi", "province")
    publish()
    report = reported(at(0, 5), accuracy_m=4)
    assert spells(report) == [("province", None, "road", "won")]
    verifier = make_verifier()
    correct(report.pk, placement=place(at(0, 300)), actor=verifier, at=LATER)
    assert spells(report) == [("province", LATER, "road", "won"), ("roads", None, "city", "won")]
    first, second = report.assignments.order_by("started_at")
    assert first.trace[0]["distance_m"] == pytest.approx(5, abs=0.1)
    assert (second.started_at, second.actor) == (LATER, verifier)


def test_a_pin_moved_along_the_same_road_keeps_its_spell(town):
    road("Jl. Raya Siliwangi", "province")
    publish()
    report = reported(at(0, 5))
    correct(report.pk, placement=place(at(200, 5)), actor=None, at=LATER)
    assert spells(report) == [("province", None, "road", "won")]
    assert report.point.coords == at(200, 5).coords


def test_a_moved_pin_has_no_accuracy_and_forgets_what_was_answered_about_the_old_place(town):
    road("Jl. Raya Siliwangi", "province")
    second = road("Jl. Melati", "builder", north_m=20)
    publish()
    report = reported(at(0, 8), accuracy_m=10, place_answer=f"road:{second.pk}")
    assert report.agency_id == "builder"
    correct(report.pk, placement=place(at(1, 8)), actor=None, at=LATER)
    report.refresh_from_db()
    assert (report.accuracy_m, report.place_answer, report.agency_id) == (None, "", "province")


def test_a_corrected_street_routes_the_report_again(town):
    draw("road", "Jl. Raya Siliwangi", "province", None)
    publish()
    report = reported(address="dekat pom bensin", accuracy_m=7)
    correct(report.pk, street="Jln. Ry. Siliwangi 5", actor=None, at=LATER)
    assert spells(report) == [("roads", LATER, "city", "won"), ("province", None, "road_name", "won")]
    assert (report.address, report.accuracy_m) == ("Jln. Ry. Siliwangi 5", 7)


def test_a_changed_category_routes_the_report_again(town):
    report = reported()
    correct(report.pk, category=Category.objects.get(pk="garbage"), actor=None, at=LATER)
    assert spells(report) == [("roads", LATER, "city", "won"), ("east", None, "kecamatan", "won")]


def test_a_report_that_becomes_one_about_people_hides_its_point(town):
    report = reported(at(20, 30))
    correct(report.pk, category=Category.objects.get(pk="social"), actor=None, at=LATER)
    report.refresh_from_db()
    assert report.public_point.coords == centre_of("99.01.1001").coords
    assert report.point.coords == at(20, 30).coords


def test_a_correction_that_leads_to_nobody_ends_the_spell_and_tells_why(town):
    RoutingRule.objects.filter(category_id="garbage").delete()
    publish()
    report = reported()
    correct(report.pk, category=Category.objects.get(pk="garbage"), actor=None, at=LATER)
    assert spells(report) == [("roads", LATER, "city", "won")]
    assert (report.agency_id, report.undecided) == (None, {"verdict": "nobody", "trace": []})


def test_the_rules_of_the_day_of_the_correction_count(town):
    change = (LATER + timedelta(days=1)).date()
    RoutingRule.objects.filter(category_id="garbage").update(valid_to=change)
    RoutingRule.objects.create(category_id="garbage", agency_id="roads", valid_from=change, reason="baru")
    publish()
    garbage = Category.objects.get(pk="garbage")
    before, after = ReportFactory(), ReportFactory()
    correct(before.pk, category=garbage, actor=None, at=LATER)
    correct(after.pk, category=garbage, actor=None, at=LATER + timedelta(days=1))
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.agency_id, after.agency_id) == ("east", "roads")


def undecided_report() -> Report:
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "builder", north_m=20)
    publish()
    return reported(at(0, 8), accuracy_m=10)


def test_an_undecided_report_has_no_agency_and_keeps_the_candidates(town):
    report = undecided_report()
    assert spells(report) == []
    assert report.agency_id is None
    assert report.undecided["verdict"] == "ambiguous"
    assert [(line["agency"], line["result"]) for line in report.undecided["trace"]] == [
        ("province", "won"),
        ("builder", "tied"),
        ("roads", "weaker"),
    ]


def test_handing_over_keeps_what_the_rules_had_found(town):
    report = undecided_report()
    found, verifier = report.undecided["trace"], make_verifier()
    builder = Agency.objects.get(pk="builder")
    hand_over(report.pk, builder, reason="sudah dicek di lapangan", actor=verifier, at=LATER)
    report.refresh_from_db()
    spell = report.assignments.get()
    chosen = {"kind": "person", "agency": "builder", "reason": "sudah dicek di lapangan", "result": "won"}
    assert spell.trace == [chosen, *found]
    assert (spell.agency, spell.actor, report.agency, report.undecided) == (builder, verifier, builder, None)


def test_an_undecided_result_leaves_a_report_with_its_agency_if_that_is_a_candidate(town):
    report = reported(at(0, 8), accuracy_m=10)
    Report.objects.filter(pk=report.pk).update(agency="roads")
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "roads", north_m=20)
    publish()
    report.refresh_from_db()
    assign(report, decide_for(report, placement_of(report), TODAY), at=LATER)
    assert spells(report) == [("roads", None, "city", "won")]
    assert (report.agency_id, report.undecided["verdict"]) == ("roads", "ambiguous")


def test_an_undecided_result_takes_a_report_from_an_agency_that_is_no_candidate(town):
    report = reported(at(0, 8), accuracy_m=10)
    road("Jl. Raya Siliwangi", "province")
    road("Jl. Melati", "builder", north_m=20)
    publish()
    assign(report, decide_for(report, placement_of(report), TODAY), at=LATER)
    assert spells(report) == [("roads", LATER, "city", "won")]
    assert report.agency_id is None


def test_routing_all_again_leaves_what_a_person_decided(town):
    report, other = reported(), reported()
    hand_over(report.pk, Agency.objects.get(pk="clean"), reason="kesepakatan", actor=make_verifier(), at=NOON)
    road("Jl. Raya Siliwangi", "province")
    publish()
    tally = rerouting.reroute(0, other.pk, on=TODAY, at=LATER)
    assert (tally.looked_at, tally.moved, tally.kept, tally.undecided) == (2, 1, 1, 0)
    assert spells(report)[-1] == ("clean", None, "person", "won")
    assert spells(other) == [("roads", LATER, "city", "won"), ("province", None, "road", "won")]


def test_routing_all_again_gives_an_owner_to_what_had_none(town):
    RoutingRule.objects.filter(category_id="pothole").delete()
    publish()
    report = reported()
    assert report.undecided == {"verdict": "nobody", "trace": []}
    RoutingRule.objects.create(category_id="pothole", agency_id="roads", reason="kini ada")
    publish()
    rerouting.reroute(0, report.pk, on=TODAY, at=LATER)
    assert spells(report) == [("roads", None, "city", "won")]
    assert (report.agency_id, report.undecided) == ("roads", None)
