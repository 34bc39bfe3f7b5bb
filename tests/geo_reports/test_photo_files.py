"""Photo files and their rows change together; the original of a masked photo is never lost."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from PIL import Image

from geo_reports.demo import canvas, pictures
from geo_reports.intake import submit as intake
from geo_reports.models import Category, Photo, Report
from geo_reports.photos import storing
from geo_reports.photos.cleaning import clean_photo
from geo_reports.photos.masking import Kind, Mask
from tests.factories import ReportFactory, build_toy_city, centre_of
from tests.pictures import picture, upload

pytestmark = pytest.mark.django_db(transaction=True)  # files are deleted when a transaction really commits

LEFT = [Mask(0, 0, 0.4, 1, Kind.BLACK)]
RIGHT = [Mask(0.6, 0, 0.4, 1, Kind.BLACK)]


class Broken(Exception):
    pass


@pytest.fixture
def photo() -> Photo:
    build_toy_city()
    return storing.store(ReportFactory(), clean_photo(upload(picture(size=(640, 480)))))


def files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def row(photo: Photo) -> dict[str, object]:
    return Photo.objects.filter(pk=photo.pk).values().get()


def colours(field) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A pixel on the left (red in the original) and one on the right (blue)."""
    with field.open("rb") as file:
        shown = Image.open(io.BytesIO(file.read())).convert("RGB")
    return shown.getpixel((shown.width // 10, shown.height // 2)), shown.getpixel(
        (shown.width * 9 // 10, shown.height // 2)
    )


def is_black(colour: tuple[int, ...]) -> bool:
    return max(colour) < 12


def test_a_masked_photo_shows_the_mask_in_both_sizes_and_keeps_the_original(photo):
    masked = storing.mask(photo.pk, LEFT)
    for shown in (masked.image, masked.thumbnail):
        left, right = colours(shown)
        assert is_black(left)
        assert right[2] > 200
    assert masked.original_image.name == photo.image.name
    assert masked.original_thumbnail.name == photo.thumbnail.name
    assert colours(masked.original_image)[0][0] > 200
    assert masked.masks == [{"x": 0, "y": 0, "width": 0.4, "height": 1, "kind": "black"}]
    assert len(files()) == 4


def test_each_change_gives_the_photo_another_address(photo):
    addresses = [photo.uid, storing.mask(photo.pk, LEFT).uid, storing.mask(photo.pk, RIGHT).uid]
    addresses.append(storing.unmask(photo.pk).uid)
    assert len(set(addresses)) == 4


def test_new_masks_are_drawn_on_the_original_and_replace_the_old_ones(photo):
    first = storing.mask(photo.pk, LEFT)
    second = storing.mask(photo.pk, RIGHT)
    left, right = colours(second.image)
    assert left[0] > 200
    assert is_black(right)
    assert files() == {
        second.image.name,
        second.thumbnail.name,
        photo.image.name,
        photo.thumbnail.name,
    }
    assert first.image.name not in files()


def test_unmasking_shows_the_original_again_and_leaves_nothing_behind(photo):
    storing.mask(photo.pk, LEFT)
    back = storing.unmask(photo.pk)
    assert (back.image.name, back.thumbnail.name) == (photo.image.name, photo.thumbnail.name)
    assert (back.is_masked, back.masks, bool(back.original_thumbnail)) == (False, [], False)
    assert colours(back.image)[0][0] > 200
    assert files() == {photo.image.name, photo.thumbnail.name}


def test_unmasking_what_is_not_masked_changes_nothing(photo):
    before = row(photo)
    storing.unmask(photo.pk)
    assert row(photo) == before


def test_a_forgotten_original_is_gone_and_what_is_shown_stays(photo):
    masked = storing.mask(photo.pk, LEFT)
    kept = storing.forget_original(photo.pk)
    assert files() == {masked.image.name, masked.thumbnail.name}
    assert (kept.uid, kept.image.name, kept.is_masked, kept.masks) == (masked.uid, masked.image.name, False, [])
    assert row(storing.unmask(photo.pk)) == row(kept)


def test_the_original_of_an_unmasked_photo_is_the_photo_and_stays(photo):
    before = row(photo)
    storing.forget_original(photo.pk)
    assert row(photo) == before
    assert files() == {photo.image.name, photo.thumbnail.name}


def test_a_removed_photo_leaves_no_file(photo):
    storing.mask(photo.pk, LEFT)
    storing.remove(photo.pk)
    assert not files()
    assert not Photo.objects.exists()


def test_a_picture_that_demo_reports_share_outlives_one_of_them(photo, monkeypatch):
    monkeypatch.setattr(canvas, "SIZE", (128, 96))  # drawing in full takes two seconds
    monkeypatch.setattr(pictures, "THUMBNAIL", (64, 48))
    album = pictures.Album.stored()
    drawn = album.after("pothole")
    demo = Photo.objects.create(
        report=photo.report, image=drawn.image, thumbnail=drawn.thumbnail, width=drawn.width, height=drawn.height
    )
    storing.mask(demo.pk, LEFT)
    storing.forget_original(demo.pk)
    storing.remove(demo.pk)
    assert {drawn.image, drawn.thumbnail, photo.image.name} <= files()
    assert not [name for name in files() if "masked" in name]


def store(photo: Photo) -> None:
    storing.store(photo.report, clean_photo(upload(picture())))


@storing.all_or_nothing()
def then_fail(change: Callable[[Photo], object], photo: Photo) -> None:
    change(photo)
    raise Broken


CHANGES: dict[str, Callable[[Photo], object]] = {
    "storing": store,
    "masking": lambda photo: storing.mask(photo.pk, LEFT),
    "masking again": lambda photo: storing.mask(photo.pk, RIGHT),
    "unmasking": lambda photo: storing.unmask(photo.pk),
    "forgetting the original": lambda photo: storing.forget_original(photo.pk),
    "removing": lambda photo: storing.remove(photo.pk),
}


@pytest.mark.parametrize("change", CHANGES)
def test_when_what_belongs_to_it_fails_later_no_file_is_left_over_and_none_is_lost(photo, change):
    if change not in {"storing", "masking"}:
        storing.mask(photo.pk, LEFT)
    before, on_disk = row(photo), files()
    with pytest.raises(Broken):
        then_fail(CHANGES[change], photo)
    assert row(photo) == before
    assert files() == on_disk
    assert Photo.objects.count() == 1


def test_when_a_part_fails_and_the_rest_goes_on_only_the_part_is_taken_back(photo):
    with storing.all_or_nothing():
        store(photo)
        with pytest.raises(Broken):
            then_fail(store, photo)
    assert Photo.objects.count() == 2
    assert len(files()) == 4


def test_when_the_second_file_cannot_be_written_the_first_is_taken_back(photo, monkeypatch):
    before, on_disk = row(photo), files()
    write = storing._write

    def full_disk(field, name, content):
        if name == "masked-thumbnail.jpg":
            raise OSError("no space left on device")
        write(field, name, content)

    monkeypatch.setattr(storing, "_write", full_disk)
    with pytest.raises(OSError, match="no space"):
        storing.mask(photo.pk, LEFT)
    assert row(photo) == before
    assert files() == on_disk


def test_a_lost_file_is_told_and_nothing_is_changed(photo):
    Path(photo.image.path).unlink()
    before = row(photo)
    with pytest.raises(FileNotFoundError):
        storing.mask(photo.pk, LEFT)
    assert row(photo) == before


def test_an_old_file_that_cannot_be_deleted_does_not_undo_what_succeeded(photo, monkeypatch, caplog):
    old = storing.mask(photo.pk, LEFT)

    def refuse(storage, name):
        raise PermissionError(name)

    monkeypatch.setattr(FileSystemStorage, "delete", refuse)
    storing.mask(photo.pk, RIGHT)
    assert is_black(colours(Photo.objects.get(pk=photo.pk).image)[1])
    assert old.image.name in caplog.text


def test_a_report_that_cannot_be_written_leaves_no_photo_behind(photo, monkeypatch):
    on_disk = files()

    def broken(report, clean):
        store(photo)
        raise Broken

    monkeypatch.setattr(intake, "store", broken)
    message = intake.Submission(
        uuid.uuid4(),
        Category.objects.get(pk="garbage"),
        "Sampah menumpuk di tikungan",
        point=centre_of("99.01.1001"),
        photos=[upload(picture())],
    )
    with pytest.raises(Broken):
        intake.submit(message)
    assert files() == on_disk
    assert Report.objects.count() == 1


def test_files_of_a_plain_transaction_that_commits_stay(photo):
    with transaction.atomic():
        masked = storing.mask(photo.pk, LEFT)
    assert {masked.image.name, photo.image.name} <= files()
