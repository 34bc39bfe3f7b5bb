"""The permission matrix: every address of the desk against every kind of person.

A person "gets in" when the answer is neither the way to the sign-in page, nor 403, nor 404. An address
that is missing in the table fails: whoever adds a page says here who may open it.
"""

import pytest
from django.db import transaction
from django.urls import URLPattern, reverse

from geo_reports.models import Kecamatan, Report, StatusChange
from geo_reports.pages import urls_desk
from geo_reports.workflow import Status
from tests.desk_rows import rows_of
from tests.factories import (
    ReportFactory,
    UserFactory,
    make_administrator,
    make_leader,
    make_officer,
    make_verifier,
)

pytestmark = pytest.mark.django_db


def limited(**limits):
    """A petugas of `roads` for some kecamatan or categories only."""
    user = make_officer()
    place = user.memberships.get()
    for name, values in limits.items():
        getattr(place, name).set(values)
    return user


PEOPLE = {
    "anonymous": lambda: None,
    "citizen": UserFactory,
    "officer": make_officer,
    "officer within limits": lambda: limited(kecamatan=["99.01"], categories=["pothole"]),
    "officer elsewhere": lambda: make_officer("clean"),
    "officer of another kecamatan": lambda: limited(kecamatan=["99.02"]),
    "officer of another category": lambda: limited(categories=["garbage"]),
    "leader": make_leader,
    "verifier": make_verifier,
    "administrator": make_administrator,
    "superuser": lambda: UserFactory(is_superuser=True, is_staff=True),
}
EVERYBODY = frozenset(PEOPLE)
AT_THE_DESK = EVERYBODY - {"anonymous", "citizen"}
VERIFIERS = frozenset({"verifier", "administrator", "superuser"})
OFFICERS = frozenset({"officer", "officer within limits"})
ADMINISTRATORS = frozenset({"administrator", "superuser"})
READERS = VERIFIERS | OFFICERS | {"leader"}
STRANGERS = frozenset({"officer elsewhere", "officer of another kecamatan", "officer of another category"})

# Who gets in. Pages of one report are about a report of `roads` in kecamatan 99.01.
MATRIX = {
    "login": EVERYBODY,
    "logout": EVERYBODY,
    "queue": AT_THE_DESK,
    "work-order": VERIFIERS | OFFICERS,
    "rules": {"superuser"},
    "rules-preview-start": {"superuser"},
    "rules-preview": {"superuser"},
    "rules-publish": {"superuser"},
    "rules-roll-back": {"superuser"},
    "rules-reroute": {"superuser"},
    "rules-resume": {"superuser"},
    "looks": ADMINISTRATORS,
    "bulk": VERIFIERS | OFFICERS | STRANGERS,
    "bulk-run": VERIFIERS | OFFICERS | STRANGERS,
    "bulk-result": VERIFIERS,
    "bulk-undo": VERIFIERS,
    "bulk-resume": VERIFIERS,
    "detail": READERS,
    "pulse": READERS,
    "handler": VERIFIERS | OFFICERS,
    "publish": VERIFIERS,
    "withhold": VERIFIERS,
    "make-confidential": VERIFIERS,
    "redact": VERIFIERS,
    "undo-decision": VERIFIERS,
    "answer-appeal": VERIFIERS,
    "hand-over": VERIFIERS | OFFICERS,
    "take-back": VERIFIERS | OFFICERS,
    "place": VERIFIERS,
    "unplace": VERIFIERS,
    "correct": VERIFIERS,
    "mask-photo": VERIFIERS,
    "unmask-photo": VERIFIERS,
    "identity": VERIFIERS,
    "original-text": VERIFIERS,
    "answer": OFFICERS,
    "status": VERIFIERS | OFFICERS,
    "ask": VERIFIERS | OFFICERS,
    "withdraw-question": VERIFIERS | OFFICERS,
    "note": VERIFIERS | OFFICERS,
    "finish": OFFICERS,
    "not-ours": VERIFIERS | OFFICERS,
    "decline": OFFICERS,
    "give-back": OFFICERS,
    "reopen-request": VERIFIERS,
    "merge": VERIFIERS,
    "unmerge": VERIFIERS,
    "split": VERIFIERS,
    "merge-back": VERIFIERS,
    "templates": VERIFIERS | OFFICERS | STRANGERS,
    "template-new": VERIFIERS | OFFICERS | STRANGERS,
    "template": (VERIFIERS | OFFICERS | STRANGERS) - {"officer elsewhere"},
    "template-delete": (VERIFIERS | OFFICERS | STRANGERS) - {"officer elsewhere"},
}
# These are read; everything else is done by POST.
PAGES = {"login", "queue", "work-order", "rules", "rules-preview", "looks", "detail", "pulse", "mask-photo"}
PAGES |= {"bulk-result", "templates", "template-new", "template"}
ADDRESSES = {pattern.name: pattern for pattern in urls_desk.urlpatterns if isinstance(pattern, URLPattern)}


