"""The ends of a report: claimed, confirmed, disputed, somebody else's, not done; and open again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from geo_reports import casework, transitions
from geo_reports.models import Photo, ReopenRequest, Report
from geo_reports.photos.cleaning import clean_photo
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.citizens import make
from tests.factories import ReportFactory, make_officer, make_verifier
from tests.pictures import exif_bytes, picture

SECRET = "Masih ada, kata Bu Wati"


def shot(name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(exif=exif_bytes(10.015, 0.005)), "image/jpeg")


def status_of(report: Report) -> str:
    return Report.objects.values_list("status", flat=True).get(pk=report.pk)


def own(report: Report, tail: str = "") -> str:
    return f"{report.get_absolute_url()}{tail}?kunci={report.secret}"


def public_page(report: Report) -> str:
    return Client().get(report.get_absolute_url()).content.decode()


@pytest.fixture
def done(toy_city, officer) -> Report:
    report = make()
    casework.finish(report.pk, no_photo_reason="pekerjaan malam", actor=officer)
    return Report.objects.get(pk=report.pk)


def test_finishing_keeps_a_cleaned_after_photo(desk_client, officer):
    report = make()
    response = desk_client(officer).post(f"/petugas/{report.code}/selesai/", {"photo": shot()})
    assert response.status_code == 302
    assert status_of(report) == Status.DONE
    photo = report.photos.get()
    assert photo.kind == Photo.Kind.AFTER
    assert b"Budi Rahasia" not in photo.image.read()
    assert "Sesudah" in public_page(report)


def test_without_a_photo_a_reason_is_shown(desk_client, officer):
    report = make()
    client = desk_client(officer)
    assert client.post(f"/petugas/{report.code}/selesai/", {}).status_code == 422
    client.post(f"/petugas/{report.code}/selesai/", {"no_photo_reason": "pekerjaan malam"})
    assert "pekerjaan malam" in public_page(report)


@pytest.mark.parametrize("bad", [b"bukan foto", b""])
def test_a_file_that_is_no_photo_finishes_nothing(desk_client, officer, bad):
    report = make()
    upload = SimpleUploadedFile("foto.jpg", bad, "image/jpeg")
    assert desk_client(officer).post(f"/petugas/{report.code}/selesai/", {"photo": upload}).status_code == 422
    assert status_of(report) == Status.FORWARDED


def test_a_refused_claim_leaves_no_file(toy_city, officer, settings):
    report = make(status=Status.CONFIRMED)
    response = Client()
    response.force_login(officer)
    response.post(f"/petugas/{report.code}/selesai/", {"photo": shot()})
    assert not Photo.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_claimed_and_confirmed_are_different_facts(client, done):
    html = public_page(done)
    assert "Dinyatakan selesai oleh Dinas Jalan" in html
    assert "Belum dikonfirmasi pelapor" in html
    client.post(own(done, "sudah-beres/"))
    html = public_page(done)
    assert "Dinyatakan selesai oleh Dinas Jalan" in html
    assert "Dikonfirmasi pelapor: sudah beres" in html
    last = done.changes.last()
    assert (last.to_status, last.role) == (Status.CONFIRMED, Role.REPORTER)


def test_only_the_reporter_confirms_or_disputes(client, done):
    for tail in ("sudah-beres/", "belum-beres/"):
        assert client.post(done.get_absolute_url() + tail, {"uraian": SECRET}).status_code == 404
    assert status_of(done) == Status.DONE


def test_the_reporter_opens_it_again_with_words_and_photo_for_the_desk(client, done):
    response = client.post(own(done, "belum-beres/"), {"uraian": SECRET, "foto": shot()})
    assert response.url == own(done)
    assert status_of(done) == Status.REOPENED
    photo = done.photos.get()
    assert photo.is_hidden
    assert SECRET not in public_page(done)
    assert str(photo.uid) not in public_page(done)
    desk = Client()
    desk.force_login(make_verifier())
    assert SECRET in desk.get(f"/petugas/{done.code}/").content.decode()


def test_without_words_nothing_is_opened(client, done):
    assert client.post(own(done, "belum-beres/"), {"uraian": ""}).status_code == 422
    assert status_of(done) == Status.DONE


def request_again(report: Report) -> ReopenRequest:
    response = Client().post(f"{report.get_absolute_url()}buka-kembali/", {"uraian": SECRET, "foto": shot()})
    assert response.url == report.get_absolute_url()
    return ReopenRequest.objects.get(report=report)


def test_anybody_asks_to_open_it_again_with_a_photo_that_nobody_sees_yet(done):
    assert "Masih belum beres?" in public_page(done)
    asked = request_again(done)
    assert status_of(done) == Status.DONE
    assert SECRET not in public_page(done)
    address = f"/foto/{asked.photo.uid}/image.jpg"
    assert Client().get(address).status_code == 404
    for person, status in ((make_officer(), 404), (make_verifier(), 200)):
        desk = Client()
        desk.force_login(person)
        assert desk.get(address).status_code == status
        assert (str(asked.photo.uid) in desk.get(f"/petugas/{done.code}/").content.decode()) == (status == 200)


def test_a_request_needs_a_photo(done):
    response = Client().post(f"{done.get_absolute_url()}buka-kembali/", {"uraian": SECRET})
    assert response.status_code == 422
    assert not ReopenRequest.objects.exists()


def test_the_verifikator_accepts_and_the_photo_is_shown(desk_client, done, verifier):
    asked = request_again(done)
    client = desk_client(verifier)
    assert done.code in client.get("/petugas/?tampil=buka-kembali").content.decode()
    client.post(f"/petugas/{done.code}/buka-kembali/", {"request": asked.pk, "decision": "accept"})
    assert status_of(done) == Status.REOPENED
    assert str(asked.photo.uid) in public_page(done)


def test_the_verifikator_declines_with_a_sentence_for_all(desk_client, done, verifier):
    asked = request_again(done)
    client = desk_client(verifier)
    address = f"/petugas/{done.code}/buka-kembali/"
    assert client.post(address, {"request": asked.pk, "decision": "decline"}).status_code == 422
    client.post(address, {"request": asked.pk, "decision": "decline", "note": "Foto ini dari jalan lain."})
    assert status_of(done) == Status.DONE
    html = public_page(done)
    assert "Foto ini dari jalan lain." in html
    assert str(asked.photo.uid) not in html


def test_a_request_is_decided_once(done, verifier):
    asked = request_again(done)
    casework.accept_reopening(asked.pk, actor=verifier)
    with pytest.raises(NotAllowed, match="sudah diputuskan"):
        casework.decline_reopening(asked.pk, "Tidak.", actor=verifier)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.WITHHELD, "visibility": "withheld"},
        {"status": Status.DONE, "visibility": "confidential"},
        {"status": Status.DONE, "visibility": "pending"},
        {"status": Status.MERGED},
        {"status": Status.IN_PROGRESS},
    ],
)
def test_what_is_not_public_or_not_ended_offers_nothing(toy_city, client, changes):
    report = make(**changes)
    response = client.post(f"{report.get_absolute_url()}buka-kembali/", {"uraian": SECRET, "foto": shot()})
    assert response.status_code == 404
    assert "Masih belum beres?" not in public_page(report)
    assert not Photo.objects.exists()


def test_requests_of_one_client_are_limited(done, monkeypatch):
    monkeypatch.setattr("geo_reports.pages.following.PER_HOUR", 0)
    response = Client().post(f"{done.get_absolute_url()}buka-kembali/", {"uraian": SECRET, "foto": shot()})
    assert response.status_code == 429


def test_not_ours_names_the_owner(desk_client, officer):
    report = make()
    client = desk_client(officer)
    text = "Jalan ini milik provinsi; kami teruskan suratnya."
    assert client.post(f"/petugas/{report.code}/bukan-kewenangan/", {"text": text}).status_code == 422
    client.post(f"/petugas/{report.code}/bukan-kewenangan/", {"text": text, "owner": "Dinas PUPR Provinsi"})
    assert status_of(report) == Status.NOT_OURS
    html = public_page(report)
    assert "Pemilik: Dinas PUPR Provinsi" in html
    assert text in html


def test_an_owner_from_the_list_is_kept_by_name(desk_client, verifier):
    report = make()
    data = {"text": "Ini urusan kantor itu.", "agency": "east"}
    desk_client(verifier).post(f"/petugas/{report.code}/bukan-kewenangan/", data)
    assert report.changes.last().owner == "Kantor Timur Kota Contoh"


def test_not_done_says_why(desk_client, officer):
    report = make()
    client = desk_client(officer)
    assert client.post(f"/petugas/{report.code}/tidak-dikerjakan/", {"text": ""}).status_code == 422
    client.post(f"/petugas/{report.code}/tidak-dikerjakan/", {"text": "Anggaran tahun ini habis."})
    assert status_of(report) == Status.DECLINED
    assert "Anggaran tahun ini habis." in public_page(report)


def test_giving_back_is_told_in_words(desk_client, officer):
    report = make()
    response = desk_client(officer).post(f"/petugas/{report.code}/kembalikan/", {"reason": "Ini bukan jalan kota."})
    assert response.status_code == 302
    assert status_of(report) == Status.VERIFIED
    html = public_page(report)
    assert "Dinas Jalan mengembalikan laporan kepada verifikator" in html
    assert "Ini bukan jalan kota." in html


def test_a_verifikator_who_names_the_next_skpd_forwards_with_that(toy_city, officer, verifier):
    report = ReportFactory()
    casework.give_back(report.pk, reason="Ini sampah.", actor=officer)
    clean = report.agency.__class__.objects.get(pk="clean")
    fresh = casework.hand_over(report.pk, clean, role=Role.VERIFIER, reason="Ini sampah.", actor=verifier)
    assert (fresh.status, fresh.agency_id) == (Status.FORWARDED, "clean")


def test_notes_stay_at_the_desk(desk_client, client, officer):
    report = make()
    desk = desk_client(officer)
    before = Report.objects.get(pk=report.pk).version
    desk.post(f"/petugas/{report.code}/catatan/", {"text": "Warga ini sudah menelepon."})
    assert "Warga ini sudah menelepon." in desk.get(f"/petugas/{report.code}/").content.decode()
    assert "menelepon" not in public_page(report)
    assert "menelepon" not in Client().get(own(report)).content.decode()
    assert Report.objects.get(pk=report.pk).version == before


def test_a_claim_that_is_taken_back_takes_its_photo_out_of_sight(toy_city):
    officer, report = make_officer(), ReportFactory()
    casework.finish(report.pk, actor=officer, photo=clean_photo(shot()))
    transitions.take_back(report.changes.last().pk, actor=officer)
    assert report.photos.get().is_hidden
    casework.finish(report.pk, actor=officer, photo=clean_photo(shot()))
    assert [photo.is_hidden for photo in report.photos.order_by("pk")] == [True, False]
