"""Which figures the overview shows, with words in the reader's language: rows in, figures and their tables out."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _

from analytics import measures
from analytics.addresses import with_filter
from analytics.clocks import COMPLETION, RESPONSE
from analytics.figures.curves import curves
from analytics.figures.medians import Look, medians
from analytics.figures.style import styles
from analytics.measures import Clock
from analytics.numerals import said, said_days
from analytics.sheets import Column, Sheet
from analytics.shown import Shown
from analytics.table import Row
from geo_reports.filters import ReportFilters
from geo_reports.models import Agency

CURVE_DAYS: Final = 60
CURVES: Final = 5


def drawn(rows: Sequence[Row], agencies: Sequence[Agency], filters: ReportFilters) -> dict[str, Shown]:
    """The figures "response", "completion" and "curves"; a figure without enough events is absent.

    `rows` come with most reports first; `agencies` in the lasting order that gives the colours.
    """
    colours = styles([agency.slug for agency in agencies])
    look = Look(_("Median dalam hari"), _("Median dalam hari, skala logaritmik"))
    note = _("Titik: median. Garis: selang 95%; panah: belum ada batas atasnya.")
    words = {
        RESPONSE: (
            _("Tanggapan pertama per SKPD"),
            _("Grafik median dan selang tanggapan pertama; angkanya sama dengan tabel."),
        ),
        COMPLETION: (
            _("Penyelesaian per SKPD"),
            _("Grafik median dan selang penyelesaian; angkanya sama dengan tabel."),
        ),
    }
    found = {}
    for name, (title, alternative) in words.items():
        if len(frame := _medians(rows, name)):
            figure = medians(frame, look)
            address = with_filter("analytics:csv", filters)
            found[name] = Shown(name, title, note, alternative, figure, _median_sheet(rows, name), address)
    if len(frame := _curves(rows)):
        hover = "%{fullData.name}: " + _("%{y:.0%} dalam %{x:.1f} hari") + "<extra></extra>"
        axes = (_("Hari sejak diterima SKPD"), _("Sudah ditanggapi"))
        found["curves"] = Shown(
            "curves",
            _("Berapa bagian sudah ditanggapi"),
            _("SKPD dengan laporan terbanyak. Pita: selang 95%."),
            _("Grafik bagian laporan yang sudah ditanggapi menurut hari, untuk SKPD terbesar."),
            curves(frame, colours, *axes, hover),
            curve_sheet(rows),
            with_filter("analytics:overview_csv", filters, "kurva"),
            is_wide=True,
        )
    return found


def _medians(rows: Sequence[Row], name: str) -> pd.DataFrame:
    """The agencies with enough events, as `medians` wants them."""
    shown = [(row, clock) for row in rows if not (clock := getattr(row, name)).is_few]
    frame = pd.DataFrame(
        {
            "label": [row.name for row, _clock in shown],
            "hover": [f"<b>{row.name}</b><br>{in_words(clock)}" for row, clock in shown],
        }
    )
    for part in ("value", "low", "high"):
        values = [getattr(clock.median_days, part) for _row, clock in shown]
        frame["median" if part == "value" else part] = pd.Series(values, dtype="float64")
    return frame


def _median_sheet(rows: Sequence[Row], name: str) -> Sheet:
    """What the dots show."""
    columns = (
        Column("skpd", _("SKPD")),
        Column("median", _("Median (hari)"), "days", has_interval=True),
        Column("n", _("Diikuti"), "count"),
    )
    shown = [(row.name, clock) for row in rows if not (clock := getattr(row, name)).is_few]
    return Sheet("median", columns, [(label, clock.median_days, clock.n) for label, clock in shown])


def _leading(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.response.is_few][:CURVES]


def _curves(rows: Sequence[Row]) -> pd.DataFrame:
    """The share answered by day of the largest agencies with enough answers."""
    points = [
        measures.curve_points(row.response, CURVE_DAYS).assign(slug=row.slug, label=row.name) for row in _leading(rows)
    ]
    return pd.concat(points) if points else pd.DataFrame()


def curve_sheet(rows: Sequence[Row]) -> Sheet:
    """The curves at some days, a column for each SKPD."""
    leading = _leading(rows)
    shares = (Column(row.slug, row.name, "share", has_interval=True) for row in leading)
    columns = (Column("hari", _("Hari"), "count"), *shares)
    return Sheet(
        "kurva-tanggapan-skpd",
        columns,
        [(day, *(row.response.share_within(day) for row in leading)) for day in measures.TOLD_DAYS],
    )


def in_words(clock: Clock) -> str:
    """The median, its interval and n; "belum tercapai" for what is not known yet."""
    median = clock.median_days
    value, low, high = (
        _("belum tercapai") if part is None else said_days(part, median.value, median.low, median.high)
        for part in (median.value, median.low, median.high)
    )
    words = _("%(value)s hari") % {"value": value} if median.value is not None else value
    number = said(clock.n)
    return _("%(median)s (95%%: %(low)s sampai %(high)s), n = %(n)s") % {
        "median": words,
        "low": low,
        "high": high,
        "n": number,
    }
