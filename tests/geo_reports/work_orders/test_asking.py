"""Who may print which reports, and what is said when nothing is printed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from geo_reports.workflow import Status
from tests.citizens import add_photo
from tests.factories import (
    ReportFactory,
    UserFactory,
    make_administrator,
    make_leader,
    make_officer,
    make_verifier,
)
from tests.geo_reports.work_orders.reading import ask, text_of

pytestmark = pytest.mark.django_db


def as_verifier(client):
    client.force_login(make_verifier())
    return client


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        (None, 302),
        (UserFactory, 403),
        (make_officer, 200),
        (lambda: make_officer("clean"), 404),
        (make_leader, 403),
        (make_administrator, 200),
        (make_verifier, 200),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_permission_matrix(toy_city, client, maker, expected, method):
    report = ReportFactory()
    if maker:
        client.force_login(maker())
    assert ask(client, report, method=method).status_code == expected


def test_the_paper_opens_in_the_browser_and_is_kept_nowhere(toy_city, client):
    response = ask(as_verifier(client), ReportFactory())
    assert response.headers["Content-Disposition"].startswith('inline; filename="surat-tugas-')
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


def test_unknown_reports_are_named_and_nothing_is_printed(toy_city, client):
    report = ReportFactory()
    response = ask(as_verifier(client), report, "KC-NAGA99", "<script>")
    assert response.status_code == 404
    page = response.content.decode()
    assert "KC-NAGA99" in page
    assert "<script>" not in page
    assert "Tidak ada yang dicetak" in page
    assert f"laporan {report.code}" not in page


def test_what_was_not_forwarded_is_not_printed_for_an_officer(toy_city, client):
    client.force_login(make_officer())
    assert ask(client, ReportFactory(status=Status.WAITING)).status_code == 404


def test_a_hundred_reports_can_be_posted_and_one_more_is_explained(toy_city, client):
    reports = ReportFactory.create_batch(101)
    as_verifier(client)
    assert ask(client, *reports[:100], method="post").status_code == 200
    response = ask(client, *reports, method="post")
    assert response.status_code == 422
    assert "paling banyak 100 laporan, Anda memilih 101" in response.content.decode()


def test_no_report_is_explained(toy_city, client):
    response = ask(as_verifier(client))
    assert response.status_code == 422
    assert "Pilih sedikitnya satu laporan" in response.content.decode()


def test_a_report_asked_for_twice_and_typed_carelessly_is_printed_once(toy_city, client):
    report = ReportFactory()
    text = text_of(ask(as_verifier(client), report, report.code.lower().replace("-", " ")))
    assert "1 laporan" in text


def test_the_number_of_queries_does_not_grow_with_the_reports(toy_city, client):
    as_verifier(client)
    few = [ReportFactory()]
    many = ReportFactory.create_batch(30, category_id="garbage", kelurahan_id="99.02.1002", agency_id="clean")
    for report in (*few, *many):
        add_photo(report)
    counts = []
    for reports in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, *reports).getvalue()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_only_reading_and_posting_are_answered(toy_city, client):
    as_verifier(client)
    assert client.put(reverse("desk:work-order")).status_code == 405


def test_posting_is_protected_against_other_sites(toy_city, client):
    client.handler.enforce_csrf_checks = True
    assert ask(as_verifier(client), ReportFactory(), method="post").status_code == 403
