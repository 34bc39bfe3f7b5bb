"""From reports of the database to a work order: what a field crew may and must know, and no more."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.contrib.gis.db.models.functions import Transform
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo_reports.models import City, Photo, Report, ReportQuerySet, ResponseTarget
from geo_reports.work_orders.ground import ground_of
from geo_reports.work_orders.order import Order, Stop
from geo_reports.work_orders.placing import window_around
from geo_reports.work_orders.way import in_order_of_the_way
from geo_reports.workflow import Status

MOST_STOPS: Final = 100
PHOTOS_PER_STOP: Final = 2
AGENCIES_NAMED: Final = 3


class NoOrder(ValueError):
    """There is nothing that could be printed; `str()` is a sentence for people."""


class UnknownReports(NoOrder):
    """Some of the codes are no reports of this reader; `str()` names them."""


def gather(codes: Sequence[str], reports: ReportQuerySet, *, by: str, now: datetime) -> Order:
    """The order for the reports with these codes out of `reports`, those that the reader may work on.

    Four queries, whatever the number of reports. Raises UnknownReports when a code is not among
    `reports`, NoOrder for none or for more than MOST_STOPS.
    """
    wanted = tuple(dict.fromkeys(codes))
    _check_number(len(wanted))
    city = City.objects.get()
    rows = {
        report.code: report
        for report in reports.filter(code__in=wanted).for_cards().annotate(spot=Transform("point", city.metric_srid))
    }
    missing = [code for code in wanted if code not in rows]
    if missing:
        raise UnknownReports(_missing_sentence(missing))
    found = [rows[code] for code in wanted]
    stops = in_order_of_the_way([_stop(report, timezone.localdate(now)) for report in found])
    spots = [stop.spot for stop in stops if stop.spot]
    return Order(
        agency=_agencies(found),
        printed_at=formats.date_format(timezone.localtime(now), "DATETIME_FORMAT"),
        printed_by=by,
        stops=stops,
        ground=ground_of(window_around(spots), city.metric_srid) if spots else None,
    )


def _check_number(count: int) -> None:
    if not count:
        raise NoOrder(_("Pilih sedikitnya satu laporan untuk dicetak."))
    if count > MOST_STOPS:
        raise NoOrder(
            _(
                "Satu surat tugas memuat paling banyak %(most)d laporan, Anda memilih %(count)d. "
                "Cetak dalam beberapa surat tugas, misalnya satu per kecamatan."
            )
            % {"most": MOST_STOPS, "count": count}
        )


def _missing_sentence(codes: Sequence[str]) -> str:
    return ngettext(
        "Tidak ada yang dicetak: laporan %(codes)s tidak ada atau bukan pekerjaan Anda.",
        "Tidak ada yang dicetak: laporan %(codes)s tidak ada atau bukan pekerjaan Anda.",
        len(codes),
    ) % {"codes": ", ".join(code[:20] for code in codes)}


def _stop(report: Report, today: date) -> Stop:
    spot = report.__dict__["spot"]
    lon, lat = report.point.coords if report.point else (None, None)
    can_read = report.visibility in {Report.Visibility.PUBLISHED, Report.Visibility.CONFIDENTIAL}
    return Stop(
        code=report.code,
        category=report.category.label,
        status=str(Status(report.status).label),
        kelurahan=report.area_label,
        address=report.address,
        text=report.text
        if can_read
        else _("Uraian dan foto tidak dicetak: laporan ini belum diperiksa atau tidak ditayangkan."),
        due=formats.date_format(report.due_on, "DATE_FORMAT") if report.due_on else "",
        due_step=str(ResponseTarget.Step(report.due_step).label) if report.due_step else "",
        is_overdue=report.is_open and report.due_on is not None and report.due_on < today,
        is_confidential=report.visibility == Report.Visibility.CONFIDENTIAL,
        lon=lon,
        lat=lat,
        spot=spot.coords if spot else None,
        photos=_photos(report) if can_read else (),
        qr=f"geo:{lat:.6f},{lon:.6f}?q={lat:.6f},{lon:.6f}({report.code})" if report.point else "",
    )


def _photos(report: Report) -> tuple[str, ...]:
    """Names of small photos, those of the problem only."""
    before = [photo.thumbnail.name or "" for photo in report.photos.all() if photo.kind == Photo.Kind.BEFORE]
    return tuple(before[:PHOTOS_PER_STOP])


def _agencies(reports: Sequence[Report]) -> str:
    """The SKPD in whose hands the reports are, some of them by name."""
    names = sorted({report.agency.short_name for report in reports if report.agency})
    if len(names) > AGENCIES_NAMED:
        rest = len(names) - AGENCIES_NAMED
        return _("%(names)s, dan %(rest)d lainnya") % {"names": ", ".join(names[:AGENCIES_NAMED]), "rest": rest}
    return ", ".join(names) or _("SKPD belum ditentukan")
