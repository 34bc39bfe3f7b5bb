"""Photo files and their rows: the only writer of both."""

from django.core.files.base import ContentFile

from geo_reports.models import Photo, Report
from geo_reports.photos.cleaning import CleanPhoto


def store(report: Report, clean: CleanPhoto, *, kind: Photo.Kind = Photo.Kind.BEFORE) -> Photo:
    """Keep a cleaned photo as one of the report's. Call it in the transaction that writes the report."""
    photo = Photo(report=report, kind=kind, width=clean.width, height=clean.height)
    photo.image.save("image.jpg", ContentFile(clean.image), save=False)
    photo.thumbnail.save("thumbnail.jpg", ContentFile(clean.thumbnail), save=False)
    photo.save()
    return photo
