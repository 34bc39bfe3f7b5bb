"""One case at the desk: who handles it, what a panel gets, and two people at the same report."""

import pytest
from django.utils import timezone

from geo_reports import casework, transitions
from geo_reports.models import Note, Reply, Report
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Status
from tests.factories import ReportFactory, make_leader, make_officer, make_verifier

pytestmark = pytest.mark.django_db
PANEL = {"X-Desk-Part": "case"}


def seen_on(client, report) -> dict[str, str]:
    """The hidden fields as the page of the report carries them."""
    shown = client.get(f"/petugas/{report.code}/").context
    form = shown["main"][0].form
    return {name: str(form.get_initial_for_field(form.fields[name], name)) for name in ("seen", "shown_at")}


def test_a_petugas_takes_a_report_and_gives_it_to_a_colleague(toy_city, desk_client, officer):
    report, colleague = ReportFactory(), make_officer()
    client = desk_client(officer)
    for person in (officer, colleague):
        client.post(f"/petugas/{report.code}/tugaskan/", {"handler": person.pk})
        report.refresh_from_db()
        assert report.handler == person
    assert Note.objects.filter(report=report, author=officer).count() == 2


def test_naming_a_person_can_be_taken_back(toy_city, desk_client, officer):
    report = ReportFactory()
    client = desk_client(officer)
    page = client.post(f"/petugas/{report.code}/tugaskan/", {"handler": officer.pk}, follow=True).content.decode()
    assert "Batalkan" in page
    client.post(f"/petugas/{report.code}/tugaskan/", {"handler": ""})
    report.refresh_from_db()
    assert report.handler is None


def test_nobody_of_another_skpd_and_no_reader_can_be_named(toy_city, desk_client, officer):
    report = ReportFactory()
    for person in (make_officer("clean"), make_leader()):
        response = desk_client(officer).post(f"/petugas/{report.code}/tugaskan/", {"handler": person.pk})
        assert response.status_code == 422
        with pytest.raises(NotAllowed):
            casework.assign_handler(report.pk, person, actor=officer)
    assert Report.objects.get().handler is None


def test_the_panel_gets_the_case_and_its_row_without_the_page_around(toy_city, desk_client, verifier):
    report = ReportFactory()
    words = desk_client(verifier).get(f"/petugas/{report.code}/", headers=PANEL).content.decode()
    assert "<html" not in words
    assert f'data-code="{report.code}"' in words
    assert "data-row" in words


def test_an_act_from_the_panel_answers_with_the_case_as_it_is_now(toy_city, desk_client, verifier):
    report = ReportFactory(status=Status.WAITING, visibility="pending")
    response = desk_client(verifier).post(f"/petugas/{report.code}/tayangkan/", headers=PANEL)
    assert response.status_code == 200
    assert "ditayangkan dan diteruskan" in response.content.decode()
    assert 'data-status="forwarded"' in response.content.decode()


def test_a_report_that_was_given_away_leaves_the_panel_with_a_sentence(toy_city, desk_client, officer):
    report = ReportFactory()
    data = {"agency": "clean", "reason": "Ini urusan kebersihan."}
    words = desk_client(officer).post(f"/petugas/{report.code}/serahkan/", data, headers=PANEL).content.decode()
    assert "data-gone" in words
    assert "diserahkan" in words


def test_the_second_of_two_is_told_what_happened_and_keeps_the_text(toy_city, desk_client, officer):
    report, sari = ReportFactory(), make_officer()
    client = desk_client(officer)
    seen = seen_on(client, report)
    transitions.change_status(report.pk, Status.IN_PROGRESS, role="officer", actor=sari)
    words = "Regu kami datang hari Kamis pagi."
    response = client.post(f"/petugas/{report.code}/jawab/", seen | {"text": words})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert sari.username in page
    assert "Diproses" in page
    assert "Kirim tetap" in page
    assert not Reply.objects.exists()


