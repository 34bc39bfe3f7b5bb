"""Photo files and their rows: the only writer of both, so that they change together or not at all."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile

from geo_reports.models import Photo, Report
from geo_reports.photos.cleaning import CleanPhoto
from geo_reports.photos.masking import Mask, masked, written

SHARED = "photos/demo/"  # pictures of many demo reports: taken away by `demo.removal`, together
log = logging.getLogger(__name__)
File = tuple[Storage, str]
_new_files: ContextVar[list[File]] = ContextVar("new photo files of the block")


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction whose failure also takes back the photo files that were written in it.

    To be used (as a block or a decorator) instead of `transaction.atomic` around everything that
    stores, masks or unmasks: a plain transaction outside of it would leave files behind when it fails.
    """
    outer, mine = _new_files.get(None), list[File]()
    token = _new_files.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        _delete(mine)
        raise
    finally:
        _new_files.reset(token)
    if outer is not None:
        outer.extend(mine)


@all_or_nothing()
def store(report: Report, clean: CleanPhoto, *, kind: Photo.Kind = Photo.Kind.BEFORE, is_hidden: bool = False) -> Photo:
    """Keep a cleaned photo as one of the report's; a hidden one is not for the public."""
    photo = Photo(report=report, kind=kind, is_hidden=is_hidden, width=clean.width, height=clean.height)
    _write(photo.image, "image.jpg", clean.image)
    _write(photo.thumbnail, "thumbnail.jpg", clean.thumbnail)
    photo.save()
    return photo


@all_or_nothing()
def copy(photo: Photo, report: Report) -> Photo:
    """Keep what is shown of a photo as a photo of another report too, with files of its own; no original.

    Raises FileNotFoundError when the picture is lost.
    """
    twin = Photo(report=report, kind=photo.kind, is_hidden=photo.is_hidden, width=photo.width, height=photo.height)
    twin.copy_of = photo.copy_of or photo
    _write(twin.image, "image.jpg", _content(photo.image))
    _write(twin.thumbnail, "thumbnail.jpg", _content(photo.thumbnail))
    twin.save()
    return twin


def twins(photo: Photo) -> list[Photo]:
    """The others that show the same picture: the photo that this is a copy of, and all copies of that."""
    first = photo.copy_of_id or photo.pk
    return list(Photo.objects.filter(Q(pk=first) | Q(copy_of=first)).exclude(pk=photo.pk).order_by("pk"))


def show(photo_id: int) -> None:
    """A hidden photo becomes one for everybody who may see the report."""
    Photo.objects.filter(pk=photo_id).update(is_hidden=False)


def hide_repair(report: Report, since: datetime) -> None:
    """Photos of a repair from `since` on are no longer shown: its claim was taken back."""
    Photo.objects.filter(report=report, kind=Photo.Kind.AFTER, created_at__gte=since).update(is_hidden=True)


@all_or_nothing()
def mask(photo_id: int, masks: Sequence[Mask]) -> Photo:
    """Show the photo with these regions covered, in place of any covered before; the fresh row.

    Computed from the original, which is kept. The new uid gives it a new address, so that no cache
    shows the old picture under the one that is linked now. Raises ValueError with a sentence for
    people like `masking.masked`, Photo.DoesNotExist, and FileNotFoundError when the file is lost.
    """
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    clean = masked(_content(photo.unmasked_image), masks)
    if photo.is_masked:
        _delete_once_committed(photo.image, photo.thumbnail)
    else:
        photo.original_image, photo.original_thumbnail = photo.image.name, photo.thumbnail.name
    photo.uid, photo.masks = uuid.uuid4(), written(masks)
    photo.width, photo.height = clean.width, clean.height
    _write(photo.image, "masked.jpg", clean.image)
    _write(photo.thumbnail, "masked-thumbnail.jpg", clean.thumbnail)
    photo.save()
    return photo


@all_or_nothing()
def unmask(photo_id: int) -> Photo:
    """Show the original again, under a new address too; the fresh row. An unmasked photo stays as it is.

    Raises Photo.DoesNotExist.
    """
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    if not photo.is_masked:
        return photo
    _delete_once_committed(photo.image, photo.thumbnail)
    photo.image, photo.thumbnail = photo.original_image.name, photo.original_thumbnail.name
    photo.original_image = photo.original_thumbnail = ""
    photo.uid, photo.masks = uuid.uuid4(), []
    photo.save()
    return photo


@all_or_nothing()
def forget_original(photo_id: int) -> Photo:
    """Delete what is under the masks for good; the masked photo stays as it is shown. The fresh row.

    An unmasked photo stays as it is. Raises Photo.DoesNotExist.
    """
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    _delete_once_committed(photo.original_image, photo.original_thumbnail)
    photo.original_image = photo.original_thumbnail = ""
    photo.masks = []
    photo.save()
    return photo


@all_or_nothing()
def remove(photo_id: int) -> None:
    """Delete a photo with all its files. Raises Photo.DoesNotExist."""
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    files = (photo.image, photo.thumbnail, photo.original_image, photo.original_thumbnail)
    _delete_once_committed(*files)
    photo.delete()


def _write(field: FieldFile, name: str, content: bytes) -> None:
    field.save(name, ContentFile(content), save=False)
    _new_files.get().append((field.storage, str(field.name)))


def _content(field: FieldFile) -> bytes:
    with field.open("rb") as file:
        return bytes(file.read())


def _delete_once_committed(*fields: FieldFile) -> None:
    own = [(field.storage, str(field.name)) for field in fields if field and not str(field.name).startswith(SHARED)]
    transaction.on_commit(partial(_delete, own))


def _delete(files: Iterable[File]) -> None:
    """Delete what can be deleted: a file too many is no reason to fail what has succeeded, or to hide what failed."""
    for storage, name in files:
        try:
            storage.delete(name)
        except Exception:
            log.exception("photo file not deleted: %s", name)
