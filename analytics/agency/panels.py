"""The figures of the page of an SKPD as the page shows them: title, note, alternative text, table, numbers at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics import measures
from analytics.agency import names, tables
from analytics.agency.finding import MONTHS_SHOWN, Findings
from analytics.figures.style import Drawing
from analytics.shown import Shown


@dataclass(frozen=True)
class AtRisk:
    """How many are still followed at the beginning of some days, for each clock by its name."""

    days: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, eq=False)
class Panel(Shown):
    """A figure and perhaps the numbers at risk; `nothing` is said where there is no figure because nothing is there."""

    nothing: str = ""
    risk: AtRisk | None = None


def panels(
    found: Findings, figures: Mapping[str, Drawing], known: tables.Names, addresses: Mapping[str, str]
) -> list[Panel]:
    """In the order of the page; `addresses` are those of the files by the name of their sheet."""
    same = _("Angkanya sama dengan tabel di bawahnya.")

    def panel(name: str, sheet: str, title: str, note: str, **more: Any) -> Panel:
        figure = figures.get(name)
        return Panel(
            name, title, note, f"{title}. {same}", figure, tables.SHEETS[sheet](found, known), addresses[sheet], **more
        )

    curves_title = (
        _("Bagian yang ditanggapi dan diselesaikan")
        if found.asked.is_working
        else _("Bagian yang ditanggapi, diselesaikan, dikonfirmasi")
    )
    curves = _("Pita: selang 95%. Laporan terbuka ikut dihitung sampai hari ini.")
    ends = _(
        "Dialihkan: ke SKPD lain. Ditutup: digabung atau ditarik tanpa penyelesaian. Ditolak: juga bukan kewenangan. "
        "Putih di atas: masih terbuka."
    )
    flow = _("Menurut bulan laporan datang ke SKPD ini dan bulan meninggalkannya.") + _last_months(found)
    ageing = _(
        "Hari kalender sejak diterima SKPD; keadaan saat ini. Tanpa yang dibuka lagi sesudah dinyatakan selesai."
    )
    nobody = _("Tidak ada yang menunggu.")
    return [
        panel(
            "curves",
            "kurva",
            curves_title,
            curves,
            is_wide=True,
            risk=at_risk(found),
        ),
        panel("ends", "akhir", _("Apa yang terjadi dengan laporan"), ends),
        panel("ageing", "umur", _("Umur laporan yang masih di SKPD ini"), ageing, nothing=nobody),
        panel("response", "bulan-tanggapan", _("Tanggapan pertama per bulan"), _by_month(found, "response")),
        panel("completion", "bulan-penyelesaian", _("Penyelesaian per bulan"), _by_month(found, "completion")),
        panel("flow", "arus", _("Masuk, keluar, dan tunggakan"), flow, is_wide=True),
    ]


def at_risk(found: Findings) -> AtRisk:
    """Without those that had the event before."""
    rows = (
        (str(names.SHORT_CLOCKS[name]), tuple(clock.curve.number_at_risk(day * clock.per_day) for day in tables.DAYS))
        for name, clock in found.clocks.items()
    )
    return AtRisk(tables.DAYS, tuple(rows))


def _by_month(found: Findings, clock: str) -> str:
    """What the dots mean, and how many months have none."""
    few = sum(getattr(group, clock).is_few for group in found.months)
    note = _("Median menurut bulan laporan dikirim. Garis: selang 95%; tanpa titik: belum tercapai.") + _last_months(
        found
    )
    if any(getattr(group, clock).is_early for group in found.months):
        note += " " + _("Titik kosong: belum pasti, baru kurang dari sepersepuluhnya diikuti selama itu.")
    if few:
        note += " " + ngettext(
            "%(n)s bulan tidak digambar: kurang dari %(least)s peristiwa.",
            "%(n)s bulan tidak digambar: kurang dari %(least)s peristiwa.",
            few,
        ) % {"n": few, "least": measures.MIN_EVENTS}
    return note


def _last_months(found: Findings) -> str:
    if len(found.flow) <= MONTHS_SHOWN:
        return ""
    return " " + _("%(n)s bulan terakhir.") % {"n": MONTHS_SHOWN}
