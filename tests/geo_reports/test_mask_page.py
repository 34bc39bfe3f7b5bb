"""The page on which a verifikator covers parts of a photo: who may use it, and what it takes in."""

import io
import json
import uuid

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from PIL import Image

from geo_reports.models import Membership, ModerationDecision, Photo
from geo_reports.photos import storing
from geo_reports.photos.cleaning import clean_photo
from geo_reports.photos.masking import MAX_MASKS, Kind, Mask
from tests.factories import ReportFactory, UserFactory, make_administrator, make_leader, make_officer, make_verifier
from tests.pictures import picture, upload

LEFT = {"x": 0, "y": 0, "width": 0.4, "height": 1, "kind": "black"}
TYPED = {"left": "60", "top": "0", "width": "40", "height": "100", "kind": "black"}


def verifier_of_the_skpd() -> User:
    user = make_verifier()
    Membership.objects.create(user=user, agency_id="roads")
    return user


WHO = {
    "anonymous": (lambda: None, 302),
    "citizen": (UserFactory, 403),
    "petugas": (make_officer, 403),
    "petugas of another SKPD": (lambda: make_officer("clean"), 403),
    "pimpinan": (make_leader, 403),
    "verifikator": (make_verifier, 200),
    "verifikator of the report's SKPD": (verifier_of_the_skpd, 403),
    "administrator": (make_administrator, 200),
    "superuser": (lambda: User.objects.create_superuser("kepala"), 200),
}


@pytest.fixture
def photo(toy_city) -> Photo:
    return storing.store(ReportFactory(), clean_photo(upload(picture(size=(640, 480)))))


def address(photo: Photo, page: str = "mask-photo") -> str:
    return reverse(f"desk:{page}", args=[photo.report.code, photo.uid])


def state(photo: Photo) -> tuple[object, ...]:
    return Photo.objects.filter(pk=photo.pk).values_list("uid", "image", "masks").get()


