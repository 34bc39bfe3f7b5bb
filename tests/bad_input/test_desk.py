"""Bad input at the desk, and hands that do not belong there."""

import pytest
from django.test import Client

from geo_reports.models import Reply, Report, StatusChange
from geo_reports.workflow import Status
from tests.factories import ReportFactory, make_officer

ACTIONS = {
    "tayangkan": {},
    "tidak-ditayangkan": {"reason": "insult"},
    "serahkan": {"agency": "clean", "reason": "bukan wilayah kami"},
    "jawab": {"text": "Akan kami perbaiki minggu depan."},
    "status": {"status": "in_progress"},
}


@pytest.fixture
def report(toy_city) -> Report:
    return ReportFactory()


def steps(report: Report) -> tuple[object, ...]:
    fresh = Report.objects.get(pk=report.pk)
    history = StatusChange.objects.filter(report=report).count(), report.assignments.count()
    return fresh.status, fresh.visibility, fresh.agency_id, *history, Reply.objects.count()


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_acts_without_signing_in(client, report, action):
    before = steps(report)
    response = client.post(f"/petugas/{report.code}/{action}/", ACTIONS[action])
    assert response.url.startswith("/petugas/masuk/")
    assert steps(report) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_a_petugas_of_another_skpd_acts_on_nothing(desk_client, report, action):
    before = steps(report)
    response = desk_client(make_officer("clean")).post(f"/petugas/{report.code}/{action}/", ACTIONS[action])
    assert response.status_code in {403, 404}
    assert steps(report) == before


@pytest.mark.parametrize("action", ["tayangkan", "tidak-ditayangkan"])
def test_a_petugas_does_not_do_what_a_verifikator_does(desk_client, officer, report, action):
    before = steps(report)
    assert desk_client(officer).post(f"/petugas/{report.code}/{action}/", ACTIONS[action]).status_code == 403
    assert steps(report) == before


BAD = {
    "an unknown reason": ("tidak-ditayangkan", {"reason": "naga"}),
    "a reason with a null character": ("tidak-ditayangkan", {"reason": "insult\0"}),
    "an unknown agency": ("serahkan", {"agency": "naga", "reason": "bukan kami"}),
    "an agency with a null character": ("serahkan", {"agency": "\0", "reason": "bukan kami"}),
    "a hand-over for a reason nobody can see": ("serahkan", {"agency": "clean", "reason": "\u200b" * 9}),
    "an endless reason": ("serahkan", {"agency": "clean", "reason": "x" * 100_000}),
    "a status that has a form of its own": ("status", {"status": "withheld"}),
    "a status that does not follow": ("status", {"status": "confirmed"}),
    "an endless note": ("status", {"status": "rejected", "note": "x" * 5_000}),
    "nothing": ("status", {}),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_form_comes_back_with_its_error_and_changes_nothing(desk_client, verifier, report, case):
    action, data = BAD[case]
    before = steps(report)
    response = desk_client(verifier).post(f"/petugas/{report.code}/{action}/", data)
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert steps(report) == before


@pytest.mark.parametrize("text", ["", "\u200b" * 20, "\u3164" * 20, "x" * 5_000])
def test_an_answer_that_is_none_is_not_published(desk_client, officer, report, text):
    assert desk_client(officer).post(f"/petugas/{report.code}/jawab/", {"text": text}).status_code == 422
    assert not Reply.objects.exists()


def test_an_answer_is_shown_harmlessly(desk_client, officer, report):
    text = "<script>alert(1)</script> \u202esudah\0 diperbaiki"
    assert desk_client(officer).post(f"/petugas/{report.code}/jawab/", {"text": text}).status_code == 302
    for reader, address in ((Client(), report.get_absolute_url()), (desk_client(officer), f"/petugas/{report.code}/")):
        page = reader.get(address).content.decode()
        assert "sudah diperbaiki" in page
        assert "<script>alert" not in page


@pytest.mark.parametrize("address", ["/petugas/%F0%9F%98%80/", "/petugas/..%2f/", "/petugas/%00/", "/petugas/KC-%00/"])
def test_a_number_that_is_none_is_not_found(desk_client, verifier, report, address):
    assert desk_client(verifier).get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["halaman=-1", "halaman=1e9", f"halaman={'9' * 5000}", "tampil=%00", "q=%00", "skpd=x"]
)
def test_the_queue_bears_any_query(desk_client, verifier, report, query):
    assert desk_client(verifier).get(f"/petugas/?{query}").status_code == 200


@pytest.mark.parametrize("action", ACTIONS)
def test_the_address_of_an_action_opened_by_hand_leads_to_the_report(desk_client, verifier, officer, report, action):
    person = officer if action == "jawab" else verifier
    response = desk_client(person).get(f"/petugas/{report.code}/{action}/")
    assert (response.status_code, response.url) == (302, f"/petugas/{report.code}/")
    assert Report.objects.get().status == Status.FORWARDED


@pytest.mark.parametrize("address", ["/petugas/", "/petugas/{code}/"])
def test_what_only_the_desk_may_read_is_not_kept_by_browsers_and_proxies(desk_client, verifier, report, address):
    cache = desk_client(verifier).get(address.format(code=report.code)).headers["Cache-Control"]
    assert "no-store" in cache
    assert "private" in cache
