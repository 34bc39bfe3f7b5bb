"""What tests of the citizens' pages share: a report with words worth hiding, a photo, a page."""

from django.core.files.base import ContentFile

from geo_reports.models import Photo, Report
from tests.factories import ReportFactory
from tests.pictures import picture

SECRET_WORDS = "Pak Joko tetangga saya"


def make(**changes) -> Report:
    return ReportFactory(text=SECRET_WORDS, address="Gang Mawar 7", **changes)


def add_photo(report: Report, **changes) -> Photo:
    photo = Photo(report=report, width=64, height=48, **changes)
    photo.image.save("image.jpg", ContentFile(picture()), save=False)
    photo.thumbnail.save("thumbnail.jpg", ContentFile(picture(size=(32, 24))), save=False)
    photo.save()
    return photo


def page(client, report: Report, **query) -> tuple[int, str]:
    response = client.get(report.get_absolute_url(), query)
    return response.status_code, response.content.decode()
