"""Changing rules safely: a draft, versions that keep everything, a way back."""

import threading
from datetime import date

import pytest
from django.contrib.gis.geos import LineString
from django.db import connection

from geo_reports.models import (
    Agency,
    Evidence,
    RoutingEvidence,
    RoutingFeature,
    RoutingRule,
    RoutingVersion,
)
from geo_reports.routing import Verdict, versions
from tests.factories import UserFactory, build_toy_city
from tests.geo_reports.routing.town import draw, estate, make_agency, publish, results, road, who


@pytest.fixture
def town(toy_city):
    make_agency("province", "PUPR Provinsi")


def draft() -> list[list[dict]]:
    """Every column of every row of the draft."""
    return [list(model.objects.order_by("pk").values()) for model in versions.DRAFT]


def test_what_is_drafted_counts_only_once_it_is_published(town):
    road("Jl. Raya Siliwangi", "province")
    assert not versions.is_draft_published()
    assert who().agency.slug == "roads"
    publish()
    assert versions.is_draft_published()
    assert who().agency.slug == "province"


def test_edits_and_deletions_in_the_draft_change_no_decision(town):
    road("Jl. Raya Siliwangi", "province")
    publish()
    before = who(accuracy_m=30)
    RoutingFeature.objects.update(agency="clean", reach_m=0, name="Lain")
    RoutingRule.objects.all().delete()
    RoutingEvidence.objects.all().delete()
    assert who(accuracy_m=30) == before


def test_a_version_says_who_when_and_why_and_traces_name_it(town):
    author = UserFactory()
    version = versions.publish(author=author, note="sesuai SK 2023")
    assert versions.current() == version
    assert (version.author, version.note, version.is_rehearsal) == (author, "sesuai SK 2023", False)
    assert {line["version"] for line in who(category="garbage").trace} == {version.pk}


def test_an_empty_order_of_evidence_is_refused_and_the_old_version_stays(town):
    before = versions.current()
    RoutingEvidence.objects.all().delete()
    with pytest.raises(versions.Unpublishable, match="Urutan bukti kosong"):
        publish()
    assert versions.current() == before
    assert who().agency.slug == "roads"


def test_a_version_keeps_every_column_and_shapes_to_the_last_bit(town):
    exact = LineString((10.0123456789012345, 0.1 + 0.2), (10.015, 1 / 3 / 100), srid=4326)
    feature = draw(
        "road", 'Jl. "Aneh", \\ baris\nbaru', "province", exact, aliases=["Jl. A", "Jl. {B}"], categories=["pothole"],
        reach_m=12.345678901234567, confidence="low", road_class="provincial", as_of=date(2015, 2, 25),
        valid_from=date(2014, 1, 1), valid_to=date(2030, 1, 1),
    )  # fmt: skip
    estate("Graha", "province")
    draw("road", "Jl. Tanpa Gambar", "province", None)
    before, version = draft(), versions.publish(author=None)
    stored = {row["id"]: row["geometry"] for row in version.content["geo_reports_routingfeature"]}
    assert bytes.fromhex(stored[feature.pk]) == bytes(exact.ewkb)
    for model in versions.DRAFT:
        model.objects.all().delete()
    versions.roll_back(version, author=None)
    assert draft() == before
    assert RoutingFeature.objects.get(pk=feature.pk).geometry.ewkb == exact.ewkb


def test_rolling_back_restores_the_decisions_and_the_draft_as_a_new_version(town):
    first = versions.current()
    before, drafted = who(), draft()
    road("Jl. Raya Siliwangi", "province")
    RoutingRule.objects.filter(category_id="pothole").update(agency="clean")
    RoutingEvidence.objects.filter(kind="office").delete()
    second = versions.publish(author=None)
    assert who().agency.slug == "province"
    author = UserFactory()
    third = versions.roll_back(first, author=author, note="salah gambar")
    assert (third.restored_from, third.author, third.note) == (first, author, "salah gambar")
    assert third.content == first.content
    assert third.pk > second.pk
    assert draft() == drafted
    assert versions.is_draft_published()
    assert (who().agency, results(who())) == (before.agency, results(before))


