"""The citizens' pages: what they show, to whom, and at what price."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from geo_reports import routing, transitions
from geo_reports.models import Agency, Photo, Report
from geo_reports.workflow import Role, Status
from tests.citizens import SECRET_WORDS, add_photo, make, page
from tests.factories import NOON, ReportFactory, UserFactory

# --- One report


def test_a_published_report_shows_text_place_agency_and_history(client, toy_city, officer):
    report = make()
    transitions.change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, note="Tim turun Kamis")
    transitions.answer(report.pk, "Aspal datang besok.", actor=officer)
    routing.hand_over(report.pk, Agency.objects.get(pk="clean"), reason="ini urusan sampah", actor=officer)
    status, html = page(client, report)
    assert status == 200
    for words in (SECRET_WORDS, "Gang Mawar 7", "Timur Selatan", "Kec. Timur", "Dinas Jalan menjawab"):
        assert words in html
    for words in ("Tim turun Kamis", "Aspal datang besok.", "Dialihkan ke Dinas Kebersihan", "ini urusan sampah"):
        assert words in html
    assert "no-store" not in client.get(report.get_absolute_url()).headers.get("Cache-Control", "")


def test_a_pending_report_shows_place_category_and_status_but_no_words_and_no_photo(client, toy_city):
    report = make(visibility="pending", status=Status.WAITING)
    photo = add_photo(report)
    status, html = page(client, report)
    assert status == 200
    assert "Jalan berlubang" in html
    assert "Timur Selatan" in html
    assert "Menunggu verifikasi" in html
    assert "tampil setelah diperiksa" in html
    for hidden in (SECRET_WORDS, "Gang Mawar", str(photo.uid), str(report.secret)):
        assert hidden not in html


def test_notes_of_a_pending_report_wait_too(client, toy_city):
    report = make(visibility="pending", status=Status.WAITING)
    transitions.change_status(report.pk, Status.VERIFIED, role=Role.VERIFIER, note=SECRET_WORDS)
    assert SECRET_WORDS not in page(client, report)[1]


@pytest.mark.parametrize("visibility", ["withheld", "confidential"])
def test_what_is_not_public_does_not_exist_for_the_public(client, toy_city, visibility):
    report = make(visibility=visibility)
    assert page(client, report)[0] == 404
    assert page(client, report, kunci=str(uuid.uuid4()))[0] == 404
    assert page(client, report, kunci="bukan-kunci")[0] == 404
    assert SECRET_WORDS not in client.get("/laporan/").content.decode()


def test_the_reporter_reads_why_a_report_is_not_shown(client, toy_city):
    report = make(visibility="withheld", status=Status.WITHHELD, withheld_reason=Report.WithheldReason.PROMOTION)
    response = client.get(report.get_absolute_url(), {"kunci": str(report.secret)})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Promosi atau iklan" in html
    assert SECRET_WORDS in html
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_secret_of_one_report_opens_no_other(client, toy_city):
    mine, other = make(visibility="pending"), make(visibility="pending")
    assert SECRET_WORDS in page(client, mine, kunci=str(mine.secret))[1]
    assert SECRET_WORDS not in page(client, other, kunci=str(mine.secret))[1]


def test_an_anonymous_name_is_shown_to_nobody_and_a_contact_never(client, toy_city):
    report = make(reporter_name="Rina", reporter_contact="0811", is_anonymous=True)
    assert "Rina" not in page(client, report)[1]
    named = make(reporter_name="Rina", reporter_contact="rina@contoh.id", is_anonymous=False)
    html = page(client, named)[1]
    assert "Rina" in html
    assert "rina@contoh.id" not in html


def test_a_sensitive_report_is_shown_at_its_kelurahan(client, toy_city):
    report = make(category_id="social", agency_id="clean")
    html = page(client, report)[1]
    assert "disamarkan ke tingkat kelurahan" in html
    assert "Gang Mawar" not in html
    assert '"isExact": false' in html


def test_a_typed_report_number_leads_to_the_report(client, toy_city):
    report = make(code="KC-0A1B2C")
    for typed in ("kc-0a1b2c", "KC-OA1B2C", "kc0a1b2c", "KC-0AIB2C"):
        response = client.get(f"/laporan/{typed}/")
        assert response.status_code == 301
        assert response.url == report.get_absolute_url()


@pytest.mark.parametrize("code", ["KC-000000", "x", "%00", "' OR 1=1 --", "é" * 50])
def test_a_number_that_no_report_has_is_not_found(client, toy_city, code):
    assert client.get(f"/laporan/{code}/").status_code in {400, 404}


def test_repairs_are_shown_beside_the_problem(client, toy_city):
    report = make(status=Status.DONE)
    add_photo(report)
    add_photo(report, kind=Photo.Kind.AFTER)
    html = page(client, report)[1]
    assert "Sebelum" in html
    assert "Sesudah" in html


def test_one_report_costs_the_same_however_long_its_history(client, toy_city, django_assert_num_queries):
    report = make()
    for _repeat in range(3):
        transitions.answer(report.pk, "Sedang kami kerjakan.")
        add_photo(report)
    # city, demo, report, photos, spell, changes, replies, spells, members, parts
    with django_assert_num_queries(10):
        client.get(report.get_absolute_url())


# --- Photos


@pytest.mark.parametrize(
    ("visibility", "who", "status"),
    [
        ("published", "anybody", 200),
        ("pending", "anybody", 404),
        ("withheld", "anybody", 404),
        ("confidential", "anybody", 404),
        ("pending", "wrong secret", 404),
        ("pending", "reporter", 200),
        ("withheld", "reporter", 200),
        ("pending", "verifier", 200),
        ("pending", "officer", 200),
        ("pending", "officer elsewhere", 404),
        ("pending", "signed in", 404),
    ],
)
def test_who_gets_a_photo(client, desk_client, verifier, officer, visibility, who, status):
    elsewhere = who == "officer elsewhere"
    report = make(visibility=visibility, agency_id="clean" if elsewhere else "roads")
    query = {"reporter": str(report.secret), "wrong secret": str(uuid.uuid4())}.get(who)
    if who == "verifier":
        desk_client(verifier)
    elif who.startswith("officer"):
        desk_client(officer)
    elif who == "signed in":
        desk_client(UserFactory())
    response = client.get(
        reverse("reports:photo", args=[add_photo(report).uid, "image"]), {"kunci": query} if query else {}
    )
    assert response.status_code == status
    if status == 200:
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        is_public = visibility == "published"
        assert response.headers["Cache-Control"].startswith("public" if is_public else "private, no-store")
        assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_only_known_sizes_and_existing_photos_are_served(client, toy_city):
    photo = add_photo(make())
    assert client.get(f"/foto/{photo.uid}/thumbnail.jpg").status_code == 200
    assert client.get(f"/foto/{photo.uid}/report.jpg").status_code == 404
    assert client.get(f"/foto/{uuid.uuid4()}/image.jpg").status_code == 404
    photo.image.storage.delete(photo.image.name)
    assert client.get(f"/foto/{photo.uid}/image.jpg").status_code == 404


# --- Agency


def test_an_agency_shows_its_oldest_open_reports(client, toy_city):
    oldest = ReportFactory(submitted_at=NOON - timedelta(days=9))
    ReportFactory()
    ReportFactory(submitted_at=NOON - timedelta(days=20), status=Status.DONE)
    response = client.get("/skpd/roads/")
    assert response.context["oldest_open"][0] == oldest
    assert "Dinas Jalan Kota Contoh" in response.content.decode()


def test_unknown_agencies_are_not_found(client, toy_city):
    assert client.get("/skpd/nobody/").status_code == 404


def test_an_agencys_page_costs_the_same_for_many(client, toy_city, django_assert_max_num_queries):
    ReportFactory.create_batch(12)
    with django_assert_max_num_queries(8):
        client.get("/skpd/roads/")


# --- Frame and errors


def test_error_pages_say_what_to_do(client, toy_city):
    html = client.get("/tidak-ada/").content.decode()
    assert "Halaman ini tidak ada" in html
    assert "Lihat semua laporan" in html


def test_the_banner_about_example_data_appears_only_with_example_data(client, toy_city):
    assert "Data contoh" not in client.get("/laporan/").content.decode()
    ReportFactory(is_demo=True)
    assert "Data contoh" in client.get("/laporan/").content.decode()


def test_pages_answer_before_the_city_is_loaded(client, db):
    for path in ("/laporan/", "/lapor/", "/laporan/rss/", "/tidak-ada/"):
        assert client.get(path).status_code in {200, 404}


def test_pages_carry_no_inline_style_or_script(client, toy_city):
    report = make()
    add_photo(report)
    for path in ("/laporan/", "/lapor/", report.get_absolute_url(), "/kecamatan/99.01/", "/skpd/roads/"):
        html = client.get(path).content.decode()
        assert " style=" not in html
        assert " onclick=" not in html
        for tag in html.split("<script")[1:]:
            head = tag.split(">")[0]
            assert "src=" in head or "application/json" in head or "nonce=" in head
