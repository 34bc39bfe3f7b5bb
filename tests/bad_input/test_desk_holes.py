"""Ways around the rules of the desk that somebody found: each was open once."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from geo_reports import bulk, casework, moderation, transitions
from geo_reports.bulk import VERBS
from geo_reports.models import Agency, Membership, Report
from geo_reports.moderation import NotYours
from geo_reports.workers import worker_of
from geo_reports.workflow import Role, Status
from tests.factories import ReportFactory, build_toy_city, make_officer, make_verifier

NO_DAYS = ["2025-13-45T99:00:00Z", "2025-02-30T10:00:00+07:00", "0000-00-00T00:00:00Z", "x" * 5_000, "\0"]


@pytest.mark.parametrize("moment", NO_DAYS)
def test_a_pulse_since_a_day_that_no_calendar_has_is_answered(toy_city, desk_client, officer, moment):
    response = desk_client(officer).get(f"/petugas/{ReportFactory().code}/perubahan/", {"sejak": moment})
    assert response.status_code == 200


def test_a_report_about_the_own_skpd_is_not_judged_by_handing_it_over_first(toy_city):
    judge = make_verifier()
    Membership.objects.create(user=judge, agency_id="roads")
    report = ReportFactory()
    casework.hand_over(report.pk, Agency.objects.get(pk="clean"), role=Role.VERIFIER, reason="bukan kami", actor=judge)
    with pytest.raises(NotYours):
        moderation.withhold(report.pk, Report.WithheldReason.HOAX, actor=judge)
    assert Report.objects.get(pk=report.pk).is_published


def test_what_the_receiver_has_begun_is_not_taken_from_it_by_undoing_the_hand_over(toy_city):
    giver, report = make_officer(), ReportFactory()
    given = {"agency": "clean", "reason": "sampah, bukan jalan"}
    action = bulk.start(worker_of(giver), VERBS["hand-over"], given, [report.pk])
    transitions.change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, actor=make_officer("clean"))
    bulk.start_undo(action.pk, worker_of(giver))
    report.refresh_from_db()
    assert (report.agency_id, report.status) == ("clean", Status.IN_PROGRESS)
    assert action.items.get().outcome == "kept"


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_two_reports_from_either_page_at_once_lose_no_words():
    build_toy_city()
    reports, start, answers = ReportFactory.create_batch(2), Barrier(2), []

    def merge(here: Report, there: Report, client: Client) -> None:
        data = {"code": there.code, "direction": "here", "seen": here.version}
        start.wait()
        try:
            answers.append(client.post(f"/petugas/{here.code}/gabungkan/", data))
        finally:
            connection.close()

    for _round in range(5):
        threads = []
        for here, there in (reports, reports[::-1]):
            here.refresh_from_db()
            client = Client(raise_request_exception=False)
            client.force_login(make_verifier())
            threads.append(Thread(target=merge, args=(here, there, client)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for member in Report.objects.filter(status=Status.MERGED):
            casework.unmerge(member.pk, actor=None, at=timezone.now())
    codes = [answer.status_code for answer in answers]
    assert set(codes) <= {302, 422}
    assert codes.count(302) >= 5
