"""The figures of the page of an SKPD, with words in the reader's language; one without enough events is absent."""

from collections.abc import Callable
from math import isnan
from typing import Any, Final

import numpy as np
import pandas as pd
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics import ages, measures
from analytics.agency import names
from analytics.agency.finding import ENDS, MONTHS_SHOWN, Findings, Group
from analytics.clocks import RUNNING
from analytics.figures.curves import curves
from analytics.figures.ends import ends
from analytics.figures.flow import flow
from analytics.figures.months import Dot, by_month
from analytics.figures.style import DASHES, Drawing, Style
from analytics.measures import Clock
from analytics.numerals import said, said_days
from analytics.survival import Estimate

CURVE_DAYS: Final = 60


def drawn(found: Findings, style: Style) -> dict[str, Drawing]:
    """By name: "curves", "ends", "response", "completion", "flow", "ageing"."""
    figures = {
        "curves": _curves(found, style),
        "ends": _ends(found),
        "response": _by_month(found, style, lambda group: group.response),
        "completion": _by_month(found, style, lambda group: group.completion),
        "flow": _flow(found, style),
        "ageing": ages.drawn(found.ageing, style),
    }
    return {name: figure for name, figure in figures.items() if figure is not None}


def unit(found: Findings) -> str:
    """The unit of an axis."""
    return _("hari kerja") if found.asked.is_working else _("hari")


def _curves(found: Findings, style: Style) -> Drawing | None:
    shown = {name: clock for name, clock in found.clocks.items() if not clock.is_few}
    if not shown:
        return None
    per_day = 1 if found.asked.is_working else 4
    points = [
        measures.curve_points(clock, CURVE_DAYS, per_day).assign(slug=name, label=str(names.SHORT_CLOCKS[name]))
        for name, clock in shown.items()
    ]
    styles = {name: Style(style.colour, dash) for name, dash in zip(found.clocks, DASHES, strict=False)}
    hover = "%{fullData.name}: " + _("%{y:.0%} dalam %{x:.1f} hari") + "<extra></extra>"
    axes = (_("Sejak diterima SKPD (%(unit)s)") % {"unit": unit(found)}, _("Bagian laporan"))
    return curves(pd.concat(points), styles, *axes, hover)


def _ends(found: Findings) -> Drawing | None:
    known, words = found.ends, _("%(label)s: %(value)s%% dalam %(day)s hari<br>95%%: %(low)s sampai %(high)s%%")
    if known is None:
        return None
    rows: list[tuple[str, str, float, float, str]] = []
    days = np.arange(CURVE_DAYS + 1)
    for kind in ENDS:
        label = str(names.ENDS[kind])
        if not known.kinds[kind].events.any():
            continue
        readings = (column.tolist() for column in known.readings(kind, days * found.asked.per_day))
        rows += [
            (kind, label, float(day), share, words % _end(label, day, share, low, high))
            for day, share, low, high in zip(days.tolist(), *readings, strict=True)
            if not isnan(share)
        ]
    frame = pd.DataFrame(rows, columns=["kind", "label", "day", "share", "hover"])
    axes = (_("Sejak diterima SKPD (%(unit)s)") % {"unit": unit(found)}, _("Bagian laporan"))
    return ends(frame, str(names.ENDS[RUNNING]), *axes)


def _end(label: str, day: int, *shares: float) -> dict[str, Any]:
    value, low, high = ("?" if isnan(share) else said(share * 100) for share in shares)
    return {"label": label, "value": value, "day": day, "low": low, "high": high}


def _by_month(found: Findings, style: Style, clock_of: Callable[[Group], Clock]) -> Drawing | None:
    months = [date_format(group.key, "M Y") for group in found.months]
    dots = [
        _dot(clock_of(group), place, months[place])
        for place, group in enumerate(found.months)
        if not clock_of(group).is_few
    ]
    if not any(dot.value is not None for dot in dots):
        return None
    return by_month(dots, months, style, unit(found).capitalize())


def _dot(clock: Clock, place: int, month: str) -> Dot:
    median = clock.median_days
    hover = f"<b>{month}</b><br>{in_words(median, clock.n)}"
    if clock.is_early:
        hover += "<br>" + _("belum pasti")
    return Dot(place, median.value, median.low, median.high, clock.is_early, hover)


def in_words(days: Estimate, n: int) -> str:
    """A time with its interval and n."""
    value, low, high = (
        _("belum tercapai") if part is None else said_days(part, days.value, days.low, days.high)
        for part in (days.value, days.low, days.high)
    )
    return _("%(value)s (95%%: %(low)s sampai %(high)s), n = %(n)s") % {
        "value": value,
        "low": low,
        "high": high,
        "n": said(n),
    }


def _flow(found: Findings, style: Style) -> Drawing | None:
    recent = found.flow.tail(MONTHS_SHOWN)
    if recent.empty:
        return None
    frame = recent.assign(month=[date_format(first, "M Y") for first in recent["month"]])
    return flow(frame, style, (_("Laporan masuk"), _("Laporan keluar"), _("Tunggakan")), _("laporan"))
