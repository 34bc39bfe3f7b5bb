"""The way of a report through the city: verified, answered, settled; and what comes, leaves and stays."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics import ages, measures
from analytics.addresses import with_filter
from analytics.clocks import COMPLETION, RESPONSE, VERIFICATION
from analytics.figures.curves import curves as drawn_curves
from analytics.figures.flow import flow as drawn_flow
from analytics.figures.style import DASHES, STAGES, VOLUME, Style
from analytics.measures import NOTHING, Clock
from analytics.numerals import said
from analytics.sheets import Column, Sheet
from analytics.shown import Shown
from geo_reports.filters import ReportFilters

CLOCKS: Final = (VERIFICATION, RESPONSE, COMPLETION)
CURVE_DAYS: Final = 60
WITHIN_DAYS: Final = (3, 14, 60)
MONTHS_SHOWN: Final = 24
STYLES: Final = {name: Style(colour, dash) for name, colour, dash in zip(CLOCKS, STAGES, DASHES, strict=False)}


def names() -> dict[str, str]:
    """What the clocks are called."""
    return {VERIFICATION: _("Verifikasi"), RESPONSE: _("Tanggapan pertama"), COMPLETION: _("Penyelesaian")}


def clocks(counts: pd.DataFrame) -> dict[str, Clock]:
    """The clocks that exist, in order, from `queries.clock_counts` with a key of None."""
    found = measures.measured(counts)
    return {name: found[name, None] for name in CLOCKS if found.get((name, None), NOTHING).n}


def sheet(found: Mapping[str, Clock]) -> Sheet:
    """A row for each clock."""
    columns = (
        Column("tahap", _("Tahap")),
        Column("median_hari", _("Median (hari)"), "days", has_interval=True),
        Column("p90_hari", _("90% dalam (hari)"), "days", has_interval=True),
        *(
            Column(f"dalam_{days}_hari", _("Dalam %(days)s hari") % {"days": days}, "share", has_interval=True)
            for days in WITHIN_DAYS
        ),
        Column("diikuti", _("Diikuti"), "count"),
        Column("berjalan", _("Masih berjalan"), "count"),
    )
    rows = [
        (
            names()[name],
            clock.median_days,
            clock.quantile_days(0.9),
            *(clock.share_within(days) for days in WITHIN_DAYS),
            clock.n,
            clock.waiting,
        )
        for name, clock in found.items()
    ]
    return Sheet("tahap", columns, rows)


def curves(found: Mapping[str, Clock], filters: ReportFilters) -> Shown | None:
    """The share that has come through each stage by day; None where nothing has enough events."""
    shown = {name: clock for name, clock in found.items() if not clock.is_few}
    if not shown:
        return None
    labels = {VERIFICATION: _("Diverifikasi"), RESPONSE: _("Ditanggapi"), COMPLETION: _("Diselesaikan")}
    points = [
        measures.curve_points(clock, CURVE_DAYS).assign(slug=name, label=labels[name]) for name, clock in shown.items()
    ]
    hover = "%{fullData.name}: " + _("%{y:.0%} dalam %{x:.1f} hari") + "<extra></extra>"
    return Shown(
        "stages",
        _("Dari masuk sampai selesai"),
        _("Verifikasi dihitung sejak laporan masuk; tanggapan dan penyelesaian sejak diteruskan. Pita: selang 95%."),
        _("Grafik bagian laporan yang sudah diverifikasi, ditanggapi, dan diselesaikan menurut hari."),
        drawn_curves(pd.concat(points), STYLES, _("Hari"), _("Bagian laporan"), hover),
        curve_sheet(found),
        with_filter("analytics:overview_csv", filters, "kurva-tahap"),
        is_wide=True,
    )


def curve_sheet(found: Mapping[str, Clock]) -> Sheet:
    """The curves at some days, a column for each stage."""
    columns = [Column("hari", _("Hari"), "count")]
    columns += [Column(name, names()[name], "share", has_interval=True) for name in found]
    rows = [(day, *(clock.share_within(day) for clock in found.values())) for day in measures.TOLD_DAYS]
    return Sheet("kurva-tahap", tuple(columns), rows)


def ages_figure(waiting: pd.DataFrame, n_open: int, filters: ReportFilters) -> Shown | None:
    """What waits to be settled, by how long it has; None if nothing does. `n_open`: all open ones."""
    figure = ages.drawn(waiting, VOLUME)
    if figure is None:
        return None
    note = _("Hari kalender sejak diteruskan kepada SKPD; keadaan saat ini.")
    others = n_open - int(waiting["n"].sum())
    if others > 0 and not filters.skpd:
        note += " " + ngettext(
            "%(n)s laporan terbuka lain tidak termasuk: belum diteruskan, atau dibuka lagi sesudah dinyatakan selesai.",
            "%(n)s laporan terbuka lain tidak termasuk: belum diteruskan, atau dibuka lagi sesudah dinyatakan selesai.",
            others,
        ) % {"n": said(others)}
    return Shown(
        "ages",
        _("Umur laporan yang belum selesai"),
        note,
        _("Grafik laporan yang belum selesai menurut lamanya menunggu; angkanya sama dengan tabel di bawahnya."),
        figure,
        ages.sheet(waiting),
        with_filter("analytics:overview_csv", filters, "umur"),
    )


def flow_figure(flow: pd.DataFrame, filters: ReportFilters) -> Shown | None:
    """What came, left and stayed, month by month; None where nothing came yet."""
    if flow.empty:
        return None
    recent = flow.tail(MONTHS_SHOWN)
    frame = recent.assign(month=[date_format(first, "M Y") for first in recent["month"]])
    note = _("Per bulan; bulan terakhir belum penuh.")
    if filters.dari or filters.sampai:
        note += " " + _("Hanya laporan yang dipilih: yang dikirim di luar tanggal itu tidak ada di sini.")
    words = (_("Laporan masuk"), _("Laporan ditutup"), _("Tunggakan di akhir bulan"))
    return Shown(
        "flow",
        _("Masuk, ditutup, dan tunggakan"),
        note,
        _("Grafik laporan yang masuk dan ditutup tiap bulan, dan yang masih terbuka di akhir bulan."),
        drawn_flow(frame, VOLUME, words, _("laporan")),
        flow_sheet(flow),
        with_filter("analytics:overview_csv", filters, "arus"),
        is_wide=True,
    )


def flow_sheet(flow: pd.DataFrame) -> Sheet:
    """All months, the last first."""
    columns = (
        Column("bulan", _("Bulan"), "month"),
        Column("masuk", _("Laporan masuk"), "count"),
        Column("ditutup", _("Laporan ditutup"), "count"),
        Column("tunggakan", _("Tunggakan di akhir bulan"), "count"),
    )
    rows = zip(*(flow[name].tolist() for name in ("month", "came", "left", "backlog")), strict=True)
    return Sheet("arus", columns, list(rows)[::-1])
