"""The pages on which rules are tried, published, rolled back, and open reports routed again."""

import re
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.contrib.gis.geos import LineString
from django.core.management import CommandError, call_command
from django.urls import reverse

from geo_reports.models import Agency, Report, RoutingFeature, RoutingRule, RoutingRun, RoutingVersion
from geo_reports.routing import engine, rerouting, runs, versions
from tests.factories import ReportFactory, UserFactory, make_officer, make_verifier

EAST_GARBAGE = {"category_id": "garbage", "kelurahan_id": "99.01.1001"}


@pytest.fixture
def rule_maker(toy_city, client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_routingversion"))
    client.force_login(user)
    return client


def draft_a_rule() -> RoutingRule:
    return RoutingRule.objects.create(agency_id="roads", reason="khusus", **EAST_GARBAGE)


ADDRESSES = [
    ("get", "rules", ()),
    ("post", "rules-preview-start", ()),
    ("get", "rules-preview", (1,)),
    ("post", "rules-publish", ()),
    ("post", "rules-roll-back", (1,)),
    ("post", "rules-reroute", ()),
    ("post", "rules-resume", (1,)),
]


@pytest.mark.parametrize(("method", "name", "args"), ADDRESSES)
def test_only_people_who_may_publish_rules_come_in(toy_city, client, method, name, args):
    url = reverse(f"desk:{name}", args=args)
    assert getattr(client, method)(url).status_code == 302
    for user in (make_verifier(), make_officer()):
        client.force_login(user)
        assert getattr(client, method)(url).status_code == 403


def test_the_page_says_what_is_in_force_and_how_the_draft_differs(rule_maker):
    page = rule_maker.get(reverse("desk:rules")).content.decode()
    assert "Draf sama dengan yang berlaku" in page
    draft_a_rule()
    page = rule_maker.get(reverse("desk:rules")).content.decode()
    assert "Sampah, Kel. Timur Selatan, Kec. Timur → Dinas Jalan" in page


def test_a_preview_counts_who_would_move_and_writes_nothing(rule_maker):
    moved, stays = ReportFactory(category_id="garbage", agency_id="east"), ReportFactory()
    draft_a_rule()
    response = rule_maker.post(reverse("desk:rules-preview-start"), {"banyak": "0"}, follow=True)
    page = response.content.decode()
    assert "1 dari 2 laporan berpindah" in page
    assert re.search(r"Kantor Timur</td>\s*<td>Dinas Jalan</td>\s*<td class=\"number\">1<", page)
    assert moved.code in page
    assert stays.code not in page
    assert Report.objects.get(pk=moved.pk).agency_id == "east"
    assert versions.current().pk == RoutingVersion.objects.filter(is_rehearsal=False).latest("pk").pk


def test_a_preview_of_the_latest_reports_leaves_out_the_older_ones(rule_maker):
    ReportFactory.create_batch(3)
    run = runs.work(runs.start_preview(None, latest=2).pk)
    assert (run.state, run.total, run.done, run.result["looked_at"]) == ("done", 2, 2, 2)


def test_the_preview_lists_gaps_conflicts_and_rules_that_cannot_win(rule_maker):
    RoutingRule.objects.filter(category_id="pothole").delete()
    RoutingRule.objects.create(category_id="social", agency_id="roads", reason="juga")
    RoutingRule.objects.create(
        category_id="garbage", agency_id="roads", priority=200, reason="kalah", kecamatan_id="99.01"
    )
    page = rule_maker.post(reverse("desk:rules-preview-start"), {"banyak": "0"}, follow=True).content.decode()
    assert "Jalan berlubang: Kel. Timur Selatan, Kel. Timur Utara, Kel. Barat Selatan, Kel. Barat Utara" in page
    assert "Sosial: Dinas Jalan / Dinas Kebersihan" in page
    assert "<li>Sampah · Kec. Timur → Dinas Jalan: di mana-mana kalah dari aturan lain</li>" in page


def test_publishing_needs_a_note_and_puts_the_draft_in_force(rule_maker):
    draft_a_rule()
    before = versions.current()
    refused = rule_maker.post(reverse("desk:rules-publish"), {"catatan": ""})
    assert (refused.status_code, versions.current()) == (422, before)
    rule_maker.post(reverse("desk:rules-publish"), {"catatan": "Khusus Timur Selatan"})
    assert (versions.current().note, versions.is_draft_published()) == ("Khusus Timur Selatan", True)


def test_publishing_can_route_the_open_reports_again(rule_maker):
    report = ReportFactory(category_id="garbage", agency_id="east")
    draft_a_rule()
    rule_maker.post(reverse("desk:rules-publish"), {"catatan": "x", "tugaskan_ulang": "on"})
    report.refresh_from_db()
    assert report.agency_id == "roads"
    assert [spell.agency_id for spell in report.assignments.all()] == ["east", "roads"]
    assert RoutingRun.objects.get().result == {"looked_at": 1, "moved": 1, "kept": 0, "undecided": 0}


def test_rolling_back_restores_draft_and_decisions_as_a_new_version(rule_maker):
    first = versions.current()
    draft_a_rule()
    rule_maker.post(reverse("desk:rules-publish"), {"catatan": "x"})
    rule_maker.post(reverse("desk:rules-roll-back", args=[first.pk]))
    assert not RoutingRule.objects.filter(**EAST_GARBAGE).exists()
    assert (versions.current().restored_from, versions.current().content) == (first, first.content)


def test_a_killed_re_routing_goes_on_where_it_stopped(rule_maker, monkeypatch):
    reports = ReportFactory.create_batch(5, category_id="garbage", agency_id="east")
    draft_a_rule()
    versions.publish(author=None)
    run = runs.start_reroute(None)

    class Killed(BaseException):
        pass

    real, calls = rerouting.reroute, []

    def die_in_the_third_chunk(*args, **kwargs):
        calls.append(args)
        tally = real(*args, **kwargs)
        if len(calls) == 3:
            raise Killed
        return tally

    monkeypatch.setattr(rerouting, "reroute", die_in_the_third_chunk)
    with pytest.raises(Killed):
        runs.work(run.pk, chunk=2)
    run.refresh_from_db()
    assert (run.state, run.done, Report.objects.filter(agency_id="roads").count()) == ("running", 4, 4)
    rule_maker.post(reverse("desk:rules-resume", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "running", "it may still be at work: nobody takes it over before it has been silent"
    RoutingRun.objects.update(beat_at=run.beat_at - runs.SILENT_AFTER * 2)
    rule_maker.post(reverse("desk:rules-resume", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.done, run.result["moved"]) == ("done", 5, 5)
    assert {report.assignments.count() for report in reports} == {2}


def test_two_re_routings_do_not_run_at_once(rule_maker):
    runs.start_reroute(None)
    page = rule_maker.post(reverse("desk:rules-reroute"), follow=True).content.decode()
    assert "masih berjalan" in page


def test_a_run_that_fails_says_so_and_can_be_continued(rule_maker, monkeypatch, caplog):
    ReportFactory()
    run = runs.start_reroute(None)
    monkeypatch.setattr(rerouting, "START", "SELECT 1 / 0")
    assert runs.work(run.pk).state == "failed"
    assert "routing run" in caplog.text
    assert "division by zero" in rule_maker.get(reverse("desk:rules")).content.decode()
    monkeypatch.undo()
    rule_maker.post(reverse("desk:rules-resume", args=[run.pk]))
    assert RoutingRun.objects.get(pk=run.pk).state == "done"


def test_a_road_drawn_in_the_admin_is_a_draft_until_it_is_published(toy_city, admin_client, client):
    form = {
        "kind": "road",
        "name": "Jl. Raya Contoh",
        "aliases": "",
        "road_class": "provincial",
        "agency": "clean",
        "reason": "Jl. Raya Contoh adalah jalan provinsi",
        "geometry": LineString((10.011, 0.001), (10.019, 0.001), srid=4326).geojson,
        "reach_m": "20",
        "categories": ["pothole"],
        "source": "digambar",
        "confidence": "high",
    }
    response = admin_client.post(reverse("admin:geo_reports_routingfeature_add"), form, follow=True)
    assert "Tersimpan sebagai draf" in response.content.decode()
    ask = {"lon": 10.015, "lat": 0.00105, "kategori": "pothole"}
    assert client.get(reverse("api:route"), ask).json()["agency"]["slug"] == "roads"
    versions.publish(author=None)
    answer = client.get(reverse("api:route"), ask).json()
    assert (answer["agency"]["slug"], answer["trace"][0]["kind"]) == ("clean", "road")
    assert RoutingFeature.objects.get().categories == ["pothole"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "estate"}, "Kawasan digambar sebagai bidang"),
        ({"geometry": ""}, None),
        ({"kind": "asset", "geometry": ""}, "memerlukan bentuk"),
        ({"valid_from": "2025-01-02", "valid_to": "2025-01-01"}, "setelah tanggal mulai"),
        ({"categories": ["naga"]}, "naga"),
        ({"reach_m": "9999"}, "500"),
    ],
    ids=str,
)
def test_a_feature_that_could_not_be_evaluated_is_refused_with_the_reason(toy_city, admin_client, wrong, sentence):
    form = {
        "kind": "road",
        "name": "Jl. X",
        "aliases": "",
        "agency": "clean",
        "reason": "r",
        "geometry": LineString((10.011, 0.001), (10.019, 0.001), srid=4326).geojson,
        "reach_m": "20",
        "source": "s",
        "confidence": "high",
    }
    page = admin_client.post(
        reverse("admin:geo_reports_routingfeature_add"), form | wrong, follow=True
    ).content.decode()
    assert RoutingFeature.objects.exists() is (sentence is None)
    if sentence:
        assert sentence in page


def test_a_rule_for_an_agency_that_has_ended_is_refused_with_the_reason(toy_city, admin_client):
    Agency.objects.filter(pk="roads").update(valid_to="2024-01-01")
    form = {"category": "garbage", "agency": "roads", "priority": "100", "reason": "r", "valid_from": "2024-01-01"}
    page = admin_client.post(reverse("admin:geo_reports_routingrule_add"), form).content.decode()
    assert "tidak lagi bertugas sejak 2024-01-01" in page


def test_rules_that_cannot_be_evaluated_lose_no_report_and_are_loud(toy_city, client, monkeypatch, caplog):
    monkeypatch.setattr(engine, "DECIDE", "SELECT 1 / 0 FROM ({spots}) spots WHERE {version} > {srid}")
    form = {
        "submission_id": str(uuid.uuid4()),
        "lon": "10.015",
        "lat": "0.005",
        "kategori": "pothole",
        "uraian": "Lubang besar di tengah jalan",
    }
    assert client.post(reverse("reports:new"), form).status_code == 302
    report = Report.objects.get()
    assert (report.agency, report.undecided["verdict"]) == (None, "error")
    assert "routing failed" in caplog.text
    assert 'routing_undecided_reports{verdict="error"} 1' in client.get("/metrics").content.decode()


def test_the_command_routes_again_with_progress_and_continues_what_was_killed(toy_city, capsys):
    ReportFactory.create_batch(3, category_id="garbage", agency_id="east")
    draft_a_rule()
    versions.publish(author=None)
    run = runs.start_reroute(None)
    with pytest.raises(CommandError, match="is at work"):
        call_command("reroute_open")
    RoutingRun.objects.update(beat_at=run.beat_at - runs.SILENT_AFTER * 2)
    call_command("reroute_open")
    told = capsys.readouterr().out
    assert "Continuing after 0 of 3 reports." in told
    assert "3 of 3 reports" in told
    assert "Done: 3 looked at, 3 moved, 0 kept, 0 undecided." in told
    call_command("reroute_open")
    assert "Done: 3 looked at, 0 moved" in capsys.readouterr().out


def test_a_preview_overtaken_by_a_publication_ends_with_a_sentence(toy_city):
    ReportFactory()
    draft_a_rule()
    run = runs.start_preview(None)
    versions.publish(author=None)
    run = runs.work(run.pk)
    assert (run.state, run.result) == ("failed", {})
    assert "pratinjau baru" in run.error


def test_a_new_preview_replaces_the_last_one(toy_city):
    first = runs.work(runs.start_preview(None).pk)
    runs.start_preview(None)
    assert not RoutingRun.objects.filter(pk=first.pk).exists()
    assert RoutingVersion.objects.filter(is_rehearsal=True).count() == 1