def test_the_matrix_knows_every_address_of_the_desk_and_no_other():
    assert set(MATRIX) == set(ADDRESSES)


def address_of(name: str, rows: dict[str, object]) -> str:
    kinds = ADDRESSES[name].pattern.converters
    return reverse(f"desk:{name}", kwargs={kind: rows[kind] for kind in kinds})


def gets_in(response) -> bool:
    to_sign_in = response.status_code == 302 and response.url.startswith(reverse("desk:login") + "?")
    return not to_sign_in and response.status_code not in (403, 404)


@pytest.mark.parametrize("name", MATRIX)
def test_who_gets_in(toy_city, client, name):
    # Something is hidden behind every address: an identity, an original, a photo.
    hidden = {"reporter_name": "Siti", "reporter_contact": "siti@contoh.test", "original_text": "Uraian asli"}
    rows = rows_of(ReportFactory(visibility="pending", **hidden))
    address = address_of(name, rows)
    data = {"kode": rows["code"]} if name == "work-order" else {}
    entered = set()
    for kind, make in PEOPLE.items():
        with transaction.atomic():
            client.logout()
            user = make()
            if user:
                client.force_login(user)
            if gets_in(client.get(address, data) if name in PAGES else client.post(address, data)):
                entered.add(kind)
            transaction.set_rollback(True)
    assert entered == set(MATRIX[name])


@pytest.mark.parametrize("name", sorted(name for name in MATRIX if "code" in ADDRESSES[name].pattern.converters))
def test_who_does_not_get_in_changes_nothing(toy_city, client, name):
    report = ReportFactory(visibility="pending")
    address = address_of(name, rows_of(report))
    before = Report.objects.filter(pk=report.pk).values().get(), StatusChange.objects.count()
    for kind in EVERYBODY - set(MATRIX[name]):
        user = PEOPLE[kind]()
        client.logout()
        if user:
            client.force_login(user)
        client.post(address, {"reason": "promotion", "status": "needs_info", "text": "Kami kerjakan besok pagi."})
    assert (Report.objects.filter(pk=report.pk).values().get(), StatusChange.objects.count()) == before


@pytest.mark.parametrize("name", ["publish", "withhold", "make-confidential", "redact"])
def test_nobody_decides_what_is_shown_of_the_own_agency(toy_city, client, name):
    report = ReportFactory(visibility="pending", status=Status.WAITING)
    judge_in_own_cause = make_verifier()
    judge_in_own_cause.memberships.create(agency_id="roads")
    client.force_login(judge_in_own_cause)
    values = {"reason": "promotion", "note": "", "words": "Lubang"}
    client.post(reverse(f"desk:{name}", args=[report.code]), values)
    report.refresh_from_db()
    assert (report.visibility, report.status, report.decisions.count()) == ("pending", Status.WAITING, 0)


def test_an_unknown_report_is_missing_for_everybody_at_the_desk(toy_city, client):
    for make in (make_officer, make_leader, make_verifier, make_administrator):
        client.force_login(make())
        assert client.get(reverse("desk:detail", args=["KC-ZZZZZZ"])).status_code == 404


def test_a_kecamatan_or_category_can_be_taken_from_the_limits_again(toy_city, client):
    report, user = ReportFactory(), limited(kecamatan=["99.02"])
    client.force_login(user)
    assert client.get(reverse("desk:detail", args=[report.code])).status_code == 404
    user.memberships.get().kecamatan.add(Kecamatan.objects.get(pk="99.01"))
    assert client.get(reverse("desk:detail", args=[report.code])).status_code == 200
