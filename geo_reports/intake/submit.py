"""The one door through which a report comes in, whatever the channel.

Validates, cleans the photos, places, routes and writes in one transaction. Retry-safe: the same
submission id gives the same report again.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports import routing, transitions
from geo_reports.codes import new_code
from geo_reports.intake.texts import seen_length, tidy, tidy_line
from geo_reports.models import Category, City, Kelurahan, Report
from geo_reports.photos.cleaning import MAX_PHOTOS, BadPhoto, CleanPhoto, clean_photo, photo_place
from geo_reports.photos.storing import all_or_nothing, store

MIN_TEXT, MAX_TEXT = 10, 4000
Visibility = Report.Visibility
CODE_TRIES = 5


@dataclass(frozen=True)
class Submission:
    """What a channel has understood of a message. `point` is EPSG:4326; accuracy in metres.

    Anonymous: the name is hidden from the public and from the SKPD. Confidential: the public does not
    learn of the report at all. Each may be wished without the other.
    """

    submission_id: uuid.UUID
    category: Category
    text: str
    point: Point | None = None
    accuracy_m: float | None = None
    kelurahan_code: str = ""
    address: str = ""
    place_answer: str = ""
    reporter_name: str = ""
    reporter_contact: str = ""
    is_anonymous: bool = True
    wants_confidential: bool = False
    photos: Sequence[UploadedFile[bytes]] = ()
    channel: Report.Channel = Report.Channel.WEB
    at: datetime | None = None


class Refused(Exception):
    """The report cannot be taken as it is. `errors` maps a field to a sentence for people."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def submit(submission: Submission) -> Report:
    """Take in a report and return it; a repeated submission returns the first report unchanged.

    Raises Refused with every reason at once; nothing is written then.
    """
    known = arrived(submission)
    if known:
        return known
    errors = text_errors(submission)
    photos = cleaned(submission, errors)
    placement = placed(submission, errors)
    if errors:
        raise Refused(errors)
    for _attempt in range(CODE_TRIES):
        try:
            return _write(submission, placement, photos)
        except IntegrityError:
            # Either the same message arrived twice at once, or the random code is taken.
            known = arrived(submission)
            if known:
                return known
    raise RuntimeError("no free report code found")


def arrived(submission: Submission) -> Report | None:
    """The report that this very message became when it came before, or None.

    Raises Refused when the submission id was used for another text or category: that is another
    message, and must not vanish behind the first.
    """
    known = Report.objects.filter(submission_id=submission.submission_id).first()
    if known and not _is_same(known, submission):
        raise Refused(
            {
                "": _(
                    "Laporan dengan isian sebelumnya sudah kami terima dengan nomor %(code)s. "
                    "Bila ini laporan lain, kirim sekali lagi."
                )
                % {"code": known.code}
            }
        )
    return known


def _is_same(known: Report, submission: Submission) -> bool:
    """Whether this is what the report said when it came; of one that its reporter has changed nobody knows."""
    text = known.original_text or known.text
    is_text = known.amended_at is not None or text == tidy(submission.text)
    return is_text and known.category_id == submission.category.pk


def problems(submission: Submission) -> dict[str, str]:
    """What `submit` would refuse it for, apart from the category; writes nothing.

    For a channel that has errors of its own to tell and wants to tell all at once.
    """
    errors = text_errors(submission)
    cleaned(submission, errors)
    placed(submission, errors)
    return errors


def text_errors(submission: Submission) -> dict[str, str]:
    """What is wrong with the text, by field."""
    text = tidy(submission.text)
    if seen_length(text) < MIN_TEXT:
        return {"uraian": _("Ceritakan masalahnya sedikit lebih lengkap (paling sedikit 10 huruf).")}
    if len(text) > MAX_TEXT:
        return {"uraian": _("Uraian terlalu panjang: %(length)d huruf, paling banyak 4.000.") % {"length": len(text)}}
    return {}


def cleaned(submission: Submission, errors: dict[str, str], *, room: int = MAX_PHOTOS) -> list[CleanPhoto]:
    """The photos re-encoded; what is wrong with them goes to `errors`. `room` is how many may come."""
    if len(submission.photos) > room:
        errors["foto"] = _("Paling banyak %(max)d foto.") % {"max": MAX_PHOTOS}
        return []
    try:
        return [clean_photo(upload) for upload in submission.photos]
    except BadPhoto as error:
        errors["foto"] = str(error)
        return []


def placed(submission: Submission, errors: dict[str, str]) -> routing.Placement:
    """The pin wins, then the photo's own position, then the kelurahan that was named.

    What is wrong with the place goes to `errors`.
    """
    point = submission.point
    if point is None and not submission.kelurahan_code and "foto" not in errors:
        found = next(filter(None, map(photo_place, submission.photos)), None)
        point = Point(found.lon, found.lat, srid=4326) if found else None
    if point is not None:
        placement = routing.place(point)
        if placement.outcome is routing.Outcome.OUTSIDE:
            errors["lokasi"] = outside_sentence(placement)
        return placement
    if not submission.kelurahan_code:
        errors["lokasi"] = _("Tunjukkan lokasinya di peta, atau pilih kelurahan.")
        return routing.UNKNOWN_PLACE
    try:
        return routing.place_in(submission.kelurahan_code)
    except Kelurahan.DoesNotExist:
        errors["lokasi"] = _("Kelurahan itu tidak dikenal. Pilih dari daftar.")
        return routing.UNKNOWN_PLACE


def outside_sentence(placement: routing.Placement) -> str:
    """What people read when their point is not in the city."""
    city = City.objects.first()
    name = city.name if city else _("kota ini")
    if placement.neighbour:
        return _(
            "Titik ini berada di %(neighbour)s, di luar wilayah %(city)s. Laporkan kepada pemerintah setempat,"
            " atau geser pin ke tempat kejadian di dalam kota."
        ) % {"neighbour": placement.neighbour, "city": name}
    return _("Titik ini berada di luar wilayah %(city)s. Geser pin ke tempat kejadian di dalam kota.") % {"city": name}


@all_or_nothing()
def _write(submission: Submission, placement: routing.Placement, photos: list[CleanPhoto]) -> Report:
    at = submission.at or timezone.now()
    city = City.objects.get()
    name = tidy_line(submission.reporter_name)
    report = Report(
        code=new_code(city.report_prefix),
        submission_id=submission.submission_id,
        channel=submission.channel,
        category=submission.category,
        text=tidy(submission.text),
        address=tidy_line(submission.address),
        reporter_name=name,
        reporter_contact=tidy_line(submission.reporter_contact),
        is_anonymous=submission.is_anonymous or not name,
        wants_confidential=submission.wants_confidential,
        visibility=Visibility.CONFIDENTIAL if submission.wants_confidential else Visibility.PENDING,
        accuracy_m=submission.accuracy_m,
        place_answer=submission.place_answer,
        submitted_at=at,
    )
    routing.locate(report, placement)
    report.save()
    routing.assign(report, routing.decide_for(report, placement, timezone.localdate(at)), at=at)
    transitions.open_history(report, at=at)
    for photo in photos:
        store(report, photo)
    return report
