"""A reporter's name, telephone and mail: written into the form, and from then on in nothing that goes out.

Every page, file, feed and error, for everybody who does not ask for it with a reason; every log line
and error mail; every row of the queue.
"""

import logging
import re
import uuid

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import IntegrityError
from django.test import Client, override_settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django_tasks_db.models import DBTaskResult

from geo_reports import confidences, moderation, settings, transitions
from geo_reports.models import Report
from tests.factories import make_administrator, make_leader, make_officer, make_verifier
from tests.pictures import picture, upload

NAME, PHONE, MAIL = "Yosefina Tambunan", "0812-9988-7766", "yosefina.t@contoh.example"
PIECES = (NAME, "Yosefina", "9988-7766", "99887766", MAIL, "yosefina.t")
HERE = {"lon": "10.015", "lat": "0.005"}
READERS = {
    "the public": lambda: None,
    "a petugas": make_officer,
    "a pimpinan": make_leader,
    "a verifikator": make_verifier,
    "an administrator": make_administrator,
    "a superuser": lambda: User.objects.create_superuser("kepala"),
}


def found_in(text: str) -> list[str]:
    small = text.lower()
    return [piece for piece in PIECES if piece.lower() in small]


def submitted(client: Client, contact: str, **changes: object) -> Report:
    data = {"submission_id": str(uuid.uuid4()), "kategori": "pothole", "uraian": "Lubang besar di tikungan", **HERE}
    given = {"nama": NAME, "kontak": contact, "foto": upload(picture())}
    assert client.post("/lapor/", data | given | changes).status_code == 302
    return Report.objects.order_by("-pk").first()