def colours(photo: Photo) -> tuple[str, str]:
    """What the left and the right side of the shown picture are: red, blue or black."""
    with Photo.objects.get(pk=photo.pk).image.open("rb") as file:
        shown = Image.open(io.BytesIO(file.read())).convert("RGB")
    pixels = [shown.getpixel((shown.width * x // 10, shown.height // 2)) for x in (1, 9)]
    left, right = ("red" if r > 200 else "blue" if b > 200 else "black" for r, _g, b in pixels)
    return left, right


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["mask-photo", "unmask-photo"])
@pytest.mark.parametrize("who", WHO)
def test_only_verifikator_and_administrators_mask(client, photo, who, page, method):
    make, expected = WHO[who]
    photo = storing.mask(photo.pk, [Mask(0.6, 0, 0.4, 1, Kind.BLACK)]) if page == "unmask-photo" else photo
    before = state(photo)
    if user := make():
        client.force_login(user)
    response = getattr(client, method)(address(photo, page), {"masks": json.dumps([LEFT])}, follow=expected == 200)
    assert response.status_code == expected
    is_done = expected == 200 and method == "post"
    assert (state(photo) != before) is is_done


def test_what_was_drawn_is_covered_and_told(client, verifier, photo):
    client.force_login(verifier)
    page = client.post(address(photo), {"masks": json.dumps([LEFT])}, follow=True)
    assert "1 bagian foto disamarkan." in page.content.decode()
    assert colours(photo) == ("black", "blue")


def test_what_was_typed_joins_what_is_covered_already(client, verifier, photo):
    client.force_login(verifier)
    client.post(address(photo), {"masks": json.dumps([LEFT])})
    photo.refresh_from_db()
    shown = client.get(address(photo)).context["form"]["masks"].value()
    client.post(address(photo), {"masks": shown} | TYPED)
    assert colours(photo) == ("black", "black")


def test_each_masking_is_a_decision_with_what_was_there_before_and_undoing_marks_them(client, verifier, photo):
    client.force_login(verifier)
    version = photo.report.version
    for masks in ([LEFT], [LEFT, LEFT | {"x": 0.6}]):
        client.post(address(photo), {"masks": json.dumps(masks)})
        photo.refresh_from_db()
    decisions = ModerationDecision.objects.filter(photo=photo, kind="mask")
    assert [(each.actor, each.before, each.undone_at) for each in decisions] == [
        (verifier, {"masks": []}, None),
        (verifier, {"masks": [LEFT]}, None),
    ]
    client.post(address(photo, "unmask-photo"))
    assert {(each.undone_by, each.undone_at is None) for each in decisions.all()} == {(verifier, False)}
    photo.report.refresh_from_db()
    assert photo.report.version == version + 3


def test_what_fails_is_no_decision(client, verifier, photo):
    client.force_login(verifier)
    photo.image.storage.delete(photo.image.name)
    client.post(address(photo), {"masks": json.dumps([LEFT])})
    client.post(address(photo, "unmask-photo"))
    assert not ModerationDecision.objects.exists()


def test_the_original_comes_back_and_the_page_says_so(client, verifier, photo):
    client.force_login(verifier)
    masked = storing.mask(photo.pk, [Mask(0, 0, 1, 1, Kind.BLACK)])
    assert "Kembalikan foto asli" in client.get(address(masked)).content.decode()
    page = client.post(address(masked, "unmask-photo"), follow=True)
    assert "Foto asli dikembalikan." in page.content.decode()
    assert "Kembalikan foto asli" not in page.content.decode()
    assert colours(photo) == ("red", "blue")


BAD = {
    "nothing": ({}, "Belum ada bagian"),
    "an empty list": ({"masks": "[]"}, "Belum ada bagian"),
    "no JSON": ({"masks": "naga"}, "tidak dapat dibaca"),
    "another JSON": ({"masks": '{"x": 1}'}, "tidak dapat dibaca"),
    "a list of something else": ({"masks": '["naga"]'}, "tidak dapat dibaca"),
    "endlessly nested JSON": ({"masks": "[" * 19_000}, "tidak dapat dibaca"),
    "an endless text": ({"masks": "[" + " " * 30_000 + "]"}, "20000"),
    "a number that is none": ({"masks": json.dumps([LEFT | {"x": float("nan")}])}, "berupa angka"),
    "a number without end": ({"masks": json.dumps([LEFT | {"width": float("inf")}])}, "berupa angka"),
    "an upside-down region": ({"masks": json.dumps([LEFT | {"height": -0.2}])}, "tidak punya luas"),
    "a region beside the photo": ({"masks": json.dumps([LEFT | {"x": 1.2}])}, "di luar foto"),
    "an unknown kind": ({"masks": json.dumps([LEFT | {"kind": "pink"}])}, "buramkan atau tutup hitam"),
    "a null character": ({"masks": "[]\0"}, "error"),
    "too many regions": ({"masks": json.dumps([LEFT] * (MAX_MASKS + 1))}, "Paling banyak 40"),
    "three of four numbers": (TYPED | {"left": ""}, "Isi keempat angka"),
    "a typed word": (TYPED | {"left": "naga"}, 'aria-invalid="true"'),
    "a typed width of nothing": (TYPED | {"width": "0"}, 'aria-invalid="true"'),
    "a typed unknown kind": (TYPED | {"kind": "pink"}, 'class="error"'),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_covered_comes_back_with_a_sentence_and_changes_nothing(client, verifier, photo, case):
    data, sentence = BAD[case]
    client.force_login(verifier)
    before = state(photo)
    response = client.post(address(photo), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert state(photo) == before


def test_who_sends_from_a_page_that_is_out_of_date_is_told_and_overwrites_nothing(client, verifier, photo):
    client.force_login(verifier)
    stale = address(photo)
    client.post(stale, {"masks": json.dumps([LEFT])})
    before = state(photo)
    for data in ({"masks": json.dumps([LEFT | {"x": 0.6}])}, {}):
        page = client.post(stale, data, follow=True)
        assert "baru saja diubah orang lain" in page.content.decode()
    assert state(photo) == before
    assert client.get(stale).status_code == 404


def test_a_photo_belongs_to_its_report_only(client, verifier, photo):
    client.force_login(verifier)
    for code, uid in ((ReportFactory().code, photo.uid), (photo.report.code, uuid.uuid4()), ("KC-\0", photo.uid)):
        assert client.get(reverse("desk:mask-photo", args=[code, uid])).status_code in {400, 404}


def test_a_photo_whose_file_is_lost_cannot_be_masked_and_says_so(client, verifier, photo):
    client.force_login(verifier)
    photo.image.storage.delete(photo.image.name)
    response = client.post(address(photo), {"masks": json.dumps([LEFT])})
    assert response.status_code == 422
    assert "Berkas foto ini tidak ditemukan" in response.content.decode()


def test_the_desk_leads_a_verifikator_to_the_tool_and_tells_a_petugas_what_is_masked(client, verifier, officer, photo):
    masked = storing.mask(photo.pk, [Mask(0, 0, 1, 1, Kind.BLUR)])
    client.force_login(verifier)
    assert address(masked) in client.get(reverse("desk:detail", args=[photo.report.code])).content.decode()
    client.force_login(officer)
    page = client.get(reverse("desk:detail", args=[photo.report.code])).content.decode()
    assert address(masked) not in page
    assert "Sebagian disamarkan" in page
    assert "original" not in page
