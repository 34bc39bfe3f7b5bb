"""“Data saya”: reporters see, correct, download and erase what is stored about them, at once and on their own."""

import io
import json
import zipfile

import pytest

from geo_reports.models import DataRequest, PersonalDataLook, Report
from tests.citizens import add_photo
from tests.factories import NOON, make_verifier
from tests.geo_reports.privacy.reporters import (
    ADDRESS,
    ANSWER,
    APPEAL,
    MAIL,
    NAME,
    NOTE,
    ORIGINAL,
    TEXT,
    full_report,
    reporter,
)

pytestmark = pytest.mark.django_db
PAGES = ("", "perbaiki/", "unduh/", "hapus/")


def address(report: Report, page: str = "", secret: object = None) -> str:
    return f"/laporan/{report.code}/data/{page}?kunci={secret or report.secret}"


def send(client, report: Report, **fields):
    """The correction form with what is stored in it, some of it changed; None leaves a field out."""
    form = {"nama": report.reporter_name, "kontak": report.reporter_contact, "tampilkan_nama": ""}
    data = {key: value for key, value in (form | fields).items() if value is not None}
    response = client.post(address(report, "perbaiki/"), data)
    report.refresh_from_db()
    return response


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", ["", "abc", "6f9f6a0e-5a3c-4a0e-9a55-000000000000"])
def test_without_the_secret_there_is_no_such_page(toy_city, client, page, key):
    report = full_report()
    for method in ("get", "post"):
        response = getattr(client, method)(f"/laporan/{report.code}/data/{page}?kunci={key}", {"yakin": "on"})
        assert response.status_code in {404, 405}
        assert NAME not in response.content.decode()
    report.refresh_from_db()
    assert report.reporter_name == NAME
    assert not DataRequest.objects.exists()


def test_the_secret_of_another_report_opens_nothing_and_the_desk_has_no_key(toy_city, client, verifier):
    report, other = reporter(), reporter()
    assert client.get(address(report, secret=other.secret)).status_code == 404
    client.force_login(verifier)
    assert client.get(f"/laporan/{report.code}/data/").status_code == 404


def test_it_shows_all_that_is_stored(toy_city, client):
    report = full_report()
    page = client.get(address(report)).content.decode()
    for piece in (NAME, MAIL, TEXT, ORIGINAL, ADDRESS, ANSWER, APPEAL, "0.0061, 10.0173"):
        assert piece in page
    assert page.count("original.jpg") == 3
    assert NOTE not in page, "notes are the desk's; erasing takes them away"


def test_it_tells_who_looked_by_role_and_not_by_name(toy_city, client):
    report = reporter()
    PersonalDataLook.objects.create(
        report=report, username="andi.verifikator", role="verifier", what="identity", reason="karena perlu", at=NOON
    )
    page = client.get(address(report)).content.decode()
    assert "12 Mar 2025, 12.00 WIB" in page
    assert "Verifikator" in page
    assert "andi.verifikator" not in page
    assert "karena perlu" not in page


def test_nothing_of_it_is_kept_or_told_to_other_sites(toy_city, client):
    report = full_report()
    for response in (
        client.get(address(report)),
        client.post(address(report, "unduh/")),
        client.get(address(report, "hapus/")),
    ):
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_own_page_leads_there(toy_city, client):
    report = reporter()
    own = client.get(f"{report.get_absolute_url()}?kunci={report.secret}").content.decode()
    assert address(report) in own
    assert "/data/" not in client.get(report.get_absolute_url()).content.decode()


# --- Correcting


def test_name_and_contact_are_corrected(toy_city, client):
    report = reporter(visibility="pending")
    response = send(client, report, nama=" Zulaikha  W. ", kontak="baru@contoh.example", tampilkan_nama="on")
    assert response.url == address(report)
    assert (report.reporter_name, report.reporter_contact) == ("Zulaikha W.", "baru@contoh.example")
    assert not report.is_anonymous
    assert "sudah diperbaiki" in client.get(response.url).content.decode()
    assert DataRequest.objects.get().what == "correct"


def test_without_a_name_one_is_anonymous(toy_city, client):
    report = reporter(visibility="pending", is_anonymous=False)
    send(client, report, nama="", kontak="", tampilkan_nama="on")
    assert (report.reporter_name, report.reporter_contact, report.is_anonymous) == ("", "", True)


def test_becoming_anonymous_takes_the_name_away_from_the_public_at_once(toy_city, client):
    report = reporter(is_anonymous=False)
    assert NAME in client.get(report.get_absolute_url()).content.decode()
    send(client, report)
    assert NAME not in client.get(report.get_absolute_url()).content.decode()


def test_a_shown_name_may_stay(toy_city, client):
    report = reporter(is_anonymous=False)
    send(client, report, kontak="", tampilkan_nama="on")
    assert not report.is_anonymous


