"""Reporters who lost their link get one by mail; nobody else learns anything."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from geo_reports.models import DataRequest, Report
from geo_reports.privacy import links
from tests.factories import ReportFactory
from tests.geo_reports.privacy.reporters import MAIL, NAME, full_report, reporter

pytestmark = pytest.mark.django_db


def ask(client, address: str, **extra) -> str:
    response = client.post("/data-saya/", {"surel": address}, **extra)
    assert response.status_code == 200
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="?-?[^"\']+', "", response.content.decode())
    assert address not in page
    return page


def link_in_mail() -> str:
    return re.search(r"https?://[^/]+(/data-saya/\S+)", mail.outbox[-1].body).group(1)


def test_the_link_opens_all_reports_of_the_mailbox_and_no_others(toy_city, client):
    mine = [reporter(), reporter(visibility="confidential"), reporter(reporter_contact=MAIL.upper())]
    other = reporter(reporter_contact="lain@contoh.example")
    ask(client, f" {MAIL} ")
    assert [message.to for message in mail.outbox] == [[MAIL]]
    page = client.get(link_in_mail()).content.decode()
    for report in mine:
        assert f"/laporan/{report.code}/data/?kunci={report.secret}" in page
    assert other.code not in page


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(toy_city, client):
    reporter()
    assert ask(client, MAIL) == ask(client, "siapa@contoh.example")
    assert len(mail.outbox) == 1


def test_both_cost_the_same_queries(toy_city, client, settings):
    """The time that an answer takes must not tell either: mails are written by the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    reporter()
    counts = []
    for address in ("siapa@contoh.example", MAIL):
        with CaptureQueriesContext(connection) as counted:
            client.post("/data-saya/", {"surel": address})
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_queue_holds_ids_only(toy_city, client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    report = reporter()
    ask(client, MAIL)
    ask(client, "siapa@contoh.example")
    rows = [row.args_kwargs for row in DBTaskResult.objects.order_by("enqueued_at")]
    assert rows == [{"args": [[report.pk]], "kwargs": {}}, {"args": [[]], "kwargs": {}}]


@pytest.mark.parametrize("address", ["", "bukan surel", "a@b", "x" * 130 + "@contoh.example"])
def test_what_is_no_address_is_said(toy_city, client, address):
    response = client.post("/data-saya/", {"surel": address})
    assert response.status_code == 422
    assert 'id="surel-error"' in response.content.decode()


def test_the_link_does_not_say_whose_it_is(toy_city, client):
    reporter()
    ask(client, MAIL)
    token = link_in_mail().split("/")[2]
    assert MAIL.split("@", maxsplit=1)[0] not in token
    assert "kunci" not in mail.outbox[0].body


def test_after_an_hour_it_is_over(toy_city, client, monkeypatch):
    reporter()
    ask(client, MAIL)
    link = link_in_mail()
    assert client.get(link).status_code == 200
    later = timezone.now().timestamp() + links.VALID_FOR.total_seconds() + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    response = client.get(link)
    assert response.status_code == 404
    assert "tidak berlaku lagi" in response.content.decode()
    assert NAME not in response.content.decode()


@pytest.mark.parametrize("page", ["", "unduh/", "hapus/"])
def test_a_token_made_up_or_meant_for_something_else_opens_nothing(toy_city, client, page):
    report = full_report()
    good = links.token([report.pk], MAIL)
    wrong = [good[:-1] + ("A" if good[-1] != "A" else "B"), "x", links.signing.dumps({"r": [report.pk], "d": "x"})]
    for token in wrong:
        method = client.post if page else client.get
        assert method(f"/data-saya/{token}/{page}", {"yakin": "on"}).status_code == 404
    report.refresh_from_db()
    assert report.reporter_name == NAME


def test_a_report_whose_contact_has_changed_is_not_opened_any_more(toy_city, client):
    report, victim = reporter(), reporter(reporter_contact="korban@contoh.example")
    ask(client, MAIL)
    link = link_in_mail()
    Report.objects.filter(pk=report.pk).update(reporter_contact="korban@contoh.example")
    response = client.get(link)
    assert response.status_code == 404
    assert victim.code not in response.content.decode()


def test_one_network_may_not_ask_for_ever(toy_city, client, monkeypatch):
    monkeypatch.setattr("geo_reports.pages.mailbox.PER_HOUR", 2)
    for number in range(2):
        ask(client, f"siapa{number}@contoh.example")
    response = client.post("/data-saya/", {"surel": MAIL})
    assert response.status_code == 429
    assert "Coba lagi" in response.content.decode()


def test_one_mailbox_is_not_flooded_and_nobody_sees_that_it_was_full(toy_city, client):
    reporter()
    pages = {ask(client, MAIL, REMOTE_ADDR=f"10.0.0.{number}") for number in range(links.MAILS_PER_HOUR + 2)}
    assert len(mail.outbox) == links.MAILS_PER_HOUR
    assert len(pages) == 1


def test_nothing_in_the_address_leads_to_another_site(toy_city, client):
    page = ask(client, MAIL)
    for name in ("next", "url", "return"):
        response = client.post(f"/data-saya/?{name}=https://jahat.example/", {"surel": MAIL})
        assert "jahat.example" not in re.sub(r'name="next" value="[^"]*"', "", response.content.decode())
    assert "jahat.example" not in page


def test_everything_is_downloaded_at_once(toy_city, client):
    reports = [full_report(), full_report()]
    ask(client, MAIL)
    response = client.post(f"{link_in_mail()}unduh/")
    names = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()
    assert {name.split("/")[0] for name in names} == {report.code for report in reports}
    assert set(DataRequest.objects.values_list("report", "what")) == {(report.pk, "export") for report in reports}


def test_everything_is_erased_at_once_after_one_more_question(toy_city, client):
    reports = [full_report(), full_report(visibility="confidential")]
    ask(client, MAIL)
    link = link_in_mail()
    assert "dari 2 laporan" in client.get(f"{link}hapus/").content.decode()
    assert client.post(f"{link}hapus/", {}).status_code == 422
    page = client.post(f"{link}hapus/", {"yakin": "on"}).content.decode()
    assert "Data Anda sudah dihapus" in page
    assert set(Report.objects.values_list("reporter_name", "reporter_contact")) == {("", "")}
    assert DataRequest.objects.filter(what="erase").count() == len(reports)
    assert client.get(link).status_code == 404


def test_the_mail_says_how_long_it_holds(toy_city, client):
    reporter()
    ask(client, MAIL)
    assert "satu jam" in mail.outbox[0].body
    assert timedelta(hours=1) == links.VALID_FOR


def test_the_search_for_a_contact_reads_an_index(toy_city):
    reporter()
    ReportFactory.create_batch(150)  # of so few rows any index would do
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE geo_reports_report")
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = Report.objects.filter(reporter_contact__iexact=MAIL).exclude(reporter_contact="")
        assert "report_contact" in found.explain()