def test_after_a_roll_back_new_rules_still_find_a_free_number(town):
    first = versions.current()
    versions.roll_back(first, author=None)
    rule = RoutingRule.objects.create(category_id="pothole", agency_id="clean", priority=1, reason="baru")
    assert rule.pk not in {row["id"] for row in first.content["geo_reports_routingrule"]}
    publish()
    assert who().agency.slug == "clean"


def test_a_version_that_names_an_agency_of_the_past_cannot_be_restored_and_nothing_changes(town):
    make_agency("gone", "Dinas Bubar")
    road("Jl. Raya Siliwangi", "gone")
    named = versions.publish(author=None)
    RoutingFeature.objects.all().delete()
    current = versions.publish(author=None)
    Agency.objects.get(pk="gone").delete()
    RoutingRule.objects.create(category_id="pothole", agency_id="clean", priority=1, reason="belum terbit")
    drafted = draft()
    with pytest.raises(versions.Unpublishable, match="gone"):
        versions.roll_back(named, author=None)
    assert draft() == drafted
    assert versions.current() == current
    assert who().agency.slug == "roads"


def test_differences_are_told_row_by_row(town):
    before = versions.snapshot()
    added = road("Jl. Raya Siliwangi", "province")
    removed = RoutingRule.objects.get(category_id="social")
    gone = removed.pk
    removed.delete()
    edited = RoutingRule.objects.get(category_id="pothole")
    edited.agency_id, edited.priority = "clean", 5
    edited.save()
    RoutingEvidence.objects.filter(kind=Evidence.OFFICE).update(note="terakhir")
    changes = {(each.what, each.table, each.key): each for each in versions.differences(before, versions.snapshot())}
    assert set(changes) == {
        ("added", "geo_reports_routingfeature", added.pk),
        ("removed", "geo_reports_routingrule", gone),
        ("edited", "geo_reports_routingrule", edited.pk),
        ("edited", "geo_reports_routingevidence", "office"),
    }
    assert sorted(changes["edited", "geo_reports_routingrule", edited.pk].fields) == [
        ("agency_id", "roads", "clean"),
        ("priority", 100, 5),
    ]
    assert changes["added", "geo_reports_routingfeature", added.pk].fields == []
    assert versions.differences(before, before) == []


def test_a_rehearsal_is_never_in_force_and_is_swept_away_by_the_next_publication(town):
    RoutingRule.objects.filter(category_id="pothole").update(agency="clean")
    rehearsal = versions.rehearse(author=None)
    assert rehearsal.pk > versions.current().pk
    assert who().agency.slug == "roads"
    publish()
    assert who().agency.slug == "clean"
    assert not RoutingVersion.objects.filter(is_rehearsal=True).exists()


def test_a_changed_agency_counts_once_the_version_is_compiled_again(town):
    Agency.objects.filter(pk="roads").update(valid_to=date(2020, 1, 1), successor="province")
    version = versions.current()
    assert versions.recompile() == version
    assert (who().agency.slug, versions.current()) == ("province", version)


def test_without_any_publication_nobody_answers(toy_city):
    RoutingVersion.objects.all().delete()
    assert versions.current() is None
    assert who().verdict is Verdict.NOBODY


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_follow_one_another():
    build_toy_city()
    make_agency("province", "PUPR Provinsi")
    road("Jl. Raya Siliwangi", "province")
    start, done = threading.Barrier(4), []

    def publish_in_a_session_of_its_own() -> None:
        try:
            start.wait()
            done.append(versions.publish(author=None).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish_in_a_session_of_its_own) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(done)) == 4
    version = versions.current()
    assert version.pk == max(done)
    assert set(version.claims.values_list("kind", flat=True)) == {"road", "road_name"}
    assert not RoutingVersion.objects.exclude(pk=version.pk).filter(claims__isnull=False).exists()
    assert who().agency.slug == "province"
