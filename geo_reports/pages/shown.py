"""One report as a certain reader may see it: the public, or the reporter who holds its secret."""

import uuid
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.http import Http404, HttpRequest

from geo_reports.models import Assignment, Photo, Report


@dataclass(frozen=True)
class Shown:
    """Only what this reader may see; `secret` is empty for everybody but the reporter."""

    report: Report
    text: str
    address: str
    name: str
    point: Point | None
    photos: tuple[Photo, ...]
    spell: Assignment | None
    secret: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the reader has proved to be the reporter."""
        return bool(self.secret)

    @property
    def has_words(self) -> bool:
        """Whether this reader may read text, notes and answers."""
        return self.is_own or self.report.is_published

    @property
    def is_blurred(self) -> bool:
        """Whether the public sees the kelurahan instead of the point."""
        return self.report.category.is_sensitive

    @property
    def has_place(self) -> bool:
        """Whether a map would show anything."""
        return self.point is not None or self.report.kelurahan_id is not None

    @property
    def more_photos(self) -> list[Photo]:
        """What the strip below the large photo, or below the pair, shows."""
        return [*self.before[1:], *self.after[1:], *self.again]

    @property
    def before(self) -> list[Photo]:
        """Photos of the problem."""
        return [photo for photo in self.photos if photo.kind == Photo.Kind.BEFORE]

    @property
    def again(self) -> list[Photo]:
        """Photos that show the problem after the repair, once checked."""
        return [photo for photo in self.photos if photo.kind == Photo.Kind.STILL]

    @property
    def after(self) -> list[Photo]:
        """Photos of the repair."""
        return [photo for photo in self.photos if photo.kind == Photo.Kind.AFTER]


def secret_of(request: HttpRequest) -> uuid.UUID | None:
    """The reporter's secret in the address (`kunci`), if it is one at all."""
    try:
        return uuid.UUID(request.GET.get("kunci", ""))
    except ValueError:
        return None


def own_report(request: HttpRequest, code: str) -> Report:
    """The report of whoever holds its secret. Raises Http404 for everybody else."""
    secret = secret_of(request)
    own = Report.objects.for_cards().filter(code=code.replace("\0", ""), secret=secret).first() if secret else None
    if own is None:
        raise Http404
    return own


def own_address(report: Report) -> str:
    """The address of the report with its secret: for nobody but its reporter."""
    return f"{report.get_absolute_url()}?kunci={report.secret}"


def shown(code: str, secret: uuid.UUID | None) -> Shown | None:
    """The report `code` for a reader with or without its secret; None when there is nothing to see."""
    if secret:
        own = Report.objects.for_cards().filter(code=code, secret=secret).first()
        if own:
            return _own(own)
    report = Report.objects.public().for_cards().filter(code=code).first()
    return _public(report) if report else None


def _own(report: Report) -> Shown:
    name = "" if report.is_anonymous else report.reporter_name
    photos = tuple(report.photos.all())
    return Shown(report, report.text, report.address, name, report.point, photos, _spell(report), str(report.secret))


def _public(report: Report) -> Shown:
    row = report.__dict__  # the columns that `public()` adds
    photos = tuple(report.photos.all()) if report.is_published else ()
    words = (row["public_text"], row["public_address"], row["public_name"])
    return Shown(report, *words, report.public_point, photos, _spell(report))


def _spell(report: Report) -> Assignment | None:
    """The current spell of responsibility."""
    return report.assignments.select_related("agency").filter(ended_at=None).first()
