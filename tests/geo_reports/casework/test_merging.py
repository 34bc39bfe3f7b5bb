"""Duplicates: one group, one answer, and apart again as if nothing had been."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core import mail
from django.test import Client
from django.utils import timezone

from geo_reports import casework, transitions
from geo_reports.casework.duplicates import candidates
from geo_reports.models import Report
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.factories import SIDE, ReportFactory, make_officer

METRE = 1 / 111_320  # of latitude, in degrees


@pytest.fixture
def head(toy_city) -> Report:
    return ReportFactory()


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def public_page(report: Report) -> str:
    return Client().get(report.get_absolute_url()).content.decode()


def north_of_centre(metres: float) -> Point:
    return Point(10.01 + SIDE / 2, SIDE / 2 + metres * METRE, srid=4326)


# --- Groups


@pytest.mark.parametrize("status", [Status.WAITING, Status.VERIFIED, Status.FORWARDED, Status.IN_PROGRESS])
def test_a_member_comes_out_as_it_went_in(head, verifier, status):
    member = ReportFactory(status=status)
    before = fresh(member)
    casework.merge(head.pk, [member.pk], actor=verifier)
    merged = fresh(member)
    assert (merged.status, merged.merged_into) == (Status.MERGED, head)
    casework.unmerge(member.pk, actor=verifier)
    after = fresh(member)
    assert (after.status, after.merged_into, after.closed_at) == (status, None, None)
    assert (after.forwarded_at, after.agency) == (before.forwarded_at, before.agency)


def test_merging_a_head_moves_its_group_and_the_group_leaves_with_it(toy_city, verifier):
    first, second, third, fourth = ReportFactory.create_batch(4)
    casework.merge(first.pk, [second.pk], actor=verifier)
    casework.merge(third.pk, [first.pk], actor=verifier)
    casework.merge(fourth.pk, [third.pk], actor=verifier)
    assert {fresh(each).merged_into for each in (first, second, third)} == {fourth}
    casework.unmerge(third.pk, actor=verifier)
    assert [fresh(each).merged_into for each in (first, second, third)] == [third, third, None]
    casework.unmerge(first.pk, actor=verifier)
    assert [fresh(each).merged_into for each in (first, second)] == [None, first]
    casework.unmerge(second.pk, actor=verifier)
    assert fresh(second).merged_into is None


def test_there_are_no_circles(toy_city, verifier):
    first, second = ReportFactory.create_batch(2)
    casework.merge(first.pk, [second.pk], actor=verifier)
    with pytest.raises(NotAllowed, match=f"sudah digabung ke {first.code}"):
        casework.merge(second.pk, [first.pk], actor=verifier)
    with pytest.raises(NotAllowed, match="paling sedikit satu"):
        casework.merge(first.pk, [first.pk], actor=verifier)


def test_nothing_is_merged_unless_everything_can_be(head, verifier):
    good, closed = ReportFactory(), ReportFactory(status=Status.DONE)
    with pytest.raises(NotAllowed):
        casework.merge(head.pk, [good.pk, closed.pk], actor=verifier)
    assert fresh(good).status == Status.FORWARDED


@pytest.mark.parametrize("secret", ["head", "member"])
def test_a_confidential_report_is_in_no_group(toy_city, verifier, secret):
    head = ReportFactory(visibility="confidential" if secret == "head" else "published")
    member = ReportFactory(visibility="confidential" if secret == "member" else "published")
    with pytest.raises(NotAllowed, match="rahasia"):
        casework.merge(head.pk, [member.pk], actor=verifier)


def test_a_blurred_place_is_not_told_by_a_group(head, verifier):
    person = ReportFactory(category_id="social", agency_id="clean")
    with pytest.raises(NotAllowed, match="disamarkan"):
        casework.merge(head.pk, [person.pk], actor=verifier)


# --- One answer for all


def test_members_show_status_and_answer_of_their_head(head, verifier, officer):
    member = ReportFactory()
    casework.merge(head.pk, [member.pk], actor=verifier)
    transitions.answer(head.pk, "Aspal datang besok.", actor=officer)
    html = public_page(member)
    for words in (head.code, head.get_absolute_url(), "Aspal datang besok.", "Dijawab"):
        assert words in html
    html = public_page(head)
    assert "Digabung dengan 1 laporan" in html
    assert member.code in html


def test_a_head_that_is_not_public_is_told_nowhere(head, verifier):
    member = ReportFactory()
    casework.merge(head.pk, [member.pk], actor=verifier)
    Report.objects.filter(pk=head.pk).update(visibility="confidential")
    assert head.code not in public_page(member)


def test_reporters_of_all_members_get_the_mails(head, verifier, officer, django_capture_on_commit_callbacks):
    Report.objects.filter(pk=head.pk).update(reporter_contact="satu@example.org")
    member = ReportFactory(reporter_contact="dua@example.org")
    silent = ReportFactory(reporter_contact="0811")
    with django_capture_on_commit_callbacks(execute=True):
        casework.merge(head.pk, [member.pk, silent.pk], actor=verifier)
    assert [(mailed.to, head.code in mailed.body) for mailed in mail.outbox] == [(["dua@example.org"], True)]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        transitions.answer(head.pk, "Aspal datang besok.", actor=officer)
        casework.finish(head.pk, no_photo_reason="gelap", actor=officer)
    told = {(mailed.to[0], "Aspal datang" in mailed.body) for mailed in mail.outbox}
    assert told == {(who, has) for who in ("satu@example.org", "dua@example.org") for has in (True, False)}
    for mailed in mail.outbox:
        own = member if mailed.to == ["dua@example.org"] else head
        assert str(own.secret) in mailed.body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        casework.unmerge(member.pk, actor=verifier)
        transitions.change_status(head.pk, Status.REOPENED, role=Role.VERIFIER, actor=verifier)
    assert sum(mailed.to == ["dua@example.org"] for mailed in mail.outbox) == 1


# --- Candidates


def near(metres: float = 20, **changes) -> Report:
    place = north_of_centre(metres)
    return ReportFactory(point=place, public_point=place, submitted_at=timezone.now(), **changes)


def test_what_is_near_in_place_time_and_kind_is_suggested_the_likest_first(head):
    Report.objects.filter(pk=head.pk).update(text="Lubang besar di depan musala")
    other = near(30, text="Jalan rusak")
    like = near(60, text="lubang besar depan musala")
    found = candidates(fresh(head))
    assert [each.report for each in found] == [like, other]
    assert [round(each.distance_m, -1) for each in found] == [60, 30]
    assert found[0].likeness > found[1].likeness


@pytest.mark.parametrize(
    "changes",
    [
        {"metres": 103},
        {"category_id": "garbage", "agency_id": "clean"},
        {"visibility": "withheld", "status": Status.WITHHELD},
        {"visibility": "confidential"},
        {"status": Status.MERGED},
        {"status": Status.DONE, "closed_at": timezone.now() - timedelta(days=61)},
    ],
)
def test_what_is_far_or_else_is_not_suggested(head, changes):
    near(**changes)
    assert candidates(head) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"metres": 98},
        {"category_id": "garbage"},
        {"status": Status.DONE, "closed_at": timezone.now() - timedelta(days=59)},
        {"visibility": "pending", "status": Status.WAITING},
    ],
)
def test_at_the_edges_it_is_suggested(head, changes):
    like = near(**changes)
    assert [each.report for each in candidates(head)] == [like]


def test_a_report_without_a_point_has_no_candidates(toy_city):
    near()
    assert candidates(ReportFactory(point=None, public_point=None)) == []


# --- At the desk


def test_the_desk_merges_by_ticking_and_takes_it_back(desk_client, head, verifier):
    like, typed = near(), ReportFactory(kelurahan_id="99.02.1002")
    client = desk_client(verifier)
    page = client.get(f"/petugas/{head.code}/").content.decode()
    assert like.code in page
    data = {"chosen": [like.code], "code": typed.code.lower(), "direction": "here"}
    client.post(f"/petugas/{head.code}/gabungkan/", data)
    assert fresh(like).merged_into == fresh(typed).merged_into == head
    client.post(f"/petugas/{head.code}/keluarkan/", {"members": [like.pk, typed.pk]})
    assert fresh(like).merged_into is fresh(typed).merged_into is None


def test_this_report_can_go_into_the_other(desk_client, head, verifier):
    like = near()
    client = desk_client(verifier)
    client.post(f"/petugas/{head.code}/gabungkan/", {"chosen": [like.code], "direction": "there"})
    assert fresh(head).merged_into == like
    client.post(f"/petugas/{head.code}/keluarkan/")
    assert fresh(head).status == Status.FORWARDED


@pytest.mark.parametrize(
    "data", [{}, {"direction": "here"}, {"code": "KC-ZZZZZZ", "direction": "here"}, {"code": "\0", "direction": "here"}]
)
def test_a_group_of_one_is_none(desk_client, head, verifier, data):
    assert desk_client(verifier).post(f"/petugas/{head.code}/gabungkan/", data).status_code == 422


def test_only_members_are_taken_out(desk_client, head, verifier):
    near()
    casework.merge(head.pk, [near().pk], actor=verifier)
    stranger = near()
    response = desk_client(verifier).post(f"/petugas/{head.code}/keluarkan/", {"members": [stranger.pk]})
    assert response.status_code == 422


def test_an_officer_does_not_merge(desk_client, head):
    like = near()
    response = desk_client(make_officer()).post(f"/petugas/{head.code}/gabungkan/", {"chosen": [like.code]})
    assert response.status_code == 403


def test_a_head_is_not_withheld_with_its_members_behind_it(head, verifier):
    casework.merge(head.pk, [near().pk], actor=verifier)
    with pytest.raises(NotAllowed, match="Keluarkan dahulu"):
        transitions.change_status(head.pk, Status.WITHHELD, role=Role.VERIFIER, actor=verifier)
