"""Photo files, handed out only to those who may see the report; originals of masked ones to fewer."""

from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from geo_reports import privacy
from geo_reports.models import PersonalDataLook, Photo
from geo_reports.pages.shown import secret_of
from geo_reports.privacy.own_data import own_photos
from geo_reports.workers import worker_of

SIZES = ("image", "thumbnail")
# A photo's bytes never change under one address, but it may be taken down: a day is the longest it may linger.
PUBLIC_CACHE = "public, max-age=86400, immutable"
PRIVATE_CACHE = "private, no-store"


@require_safe
def photo(request: HttpRequest, uid: UUID, size: str) -> FileResponse:
    """The JPEG of a published report; of any report for its reporter and for the desk."""
    if size not in SIZES:
        raise Http404
    found = _found(uid)
    is_public = found.report.is_published and not found.is_hidden
    if not is_public and not _is_insider(request, found):
        raise Http404
    return _jpeg(getattr(found, size), PUBLIC_CACHE if is_public else PRIVATE_CACHE)


@require_safe
def original(request: HttpRequest, uid: UUID) -> FileResponse:
    """The large JPEG without masks: for verifikator, who are written down, and for the reporter who took it.

    A verifikator never gets it of a report about the own SKPD.
    """
    found = _found(uid)
    worker = worker_of(request.user)
    if worker and privacy.may_look(worker, found.report):
        if found.is_masked:
            privacy.look(worker, found.report, PersonalDataLook.What.ORIGINAL_PHOTO)
    elif not (_is_reporter(request, found) and _is_of_reporter(found)):
        raise Http404
    return _jpeg(found.unmasked_image, PRIVATE_CACHE)


def _found(uid: UUID) -> Photo:
    found = Photo.objects.select_related("report").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _jpeg(file: FieldFile, cache: str) -> FileResponse:
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/jpeg")
    response.headers["Cache-Control"] = cache
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _is_insider(request: HttpRequest, photo: Photo) -> bool:
    """The reporter with the secret, or somebody at the desk who works on the report.

    A hidden photo is for those who check photos, and for whoever took it.
    """
    if _is_reporter(request, photo):
        return not photo.is_hidden or _is_of_reporter(photo)
    worker = worker_of(request.user)
    if worker is None or (photo.is_hidden and not worker.is_verifier):
        return False
    return worker.reports().filter(pk=photo.report_id).exists()


def _is_reporter(request: HttpRequest, photo: Photo) -> bool:
    return secret_of(request) == photo.report.secret


def _is_of_reporter(photo: Photo) -> bool:
    return own_photos(photo.report).filter(pk=photo.pk).exists()