def test_sending_all_the_same_carries_the_new_version(toy_city, desk_client, officer):
    report = ReportFactory()
    client = desk_client(officer)
    seen = seen_on(client, report)
    casework.assign_handler(report.pk, make_officer(), actor=officer)
    text = {"text": "Regu kami datang hari Kamis pagi."}
    refused = client.post(f"/petugas/{report.code}/jawab/", seen | text)
    offer = next(offer for offer in refused.context["main"] if offer.is_refused)
    again = {name: offer.form.data[name] for name in ("seen", "shown_at")}
    assert client.post(f"/petugas/{report.code}/jawab/", again | text).status_code == 302
    assert Reply.objects.get().text == text["text"]


def test_a_page_asks_cheaply_whether_the_report_has_changed(toy_city, desk_client, officer):
    report, sari = ReportFactory(), make_officer()
    client, address = desk_client(officer), f"/petugas/{report.code}/perubahan/"
    since = timezone.now().isoformat()
    same = client.get(address, {"sejak": since}, headers={"If-None-Match": f'"{report.version}"'})
    assert (same.status_code, same.content) == (304, b"")
    transitions.change_status(report.pk, Status.IN_PROGRESS, role="officer", actor=sari)
    changed = client.get(address, {"sejak": since}, headers={"If-None-Match": same.headers["ETag"]})
    assert changed.json() == {"who": sari.username, "what": "Diproses", "version": report.version + 1}


@pytest.mark.parametrize("since", ["", "kemarin", "2026-01-01", "\0"])
def test_a_moment_that_is_none_is_no_reason_to_fail(toy_city, desk_client, verifier, since):
    report = ReportFactory()
    assert desk_client(verifier).get(f"/petugas/{report.code}/perubahan/", {"sejak": since}).status_code == 200
    data = {"shown_at": since, "seen": "999", "reason": "promotion"}
    assert desk_client(verifier).post(f"/petugas/{report.code}/tidak-ditayangkan/", data).status_code == 422


def test_a_verifikator_may_name_a_colleague_of_the_city(toy_city, desk_client, verifier):
    report, colleague = ReportFactory(status=Status.WAITING), make_verifier()
    desk_client(verifier).post(f"/petugas/{report.code}/tugaskan/", {"handler": colleague.pk})
    assert Report.objects.get().handler == colleague


def test_a_step_is_taken_back_by_whoever_took_it(toy_city, desk_client, officer):
    report = ReportFactory()
    client = desk_client(officer)
    page = client.post(f"/petugas/{report.code}/status/", {"status": "in_progress"}, follow=True).content.decode()
    assert f'action="/petugas/{report.code}/batalkan-langkah/"' in page
    client.post(f"/petugas/{report.code}/batalkan-langkah/")
    assert Report.objects.get().status == Status.FORWARDED


def test_a_step_of_somebody_else_is_not_taken_back(toy_city, desk_client, officer):
    report = ReportFactory()
    transitions.change_status(report.pk, Status.IN_PROGRESS, role="officer", actor=make_officer())
    assert desk_client(officer).post(f"/petugas/{report.code}/batalkan-langkah/").status_code == 422
    assert Report.objects.get().status == Status.IN_PROGRESS


def test_an_act_that_took_no_step_offers_no_earlier_one(toy_city, desk_client, officer):
    report = ReportFactory()
    transitions.change_status(report.pk, Status.IN_PROGRESS, role="officer", actor=officer)
    client = desk_client(officer)
    client.post(f"/petugas/{report.code}/jawab/", {"text": "Regu kami datang hari Kamis pagi."})
    message = next(iter(client.get(f"/petugas/{report.code}/").context["messages"]))
    assert message.extra_tags == "{}"


def test_an_address_with_a_character_that_nobody_types_leads_to_the_report_all_the_same(toy_city, desk_client, officer):
    report = ReportFactory()
    sent = desk_client(officer).post(f"/petugas/{report.code}%00/catatan/", {"text": "Pagar sekolah."})
    assert (sent.status_code, sent.url) == (302, f"/petugas/{report.code}/")
    assert Note.objects.get().report == report
