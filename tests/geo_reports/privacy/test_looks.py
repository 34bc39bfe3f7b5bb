"""Who reporters are is seen with a reason, once, by few, and each look stays on record."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone

from geo_reports import privacy
from geo_reports.models import Membership, PersonalDataLook
from geo_reports.privacy.looks import open_log
from geo_reports.workers import worker_of
from tests.factories import UserFactory, make_administrator, make_leader, make_officer, make_verifier
from tests.geo_reports.privacy.reporters import MAIL, NAME, ORIGINAL, full_report, reporter

pytestmark = pytest.mark.django_db
REASON = "menelepon karena titiknya tidak jelas"
PAGES = {"pelapor": (NAME, MAIL), "uraian-asli": (ORIGINAL,)}


def make_verifier_of_the_skpd() -> User:
    user = make_verifier()
    Membership.objects.create(user=user, agency_id="roads")
    return user


USERS = {
    "a visitor": (lambda: None, 302),
    "somebody signed in": (UserFactory, 403),
    "a petugas of the SKPD": (make_officer, 403),
    "a petugas of another SKPD": (lambda: make_officer("clean"), 403),
    "a pimpinan": (make_leader, 403),
    "a verifikator who works at the SKPD": (make_verifier_of_the_skpd, 403),
    "a verifikator": (make_verifier, 200),
    "an administrator": (make_administrator, 200),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", USERS)
def test_who_may_look(toy_city, client, who, page):
    report = full_report()
    make, status = USERS[who]
    user = make()
    if user:
        client.force_login(user)
    response = client.post(f"/petugas/{report.code}/{page}/", {"reason": REASON})
    shown = [piece for piece in PAGES[page] if piece in response.content.decode()]
    assert (response.status_code, shown) == (status, list(PAGES[page]) if status == 200 else [])
    assert PersonalDataLook.objects.count() == (1 if status == 200 else 0)


def test_a_look_says_who_when_at_what_and_why(toy_city, client, verifier):
    report, before = reporter(), timezone.now()
    client.force_login(verifier)
    client.post(f"/petugas/{report.code}/pelapor/", {"reason": REASON})
    line = PersonalDataLook.objects.get()
    assert (line.report, line.user, line.username, line.role) == (report, verifier, verifier.username, "verifier")
    assert (line.what, line.reason) == ("identity", REASON)
    assert before <= line.at <= timezone.now()


@pytest.mark.parametrize("reason", ["", "   ", "ya"])
def test_without_a_reason_nothing_is_shown_or_written(toy_city, client, verifier, reason):
    report = reporter()
    client.force_login(verifier)
    response = client.post(f"/petugas/{report.code}/pelapor/", {"reason": reason})
    assert response.status_code == 422
    assert NAME not in response.content.decode()
    assert not PersonalDataLook.objects.exists()


def test_what_was_shown_is_kept_nowhere(toy_city, client, verifier):
    report = reporter()
    client.force_login(verifier)
    response = client.post(f"/petugas/{report.code}/pelapor/", {"reason": REASON})
    assert "private, no-store" in response.headers["Cache-Control"]
    assert not [value for value in client.session.values() if NAME in str(value)]
    for address in (f"/petugas/{report.code}/pelapor/", f"/petugas/{report.code}/", "/petugas/?tampil=semua"):
        page = client.get(address).content.decode()
        assert NAME not in page
        assert MAIL not in page


def test_nobody_is_asked_to_look_at_what_is_not_there(toy_city, client, verifier):
    report = reporter(reporter_name="", reporter_contact="")
    client.force_login(verifier)
    assert client.get(f"/petugas/{report.code}/pelapor/").status_code == 404
    assert client.get(f"/petugas/{report.code}/uraian-asli/").status_code == 404
    assert "/pelapor/" not in client.get(f"/petugas/{report.code}/").content.decode()


def test_looks_at_the_original_photos_of_a_report_within_an_hour_are_one_line(toy_city, verifier):
    worker, report, other = worker_of(verifier), reporter(), reporter()
    what = PersonalDataLook.What.ORIGINAL_PHOTO
    first = privacy.look(worker, report, what)
    assert privacy.look(worker, report, what) == first
    assert privacy.look(worker, other, what) != first
    assert privacy.look(worker_of(make_verifier()), report, what) != first
    with open_log():
        PersonalDataLook.objects.filter(pk=first.pk).update(at=first.at - timedelta(minutes=61))
    assert privacy.look(worker, report, what) != first


def test_each_look_at_an_identity_is_a_line_of_its_own(toy_city, verifier):
    worker, report = worker_of(verifier), reporter()
    for _look in range(2):
        privacy.look(worker, report, PersonalDataLook.What.IDENTITY, reason=REASON)
    assert PersonalDataLook.objects.count() == 2


@pytest.fixture
def line(toy_city, verifier) -> PersonalDataLook:
    return privacy.look(worker_of(verifier), reporter(), PersonalDataLook.What.IDENTITY, reason=REASON)


@pytest.mark.parametrize(
    "change", [{"reason": "lain"}, {"username": "orang lain"}, {"at": timezone.now()}, {"what": "export"}, {"role": ""}]
)
def test_the_database_refuses_to_change_a_line(line, change):
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        PersonalDataLook.objects.update(**change)
    line.refresh_from_db()
    assert line.reason == REASON


def test_the_database_refuses_to_give_a_line_to_another_account(line):
    other = UserFactory()
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        PersonalDataLook.objects.update(user=other)


def test_the_database_refuses_to_delete_a_line(line):
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        PersonalDataLook.objects.all().delete()
    assert PersonalDataLook.objects.exists()


def test_a_line_outlives_the_account_and_the_report(line):
    name = line.username
    line.user.delete()
    line.report.delete()
    line.refresh_from_db()
    assert (line.user, line.report, line.username, line.reason) == (None, None, name, REASON)


def test_retention_may_delete_a_line(line):
    with transaction.atomic(), open_log():
        PersonalDataLook.objects.all().delete()
    assert not PersonalDataLook.objects.exists()
