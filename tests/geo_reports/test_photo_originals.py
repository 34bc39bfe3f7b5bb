"""Who gets a photo without its masks: verifikator, administrators and the reporter. Nobody else, ever."""

import io
import uuid

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from PIL import Image

from geo_reports import casework
from geo_reports.models import PersonalDataLook, Photo
from geo_reports.photos import storing
from geo_reports.photos.cleaning import clean_photo
from geo_reports.photos.masking import Kind, Mask
from tests.factories import ReportFactory, UserFactory, make_administrator, make_leader, make_officer, make_verifier
from tests.pictures import picture, upload

VISIBILITIES = ("published", "pending", "withheld", "confidential")
USERS = {
    "the public": lambda: None,
    "somebody signed in": UserFactory,
    "a petugas of the SKPD": make_officer,
    "a petugas of another SKPD": lambda: make_officer("clean"),
    "a verifikator": make_verifier,
    "an administrator": make_administrator,
    "a superuser": lambda: User.objects.create_superuser("kepala"),
    "a pimpinan": make_leader,
    "the reporter": lambda: None,
    "somebody with a wrong secret": lambda: None,
}
LOGGED = {"a verifikator", "an administrator", "a superuser"}
ALLOWED = LOGGED | {"the reporter"}


def masked_photo(visibility: str = "published") -> Photo:
    photo = storing.store(ReportFactory(visibility=visibility), clean_photo(upload(picture())))
    return storing.mask(photo.pk, [Mask(0, 0, 1, 1, Kind.BLACK)])


def query(who: str, photo: Photo) -> dict[str, str]:
    secrets = {"the reporter": photo.report.secret, "somebody with a wrong secret": uuid.uuid4()}
    return {"kunci": str(secrets[who])} if who in secrets else {}


def brightest(response) -> int:
    content = b"".join(response.streaming_content)
    return max(high for _low, high in Image.open(io.BytesIO(content)).convert("RGB").getextrema())


@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize("who", USERS)
def test_who_gets_the_original(toy_city, client, who, visibility):
    photo = masked_photo(visibility)
    if user := USERS[who]():
        client.force_login(user)
    response = client.get(reverse("reports:photo-original", args=[photo.uid]), query(who, photo))
    looks = PersonalDataLook.objects.values_list("report", "username", "what")
    assert list(looks) == ([(photo.report_id, user.username, "original_photo")] if who in LOGGED else [])
    if who not in ALLOWED:
        assert response.status_code == 404
        return
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert brightest(response) > 200


@pytest.mark.parametrize("size", ["image", "thumbnail"])
@pytest.mark.parametrize("who", USERS)
def test_under_the_usual_address_everybody_gets_the_masked_photo(toy_city, client, who, size):
    photo = masked_photo()
    if user := USERS[who]():
        client.force_login(user)
    response = client.get(reverse("reports:photo", args=[photo.uid, size]), query(who, photo))
    assert response.status_code == 200
    assert brightest(response) < 12


@pytest.mark.parametrize("size", ["original", "original_image", "original_thumbnail", "unmasked_image"])
def test_no_name_of_a_size_leads_the_public_to_the_original(toy_city, client, size):
    assert client.get(f"/foto/{masked_photo().uid}/{size}.jpg").status_code == 404


def test_the_address_from_before_the_masking_leads_nowhere(toy_city, client):
    photo = storing.store(ReportFactory(), clean_photo(upload(picture())))
    assert client.get(reverse("reports:photo", args=[photo.uid, "image"])).status_code == 200
    storing.mask(photo.pk, [Mask(0, 0, 1, 1, Kind.BLUR)])
    for name, arguments in (("photo", [photo.uid, "image"]), ("photo", [photo.uid, "thumbnail"])):
        assert client.get(reverse(f"reports:{name}", args=arguments)).status_code == 404


def test_the_original_of_a_photo_without_masks_is_the_photo(toy_city, client, verifier):
    photo = storing.store(ReportFactory(), clean_photo(upload(picture())))
    address = reverse("reports:photo-original", args=[photo.uid])
    assert client.get(address).status_code == 404
    client.force_login(verifier)
    assert brightest(client.get(address)) > 200
    assert not PersonalDataLook.objects.exists(), "nothing that others may not see"


def test_a_lost_original_is_a_page_not_found(toy_city, client, verifier):
    photo = masked_photo()
    photo.original_image.storage.delete(photo.original_image.name)
    client.force_login(verifier)
    assert client.get(reverse("reports:photo-original", args=[photo.uid])).status_code == 404


OTHERS = {
    "the SKPD's photo of the repair": lambda report: storing.store(
        report, clean_photo(upload(picture())), kind="after"
    ),
    "somebody's photo that it is still there": lambda report: (
        casework.request_reopening(report.pk, "Masih ada lubangnya", photo=clean_photo(upload(picture()))).photo
    ),
}


@pytest.mark.parametrize("whose", OTHERS)
def test_the_reporter_does_not_see_under_the_masks_of_what_others_took(toy_city, client, whose):
    report = ReportFactory(status="done")
    photo = storing.mask(OTHERS[whose](report).pk, [Mask(0, 0, 1, 1, Kind.BLACK)])
    address = reverse("reports:photo-original", args=[photo.uid])
    assert client.get(address, {"kunci": str(report.secret)}).status_code == 404


def test_a_stranger_s_photo_that_nobody_has_checked_is_not_the_reporter_s(toy_city, client):
    report = ReportFactory(status="done")
    photo = OTHERS["somebody's photo that it is still there"](report)
    for name, more in (("photo", ["image"]), ("photo", ["thumbnail"]), ("photo-original", [])):
        address = reverse(f"reports:{name}", args=[photo.uid, *more])
        assert client.get(address, {"kunci": str(report.secret)}).status_code == 404
    assert str(photo.uid) not in client.get(f"/laporan/{report.code}/data/?kunci={report.secret}").content.decode()


def test_the_reporter_s_own_photo_that_it_is_still_there_is_theirs(toy_city, client):
    report = ReportFactory(status="done")
    casework.dispute(report.pk, "Masih ada lubangnya", photo=clean_photo(upload(picture())))
    photo = Photo.objects.get(report=report)
    assert photo.is_hidden
    address = reverse("reports:photo", args=[photo.uid, "image"])
    assert client.get(address, {"kunci": str(report.secret)}).status_code == 200
    assert str(photo.uid) in client.get(f"/laporan/{report.code}/data/?kunci={report.secret}").content.decode()
