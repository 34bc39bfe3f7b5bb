"""Objections: once for each decision, in time, judged by another verifikator, answered with a sentence."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from geo_reports import moderation
from geo_reports.intake.amend import Amendment, amend
from geo_reports.models import Appeal, Report
from geo_reports.moderation import APPEAL_DAYS, NotYours
from geo_reports.transitions import NotAllowed, complete
from geo_reports.workflow import Status
from tests.factories import ReportFactory, make_leader, make_officer, make_verifier

WHY = "Saya hanya menyebut nama jalan, bukan orang."
NOTE = "Benar, uraiannya sudah cukup jelas."
OVERTURNED, UPHELD = Appeal.Outcome.OVERTURNED, Appeal.Outcome.UPHELD
INCOMPLETE = Report.WithheldReason.INCOMPLETE


def withheld(who: User, *, at=None, **fields) -> Report:
    report = ReportFactory(**{"status": Status.WAITING, "visibility": "pending"} | fields)
    return moderation.withhold(report.pk, INCOMPLETE, actor=who, at=at)


def own_page(client, report: Report, part: str = "", **data):
    url = f"{report.get_absolute_url()}{part}?kunci={report.secret}"
    return client.post(url, data, follow=True) if data else client.get(url)


def test_the_reporter_objects_on_the_own_page_and_reads_that_it_waits(client, verifier):
    report = withheld(verifier)
    assert own_page(client, report, "keberatan/").status_code == 200
    page = own_page(client, report, "keberatan/", keberatan=WHY).content.decode()
    assert "sedang dinilai verifikator lain" in page
    assert Appeal.objects.get().text == WHY
    assert "keberatan/?kunci" not in page


def test_an_empty_objection_is_none(client, verifier):
    report = withheld(verifier)
    assert own_page(client, report, "keberatan/", keberatan="  ya ").status_code == 422
    assert not Appeal.objects.exists()


def test_once_for_each_decision(verifier):
    report = withheld(verifier)
    moderation.decide_appeal(moderation.appeal(report.pk, WHY).pk, UPHELD, actor=make_verifier(), note=NOTE)
    with pytest.raises(NotAllowed, match="satu kali"):
        moderation.appeal(report.pk, WHY)
    amend(report.pk, Amendment(text="Uraian baru yang jauh lebih lengkap"))
    moderation.withhold(report.pk, INCOMPLETE, actor=verifier)
    assert moderation.appeal(report.pk, WHY)


@pytest.mark.parametrize(("days", "is_in_time"), [(APPEAL_DAYS, True), (APPEAL_DAYS + 1, False)])
def test_only_while_the_decision_is_new(verifier, days, is_in_time):
    at = timezone.now()
    report = withheld(verifier, at=at - timedelta(days=days))
    assert (moderation.appealable(report, at=at) is not None) is is_in_time


def test_only_against_a_decision_that_withholds(verifier):
    report = ReportFactory(status=Status.WAITING, visibility="pending")
    with pytest.raises(NotAllowed):
        moderation.appeal(report.pk, WHY)
    moderation.withhold(report.pk, INCOMPLETE, actor=verifier)
    moderation.undo(report.decisions.get().pk, actor=verifier)
    with pytest.raises(NotAllowed):
        moderation.appeal(report.pk, WHY)


@pytest.mark.parametrize("make", [None, make_officer, make_leader], ids=["who withheld it", "petugas", "pimpinan"])
def test_nobody_judges_the_own_decision_and_only_verifikator_judge(verifier, make):
    appeal = moderation.appeal(withheld(verifier).pk, WHY)
    with pytest.raises(NotYours):
        moderation.decide_appeal(appeal.pk, OVERTURNED, actor=make() if make else verifier, note=NOTE)
    appeal.refresh_from_db()
    assert appeal.outcome == "pending"


def test_not_even_a_superuser(toy_city):
    root = User.objects.create_superuser("kepala")
    appeal = moderation.appeal(withheld(root).pk, WHY)
    with pytest.raises(NotYours, match="verifikator lain"):
        moderation.decide_appeal(appeal.pk, OVERTURNED, actor=root, note=NOTE)


@pytest.mark.parametrize(
    ("fields", "visibility", "status"),
    [
        ({}, "published", Status.FORWARDED),
        ({"agency_id": None}, "published", Status.VERIFIED),
        ({"visibility": "published", "status": Status.IN_PROGRESS}, "published", Status.IN_PROGRESS),
        ({"visibility": "confidential", "wants_confidential": True}, "confidential", Status.FORWARDED),
        ({"visibility": "confidential", "status": Status.ANSWERED}, "confidential", Status.ANSWERED),
    ],
    ids=["waiting", "without SKPD", "in work", "the reporter wants it confidential", "confidential by decision"],
)
def test_an_overturned_decision_puts_the_report_where_it_belongs(verifier, fields, visibility, status):
    report = withheld(verifier, **fields)
    decision, other = report.decisions.get(), make_verifier()
    appeal = moderation.appeal(report.pk, WHY)
    moderation.decide_appeal(appeal.pk, OVERTURNED, actor=other, note=NOTE)
    report.refresh_from_db()
    decision.refresh_from_db()
    appeal.refresh_from_db()
    assert (report.visibility, report.status, report.withheld_reason) == (visibility, status, "")
    assert decision.undone_by == other
    assert (appeal.outcome, appeal.decided_by, appeal.note) == ("overturned", other, NOTE)


def test_a_finished_report_is_finished_again(verifier):
    report = ReportFactory(status=Status.IN_PROGRESS)
    done = complete(report.pk, has_photo=True)
    moderation.withhold(report.pk, INCOMPLETE, actor=verifier)
    moderation.decide_appeal(moderation.appeal(report.pk, WHY).pk, OVERTURNED, actor=make_verifier(), note=NOTE)
    report.refresh_from_db()
    assert (report.status, report.closed_at) == (Status.DONE, done.closed_at)


def test_it_is_shown_even_when_a_later_decision_bars_the_way_back(verifier):
    report = withheld(verifier, text="Pak Budi di Jl. Melati")
    appeal = moderation.appeal(report.pk, WHY)
    moderation.redact(report.pk, [(4, 8)], actor=make_verifier())
    moderation.decide_appeal(appeal.pk, OVERTURNED, actor=make_verifier(), note=NOTE)
    shown = Report.objects.public().get()
    assert (shown.public_text, shown.status) == ("Pak [disunting] di Jl. Melati", Status.FORWARDED)


def test_an_upheld_decision_stays_and_the_reporter_reads_why(client, verifier):
    report = withheld(verifier)
    moderation.decide_appeal(
        moderation.appeal(report.pk, WHY).pk, UPHELD, actor=make_verifier(), note="Belum jelas di mana."
    )
    page = own_page(client, report).content.decode()
    assert "keputusan tetap" in page
    assert "Belum jelas di mana." in page
    assert "perbaiki/?kunci" in page


def test_while_it_waits_nobody_else_decides_and_the_reporter_changes_nothing(client, verifier):
    report = withheld(verifier)
    moderation.appeal(report.pk, WHY)
    other = make_verifier()
    for verb in (moderation.publish, moderation.make_confidential):
        with pytest.raises(NotAllowed, match="keberatan"):
            verb(report.pk, actor=other)
    with pytest.raises(NotAllowed, match="keberatan"):
        moderation.undo(report.decisions.get().pk, actor=verifier)
    with pytest.raises(NotAllowed):
        amend(report.pk, Amendment(text="Uraian baru yang jauh lebih lengkap"))
    client.force_login(other)
    page = client.get(reverse("desk:detail", args=[report.code])).content.decode()
    assert 'id="act-publish"' not in page
    assert 'id="act-status"' not in page


def test_an_answered_objection_is_not_answered_again(verifier):
    appeal = moderation.appeal(withheld(verifier).pk, WHY)
    moderation.decide_appeal(appeal.pk, UPHELD, actor=make_verifier(), note=NOTE)
    with pytest.raises(NotAllowed, match="sudah diputuskan"):
        moderation.decide_appeal(appeal.pk, OVERTURNED, actor=make_verifier(), note=NOTE)


def test_the_desk_answers_it_on_a_pile_of_its_own(desk_client, verifier):
    report = withheld(verifier)
    moderation.appeal(report.pk, WHY)
    page = desk_client(verifier).get(reverse("desk:detail", args=[report.code])).content.decode()
    assert WHY in page
    assert 'id="act-answer-appeal"' not in page
    client = desk_client(make_verifier())
    assert report.code in client.get(reverse("desk:queue"), {"tampil": "keberatan"}).content.decode()
    client.post(reverse("desk:answer-appeal", args=[report.code]), {"outcome": "overturned", "note": NOTE})
    report.refresh_from_db()
    assert report.is_published


@pytest.mark.parametrize("data", [{}, {"outcome": "pending", "note": NOTE}, {"outcome": "upheld", "note": "ya"}])
def test_an_answer_needs_an_outcome_and_an_explanation(desk_client, verifier, data):
    report = withheld(verifier)
    moderation.appeal(report.pk, WHY)
    response = desk_client(make_verifier()).post(reverse("desk:answer-appeal", args=[report.code]), data)
    assert response.status_code == 422
    assert Appeal.objects.get().outcome == "pending"


@pytest.mark.parametrize(("outcome", "sentence"), [(OVERTURNED, "kini ditayangkan"), (UPHELD, "Keputusan tetap")])
def test_the_answer_comes_by_one_mail(verifier, django_capture_on_commit_callbacks, outcome, sentence):
    report = withheld(verifier, reporter_contact="siti@example.org")
    appeal = moderation.appeal(report.pk, WHY)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.decide_appeal(appeal.pk, outcome, actor=make_verifier(), note=NOTE)
    sent = mail.outbox
    assert len(sent) == 1
    assert sentence in sent[0].body
    assert NOTE in sent[0].body
    assert f"?kunci={report.secret}" in sent[0].body


def test_a_withheld_reporter_is_told_what_to_do(verifier, django_capture_on_commit_callbacks):
    report = ReportFactory(status=Status.WAITING, visibility="pending", reporter_contact="siti@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        moderation.withhold(report.pk, INCOMPLETE, actor=verifier, note="Di jalan apa?")
    assert "Tambahkan apa masalahnya" in mail.outbox[0].body
    assert "Di jalan apa?" in mail.outbox[0].body


def test_a_decision_of_two_steps_is_one_mail(verifier, django_capture_on_commit_callbacks):
    report = withheld(verifier, reporter_contact="siti@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        moderation.publish(report.pk, actor=verifier)
    assert [message.subject.split(": ")[1] for message in mail.outbox] == ["Diteruskan"]