@pytest.fixture
def reports(toy_city, client) -> list[Report]:
    """By mail and by telephone, public, confidential and withheld, with a history."""
    judge = make_verifier()
    found = [
        submitted(client, MAIL),
        submitted(client, PHONE),
        submitted(client, MAIL, rahasia="on"),
        submitted(client, PHONE),
    ]
    for report in found[:2]:
        moderation.publish(report.pk, actor=judge)
        transitions.answer(report.pk, "Kami perbaiki pekan ini.", actor=None)
        transitions.complete(report.pk, has_photo=False, no_photo_reason="malam hari")
    moderation.make_confidential(found[2].pk, actor=judge)
    moderation.withhold(found[3].pk, Report.WithheldReason.PROMOTION, actor=judge)
    return found


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    """Every route of the project, as written in the URL configuration; Django's own pages of the administration too."""
    routes = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        routes += addresses(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
    return routes


def filled(route: str, report: Report) -> str:
    """A route with the report's code, its photo, and plain values for the rest."""
    values = {
        "code": report.code,
        "uid": str(report.photos.first().uid),
        "size": "image",
        "object_id": str(report.pk),
        "slug": "roads",
        "level": "kelurahan",
    }
    if route.startswith("kecamatan/"):
        values["code"] = "99.01"

    def value(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "str", match["name"]
        return values.get(name, "1" if kind == "int" else "x")

    return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", value, route).replace("^", "").replace(
        "\\Z", ""
    ).replace("$", "")


def content_of(response) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return raw.decode(errors="replace") + str(dict(response.headers))


@pytest.mark.parametrize("who", READERS)
def test_no_page_of_any_address_shows_them(reports, client, caplog, who):
    user = READERS[who]()
    if user:
        client.force_login(user)
    client.raise_request_exception = False
    routes = [route for route in addresses(get_resolver().url_patterns) if "(?P" not in route]
    assert len(routes) > 60
    read = 0
    # Once about a public report with a mail address, once about a confidential one.
    for address in dict.fromkeys(filled(route, report) for report in (reports[0], reports[2]) for route in routes):
        response = client.get(address)
        assert response.status_code < 500, address
        assert found_in(content_of(response)) == [], (address, response.status_code)
        read += response.status_code == 200
    assert read > 20
    assert found_in(caplog.text) == []


SEARCHED = ["/laporan/?q={}", "/laporan/rss/?q={}", "/export/reports.geojson?q={}", "/petugas/?q={}&tampil=semua"]


@pytest.mark.parametrize("address", SEARCHED)
@pytest.mark.parametrize("word", [NAME, MAIL, PHONE])
def test_no_search_finds_a_report_by_them(reports, client, address, word):
    client.force_login(make_verifier())
    page = content_of(client.get(address.format(word)))
    assert not [report.code for report in reports if report.code in page]


def test_the_queue_does_not_hold_them(toy_city, client, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    report = submitted(client, MAIL)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.publish(report.pk, actor=make_verifier())
    client.post("/data-saya/", {"surel": MAIL})
    rows = [str(row) for row in DBTaskResult.objects.values()]
    assert len(rows) >= 2
    assert found_in("\n".join(rows)) == []


# --- When something goes wrong


@pytest.fixture
def broken(monkeypatch):
    """The reporting page fails while it holds the form, as if the database refused the row and repeated it."""

    def refuse(submission):
        name = submission.reporter_name  # a variable of the traceback
        row = f'null value in column "x"\nDETAIL:  Failing row contains (7, {name}, {submission.reporter_contact}, t).'
        raise IntegrityError(row)

    monkeypatch.setattr("geo_reports.pages.reporting.submit", refuse)


class Lines(logging.Handler):
    """What the project's own formatter makes of every record."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(confidences.MaskedFormatter(settings.LOGGING["formatters"]["line"]["format"]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("contact", [MAIL, PHONE])
def test_a_server_error_repeats_them_nowhere(toy_city, client, broken, lines, contact):
    client.raise_request_exception = False
    data = {"submission_id": str(uuid.uuid4()), "kategori": "pothole", "uraian": "Lubang besar di tikungan", **HERE}
    with override_settings(ADMINS=[("a", "a@example.org")], DEBUG=False):
        response = client.post("/lapor/?kunci=6b1c5a3e-0000", data | {"nama": NAME, "kontak": contact})
    assert response.status_code == 500
    assert found_in(content_of(response)) == []
    assert any("IntegrityError" in line and "Failing row" not in line for line in lines)
    assert found_in("\n".join(lines)) == []
    assert [message.to for message in mail.outbox] == [["a@example.org"]]
    assert "IntegrityError" in mail.outbox[0].body
    assert "reporter_contact" not in mail.outbox[0].body
    assert found_in(mail.outbox[0].body + str(mail.outbox[0].alternatives)) == []
    assert "6b1c5a3e" not in mail.outbox[0].body + "\n".join(lines)


@pytest.mark.parametrize(("changes", "status"), [({"uraian": ""}, 422), ({"kategori": "naga"}, 422)])
def test_a_refused_form_shows_them_to_who_typed_them_and_logs_nothing(toy_city, client, lines, changes, status):
    data = {"submission_id": str(uuid.uuid4()), "kategori": "pothole", "uraian": "Lubang besar di tikungan", **HERE}
    response = client.post("/lapor/", data | {"nama": NAME, "kontak": MAIL} | changes)
    assert response.status_code == status
    assert found_in("\n".join(lines)) == []


def test_a_page_that_does_not_exist_does_not_log_the_key(toy_city, client, lines):
    client.get("/laporan/KC-XXXXXX/?kunci=6b1c5a3e-aaaa-bbbb-cccc-123456789abc")
    client.get(f"/data-saya/{'A' * 60}/")
    assert lines
    assert not [line for line in lines if "6b1c5a3e" in line or "A" * 60 in line]


# --- The mask itself


@pytest.mark.parametrize(
    "written",
    [
        MAIL,
        MAIL.upper(),
        "yosefina.t%40contoh.example",
        PHONE,
        "081299887766",
        "+62 812 9988 7766",
        "62812.9988.7766",
        "(0812) 99887766",
        "021-5551234",
    ],
)
@pytest.mark.parametrize("around", ["{}", "kontak='{}', lain", "<{}>", "surel:{};", "\n{}\n"])
def test_an_address_or_number_is_masked_wherever_it_stands(written, around):
    told = confidences.masked(around.format(written))
    assert told == around.format(confidences.COVER) or (written.startswith("(") and found_in(told) == [])


@pytest.mark.parametrize(
    "harmless",
    [
        '2026-11-25 08:12:34,567 INFO django.server: "GET /laporan/ HTTP/1.1" 200 08123',
        "TS-0812AB TS-7N4P8H 36.74.06.1001 -6.2889 106.7181",
        "127.0.0.1:8000 pid 621234567 took 0.0812345678 s",
        "reports 0 of 1,000,000; 2130 rows; 621 values",
        "user@localhost",
    ],
)
def test_times_codes_and_figures_stay_readable(harmless):
    assert confidences.masked(harmless) == harmless


def test_the_settings_use_it():
    assert settings.LOGGING["formatters"]["line"]["()"] == "geo_reports.confidences.MaskedFormatter"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
