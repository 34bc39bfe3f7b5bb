"""The words of the monthly report in the language of the reader; its first sentence is made here."""

from datetime import date
from typing import Final

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from analytics.monthly import periods, saying
from analytics.monthly.defining import definitions
from analytics.monthly.naming import charts, measures, phrases, tables
from analytics.monthly.report import MonthlyReport
from analytics.monthly.words import Phrases, Words

MONTH: Final = "F Y"


def month_name(month: date) -> str:
    """The month in full, with its year."""
    return formats.date_format(month, MONTH)


def words_for(report: MonthlyReport) -> Words:
    """Everything that the paper says by itself."""
    made = timezone.localtime(report.made_at)
    is_city = report.subject.is_city
    how, names = phrases(), measures(is_city=is_city)
    return Words(
        language=get_language() or "id",
        month_names=tuple(formats.date_format(date(2000, number, 1), "M") for number in range(1, 13)),
        title=_("Laporan bulanan"),
        month=month_name(report.month.first),
        made=_("Dibuat %(when)s") % {"when": formats.date_format(made, "DATETIME_FORMAT")},
        page=_("hal. %(page)d dari %(pages)d"),
        scope=_scope(report),
        found_at=_("Laporan ini, dengan angka terbaru:"),
        running=_running(report, made.date()),
        headline=f"{_answered(report, how)} {_waiting(report, how)}",
        phrases=how,
        measures=names,
        charts=charts(is_city=is_city),
        tables=tables(),
        definitions_title=_("Bagaimana angka ini dihitung?"),
        definitions=definitions(names, is_city=is_city),
    )


def _scope(report: MonthlyReport) -> str:
    """The filter in words."""
    first = report.month.first
    days = {
        "first": formats.date_format(first, "DATE_FORMAT"),
        "last": formats.date_format(periods.last_day(first), "DATE_FORMAT"),
    }
    if report.subject.is_city:
        return _("Semua laporan publik yang masuk %(first)s sampai %(last)s.") % days
    return _(
        "Laporan publik yang masuk %(first)s sampai %(last)s dan kini ada pada %(agency)s; "
        "waktunya dari semua penugasan instansi ini."
    ) % (days | {"agency": report.subject.short_name})


def _running(report: MonthlyReport, today: date) -> str:
    if today > periods.last_day(report.month.first):
        return ""
    return _("Bulan ini belum berakhir; angkanya masih akan berubah.")


def _answered(report: MonthlyReport, how: Phrases) -> str:
    """How long half of the month's reports waited for an answer, or why that cannot be said."""
    clock, month = report.month.response, month_name(report.month.first)
    told = {"month": month, "n": saying.count(clock.n, how), "events": saying.count(clock.events, how)}
    if not clock.n:
        if report.n:
            return _("Tidak satu pun laporan yang masuk %(month)s sudah diteruskan kepada SKPD.") % told
        return _("Tidak ada laporan yang masuk %(month)s.") % told
    if clock.is_few:
        return (
            ngettext(
                "%(events)s dari %(n)s laporan yang masuk %(month)s mendapat tanggapan: "
                "terlalu sedikit untuk menyebut lamanya.",
                "%(events)s dari %(n)s laporan yang masuk %(month)s mendapat tanggapan: "
                "terlalu sedikit untuk menyebut lamanya.",
                clock.n,
            )
            % told
        )
    if clock.median_days.value is None:
        return _("Belum separuh dari %(n)s laporan yang masuk %(month)s mendapat tanggapan pertama.") % told
    return _("Separuh laporan yang masuk %(month)s ditanggapi dalam %(median)s (%(backing)s).") % (
        told | {"median": saying.median(clock, how), "backing": saying.backing(clock, how)}
    )


def _waiting(report: MonthlyReport, how: Phrases) -> str:
    days = report.long_days
    if not report.long_waiting:
        return _("Tidak ada laporan yang masih menunggu tanggapan lebih dari %(days)s hari.") % {"days": days}
    return ngettext(
        "%(n)s laporan, juga dari bulan lain, masih menunggu tanggapan lebih dari %(days)s hari.",
        "%(n)s laporan, juga dari bulan lain, masih menunggu tanggapan lebih dari %(days)s hari.",
        report.long_waiting,
    ) % {"n": saying.count(report.long_waiting, how), "days": days}
