"""`audit_routing` walks the whole city and fails when somebody's report would go nowhere."""

import json
from datetime import date
from io import StringIO

import pytest
from django.contrib.gis.geos import Point, Polygon
from django.core.management import CommandError, call_command
from django.utils import timezone

from geo_reports.models import (
    Category,
    KelurahanPiece,
    RoutingEvidence,
    RoutingFeature,
    RoutingRule,
    RoutingVersion,
)
from geo_reports.routing import decide, place, versions
from geo_reports.routing.survey import survey

pytestmark = pytest.mark.django_db

WHOLE_WEST = Polygon.from_bbox((9.99, -0.01, 10.0101, 0.03))


def run(**options: object) -> str:
    out = StringIO()
    call_command("audit_routing", stdout=out, **options)
    return out.getvalue()


def estate(shape: Polygon, **facts: object) -> RoutingFeature:
    return RoutingFeature.objects.create(
        kind="estate", name="Melati", agency_id="clean", geometry=shape, reason="x", source="x", **facts
    )


def test_every_point_of_a_city_in_order_has_somebody(toy_city):
    seen = survey(versions.current(), timezone.localdate(), spacing_m=250)
    # 2.2 km in the square, and the four anchors.
    assert 75 <= seen.points <= 110
    assert (seen.categories, seen.decided, seen.gaps, seen.ambiguities) == (3, 3 * seen.points, (), ())
    assert "100.00% decided" in run()


def test_a_coarse_grid_still_visits_every_kelurahan(toy_city):
    RoutingRule.objects.filter(category="garbage").delete()
    seen = survey(versions.publish(author=None), timezone.localdate(), spacing_m=50_000)
    assert [(gap.kelurahan, gap.points) for gap in seen.gaps] == [
        ("Timur Selatan", 1),
        ("Timur Utara", 1),
        ("Barat Selatan", 1),
        ("Barat Utara", 1),
    ]


def test_a_gap_fails_with_the_category_the_place_and_the_count(toy_city):
    RoutingRule.objects.filter(category="garbage", kecamatan=None).delete()
    versions.publish(author=None)
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 3 categories have places") as caught:
        call_command("audit_routing", stdout=out)
    assert caught.value.returncode == 1
    assert "Nobody answers (a report would go nowhere): 2\n  Sampah · Kel. Barat Selatan, " in out.getvalue()


def test_a_hole_in_the_rules_that_an_estate_covers_is_no_gap(toy_city):
    RoutingRule.objects.filter(category="garbage", kecamatan=None).delete()
    estate(WHOLE_WEST)
    versions.publish(author=None)
    assert "Nobody answers (a report would go nowhere): none" in run()


def test_a_category_that_nobody_can_choose_is_not_asked_for(toy_city):
    RoutingRule.objects.filter(category="garbage").delete()
    Category.objects.filter(pk="garbage").update(is_active=False)
    versions.publish(author=None)
    assert "x 2 categories, 100.00% decided" in run()


def test_the_day_decides_which_rules_count(toy_city):
    RoutingRule.objects.filter(category="social").update(valid_from=date(2022, 4, 1))
    versions.publish(author=None)
    assert "on 2022-04-01" in run(at=date(2022, 4, 1))
    with pytest.raises(CommandError, match="go nowhere"):
        run(at=date(2022, 3, 31))


def test_what_a_person_has_to_decide_is_listed_with_its_evidence(toy_city):
    estate(Polygon.from_bbox((10.0, 0.0, 10.01, 0.01)), confidence="low", categories=["pothole"])
    RoutingRule.objects.create(category_id="social", agency_id="roads", reason="juga", kecamatan_id="99.01")
    RoutingRule.objects.create(category_id="social", agency_id="east", reason="juga", kecamatan_id="99.01")
    version = versions.publish(author=None)
    found = survey(version, timezone.localdate(), spacing_m=250).ambiguities
    assert {(each.category, each.kelurahan, each.agencies, each.evidence) for each in found} == {
        ("Jalan berlubang", "Barat Selatan", ("Dinas Kebersihan", "Dinas Jalan"), ("Melati",)),
        ("Sosial", "Timur Selatan", ("Kantor Timur", "Dinas Jalan"), ()),
        ("Sosial", "Timur Utara", ("Kantor Timur", "Dinas Jalan"), ()),
    }
    told = run()
    assert "Undecided at points of the grid (a person decides): 3" in told
    assert "Two answer alike (a person decides): 1" in told
    assert "Of low confidence (decides nothing alone): 1" in told


def test_the_survey_says_what_single_decisions_say(toy_city):
    estate(Polygon.from_bbox((10.002, 0.002, 10.013, 0.013)))
    version = versions.publish(author=None)
    RoutingEvidence.objects.all().delete()  # the draft has no say
    seen = survey(version, timezone.localdate(), spacing_m=250)
    assert seen.decided == seen.decisions
    decision = decide(Category.objects.get(pk="pothole"), place(Point(10.005, 0.005, srid=4326)), timezone.localdate())
    assert decision.agency.pk == "clean"


def test_idle_expired_and_unmatched_are_told_apart(toy_city):
    RoutingRule.objects.filter(category="garbage", kecamatan="99.01").update(valid_to=date(2020, 1, 1))
    estate(Polygon.from_bbox((11, 1, 11.1, 1.1)))
    versions.publish(author=None)
    told = run()
    assert "Rules that never win: none" in told
    assert "Roads, estates and assets that never match: 1\n  Melati → Dinas Kebersihan: " in told
    assert "Expired (kept for older reports): 1\n  Sampah · Kec. Timur → Kantor Timur: " in told


def test_the_draft_can_be_audited_before_it_is_published_and_leaves_nothing(toy_city):
    RoutingRule.objects.filter(category="social").delete()
    assert "The draft says something else; --draft audits it." in run()
    with pytest.raises(CommandError, match="go nowhere"):
        run(draft=True)
    assert RoutingVersion.objects.count() == 1


def test_json_holds_every_finding(toy_city):
    estate(Polygon.from_bbox((11, 1, 11.1, 1.1)))
    version = versions.publish(author=None)
    told = json.loads(run(json=True, at=date(2025, 3, 12)))
    assert (told["version"], told["on"], told["categories"]) == (version.pk, "2025-03-12", 3)
    assert told["decided"] == 3 * told["points"]
    assert [(each["name"], each["why"]) for each in told["idle_features"]] == [("Melati", "outside")]
    assert told["gaps"] == told["conflicts"] == told["undecided"] == told["doubts"] == told["idle_rules"] == []


def test_long_lists_are_cut_and_say_so(toy_city):
    for number in range(40):
        RoutingFeature.objects.create(
            kind="road", name=f"Jl. Ragu {number}", agency_id="roads", reason="x", source="x", confidence="low"
        )
    versions.publish(author=None)
    assert "Of low confidence (decides nothing alone): 40" in run()
    assert "... and 10 more (--json lists all)" in run()


def test_what_is_missing_gets_a_sentence(toy_city):
    with pytest.raises(CommandError, match="--spacing must be 10 metres or more"):
        run(spacing=0.0)
    RoutingVersion.objects.all().delete()
    with pytest.raises(CommandError, match="No version of the rules is in force yet"):
        run()
    KelurahanPiece.objects.all().delete()
    with pytest.raises(CommandError, match="No boundaries are in force yet"):
        run()
