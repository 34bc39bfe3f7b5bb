"""What is stored about the reporter of one report, as plain data: for the file that reporters download."""

from typing import Any, Final

from django.contrib.gis.geos import Point
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from geo_reports.models import Appeal, PersonalDataLook, Photo, Report

FORMAT: Final = "data-pelapor/1"


def looks_at(report: Report) -> QuerySet[PersonalDataLook]:
    """Who looked at this reporter's data, oldest first. Show the role only, never the account."""
    return report.looks.order_by("at", "pk")


def appeals_of(report: Report) -> QuerySet[Appeal]:
    """The reporter's objections."""
    return Appeal.objects.filter(decision__report=report)


def own_photos(report: Report) -> QuerySet[Photo]:
    """The reporter's photos, also those that are not shown; not the SKPD's, nor those of others who say "still there".

    What the reporter says opens the report at once; what others say is decided later, by a verifikator.
    """
    by_reporter = Q(kind=Photo.Kind.BEFORE) | Q(reopen_request__decided_at=F("reopen_request__at"))
    # Not `report.photos`: a report that was loaded for a card has only the shown ones there.
    return Photo.objects.filter(by_reporter, report=report)


def as_data(report: Report) -> dict[str, Any]:
    """Everything about the reporter that the database holds; times are ISO 8601, coordinates EPSG:4326."""
    return {
        "format": FORMAT,
        "dibuat": timezone.now().isoformat(),
        "laporan": {
            "kode": report.code,
            "kategori": report.category.name,
            "saluran": report.get_channel_display(),
            "dikirim": report.submitted_at.isoformat(),
            "status": report.get_status_display(),
            "penayangan": report.get_visibility_display(),
        },
        "pelapor": {
            "nama": report.reporter_name,
            "kontak": report.reporter_contact,
            "anonim": report.is_anonymous,
            "rahasia": report.wants_confidential,
        },
        "uraian": {"sekarang": report.text, "asli": report.original_text},
        "tempat": {
            "titik": _lon_lat(report.point),
            "titik_tayang": _lon_lat(report.public_point),
            "ketelitian_m": report.accuracy_m,
            "alamat": report.address,
            "kelurahan": report.kelurahan.label if report.kelurahan else "",
            "jawaban_tempat": report.place_answer,
        },
        "foto": [
            {"berkas": name, "dibuat": photo.created_at.isoformat(), "tampil_untuk_umum": not photo.is_hidden}
            for photo, names in named_photos(report)
            for name, _file in names
        ],
        **_written(report),
        "akses": [
            {"waktu": look.at.isoformat(), "peran": look.get_role_display(), "yang_dilihat": look.get_what_display()}
            for look in looks_at(report)
        ],
        "permintaan": [
            {"waktu": asked.at.isoformat(), "hak": asked.get_what_display()} for asked in report.data_requests.all()
        ],
    }


def named_photos(report: Report) -> list[tuple[Photo, list[tuple[str, Any]]]]:
    """The reporter's photos with the files of each, under names for the download; `asli` is without masks."""
    found = []
    for number, photo in enumerate(own_photos(report), start=1):
        names = [(f"foto/{number}.jpg", photo.image)]
        if photo.is_masked:
            names.append((f"foto/{number}-asli.jpg", photo.original_image))
        found.append((photo, names))
    return found


def _written(report: Report) -> dict[str, Any]:
    """What was written back and forth."""
    return {
        "pertanyaan": [
            {"waktu": each.at.isoformat(), "pertanyaan": each.text, "jawaban": each.answer}
            for each in report.questions.all()
        ],
        "keberatan": [
            {"waktu": each.at.isoformat(), "isi": each.text, "hasil": each.get_outcome_display(), "jawaban": each.note}
            for each in appeals_of(report)
        ],
    }


def _lon_lat(point: Point | None) -> list[float] | None:
    return [point.x, point.y] if point else None