@pytest.mark.parametrize(("was_anonymous", "name"), [(True, NAME), (False, "Kalian semua bodoh")])
def test_no_name_that_nobody_checked_comes_onto_a_published_report(toy_city, client, was_anonymous, name):
    report = reporter(is_anonymous=was_anonymous)
    response = send(client, report, nama=name, tampilkan_nama="on")
    assert "tidak ditampilkan pada laporan yang sudah tayang" in client.get(response.url).content.decode()
    assert report.is_anonymous
    assert name not in client.get(report.get_absolute_url()).content.decode()


@pytest.mark.parametrize("visibility", ["pending", "published"])
def test_confidential_from_now_on_is_out_of_everything_public_at_once(toy_city, client, visibility):
    report = reporter(visibility=visibility)
    send(client, report, rahasia="on")
    assert (report.visibility, report.wants_confidential, report.status) == ("confidential", True, "forwarded")
    assert not Report.objects.public().exists()


def test_a_withheld_report_is_not_let_in_again_by_a_wish(toy_city, client):
    report = reporter(visibility="withheld", status="withheld", withheld_reason="promotion")
    send(client, report, rahasia="on")
    assert (report.visibility, report.status, report.wants_confidential) == ("withheld", "withheld", True)


def test_giving_the_wish_up_publishes_nothing_by_itself(toy_city, client):
    report = reporter(visibility="confidential", wants_confidential=True)
    response = send(client, report)
    assert (report.visibility, report.wants_confidential) == ("confidential", False)
    assert "setelah verifikator menayangkannya" in client.get(response.url).content.decode()


def test_what_is_too_long_is_said_and_kept_in_the_form(toy_city, client):
    report = reporter()
    response = send(client, report, nama="Z" * 81)
    assert response.status_code == 422
    assert "Z" * 81 in response.content.decode()
    assert report.reporter_name == NAME


# --- Downloading


def downloaded(client, url: str) -> zipfile.ZipFile:
    response = client.post(url)
    assert response.status_code == 200
    assert response.streaming
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_download_holds_everything_with_photos_and_their_originals(toy_city, client):
    report = full_report()
    packed = downloaded(client, address(report, "unduh/"))
    assert packed.testzip() is None
    data = json.loads(packed.read(f"{report.code}/data.json"))
    assert data["pelapor"] == {"nama": NAME, "kontak": MAIL, "anonim": True, "rahasia": False}
    assert data["uraian"] == {"sekarang": TEXT, "asli": ORIGINAL}
    assert data["tempat"]["titik"] == [10.0173, 0.0061]
    assert data["pertanyaan"][0]["jawaban"] == ANSWER
    assert data["keberatan"][0]["isi"] == APPEAL
    photos = sorted(name for name in packed.namelist() if "/foto/" in name)
    assert photos == [f"{report.code}/foto/{name}.jpg" for name in ("1", "2-asli", "2", "3")]
    assert all(packed.read(name).startswith(b"\xff\xd8") for name in photos)
    assert DataRequest.objects.get().what == "export"


def test_the_download_names_no_account_of_the_desk(toy_city, client):
    report = full_report()
    PersonalDataLook.objects.create(
        report=report, username="andi.verifikator", role="verifier", what="identity", reason="alasan", at=NOON
    )
    raw = downloaded(client, address(report, "unduh/")).read(f"{report.code}/data.json").decode()
    assert "andi" not in raw
    assert "alasan" not in raw
    assert "Verifikator" in raw


def test_a_lost_file_does_not_spoil_the_download(toy_city, client):
    report = reporter()
    photo = add_photo(report)
    photo.image.storage.delete(photo.image.name)
    packed = downloaded(client, address(report, "unduh/"))
    assert packed.namelist() == [f"{report.code}/data.json"]


# --- Erasing


def test_before_erasing_the_page_says_what_stays(toy_city, client):
    page = client.get(address(full_report(), "hapus/")).content.decode()
    assert "Tetap ada, tanpa Anda" in page
    assert "Dihapus" in page


@pytest.mark.parametrize("sent", [{}, {"hapus_isi": "on"}])
def test_without_saying_so_nothing_is_erased(toy_city, client, sent):
    report = full_report()
    response = client.post(address(report, "hapus/"), sent)
    assert response.status_code == 422
    assert "Centang bahwa Anda mengerti" in response.content.decode()
    report.refresh_from_db()
    assert report.reporter_name == NAME


@pytest.mark.parametrize(("visibility", "links"), [("published", 1), ("confidential", 0)])
def test_erasing_ends_with_a_page_that_needs_no_link(toy_city, client, visibility, links):
    report = full_report(visibility=visibility)
    old = address(report)
    page = client.post(address(report, "hapus/"), {"yakin": "on"}).content.decode()
    assert "Data Anda sudah dihapus" in page
    assert page.count(f'href="{report.get_absolute_url()}"') == links
    assert client.get(old).status_code == 404
    report.refresh_from_db()
    assert (report.reporter_name, str(report.secret) in page) == ("", False)


def test_the_desk_sees_that_it_was_asked_for(toy_city, client):
    report = full_report()
    client.post(address(report, "hapus/"), {"yakin": "on"})
    client.force_login(make_verifier())
    page = client.get(f"/petugas/{report.code}/").content.decode()
    assert "Data pelapor dihapus" in page
    assert "Lihat identitas pelapor" not in page
