"""Covered words must not leave the house: no page, file, search, mail or paper knows what was there."""

import pytest
from django.core import mail

from geo_reports import moderation
from geo_reports.models import Report
from geo_reports.transitions import change_status
from geo_reports.workflow import Role, Status
from tests.bad_input.test_leaks import OUTPUTS, SEARCHES, read
from tests.factories import ReportFactory, make_leader, make_officer, make_verifier
from tests.geo_reports.work_orders.reading import ask, text_of

TEXT = "Tanya Kusnadiwarta di 0812-9999-7777 soal lubang"
SECRETS = ("Kusnadiwarta", "0812-9999-7777", "Mawargang")
DESK = ["/petugas/{code}/", "/petugas/?tampil=semua", "/petugas/?tampil=terbuka"]


def spans(text: str) -> list[tuple[int, int]]:
    return [(text.index(each), text.index(each) + len(each)) for each in SECRETS if each in text]


@pytest.fixture
def covered(toy_city) -> Report:
    report = ReportFactory(text=TEXT, address="Rumah Mawargang 5", reporter_contact="siti@example.org")
    return moderation.redact(report.pk, spans(TEXT), spans(report.address), actor=make_verifier())


@pytest.mark.parametrize("address", OUTPUTS)
def test_no_public_output_holds_them(client, covered, address):
    page = read(client, address.format(code=covered.code))
    assert not [each for each in SECRETS if each in page]


@pytest.mark.parametrize("address", SEARCHES)
@pytest.mark.parametrize("word", SECRETS)
def test_no_search_finds_them(client, covered, address, word):
    page = read(client, address.format(q=word))
    assert covered.code not in page
    assert '"jumlah":1' not in page


@pytest.mark.parametrize("address", DESK)
@pytest.mark.parametrize("make", [make_officer, make_leader, make_verifier])
def test_the_desk_reads_what_the_public_reads(client, covered, make, address):
    client.force_login(make())
    page = read(client, address.format(code=covered.code))
    assert not [each for each in SECRETS if each in page]
    for word in SECRETS:
        assert covered.code not in read(client, f"/petugas/?tampil=semua&q={word}")


def test_nor_does_the_paper_of_the_field_crew(client, covered):
    client.force_login(make_officer())
    paper = text_of(ask(client, covered))
    assert "[disunting]" in paper
    assert not [each for each in SECRETS if each in paper]


def test_nor_the_mails(covered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change_status(covered.pk, Status.IN_PROGRESS, role=Role.OFFICER, note="Tim di lokasi")
    assert len(mail.outbox) == 1
    assert not [each for each in SECRETS if each in mail.outbox[0].body]


def test_nor_the_administration_pages(client, covered, admin_user):
    client.force_login(admin_user)
    page = read(client, f"/admin/geo_reports/report/{covered.pk}/change/")
    assert not [each for each in SECRETS if each in page]
