"""Which figures the page shows, with words in the reader's language: rows in, plain figures out."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from analytics import measures
from analytics.clocks import COMPLETION, RESPONSE
from analytics.figures.curves import curves
from analytics.figures.medians import medians
from analytics.figures.style import as_json, styles
from analytics.measures import Clock
from analytics.table import Row
from geo_reports.models import Agency

CURVE_DAYS: Final = 60
CURVES: Final = 5


def drawn(rows: Sequence[Row], agencies: Sequence[Agency]) -> dict[str, dict[str, Any]]:
    """The figures "response", "completion" and "curves"; a figure without enough events is absent.

    `rows` come with most reports first; `agencies` in the lasting order that gives the colours.
    """
    colours = styles([agency.slug for agency in agencies])
    axis = _("Median dalam hari")
    found = {
        name: medians(frame, colours, axis) for name in (RESPONSE, COMPLETION) if len(frame := _medians(rows, name))
    }
    if len(frame := _curves(rows)):
        hover = "%{fullData.name}: " + _("%{y:.0%} dalam %{x:.1f} hari") + "<extra></extra>"
        axes = (_("Hari sejak diterima SKPD"), _("Sudah ditanggapi"))
        found["curves"] = curves(frame, colours, *axes, hover)
    return {name: as_json(figure) for name, figure in found.items()}


def _medians(rows: Sequence[Row], name: str) -> pd.DataFrame:
    """The agencies with enough events, as `medians` wants them."""
    shown = [(row, clock) for row in rows if not (clock := getattr(row, name)).is_few]
    frame = pd.DataFrame(
        {
            "slug": [row.slug for row, _clock in shown],
            "label": [row.name for row, _clock in shown],
            "hover": [f"<b>{row.name}</b><br>{in_words(clock)}" for row, clock in shown],
        }
    )
    for part in ("value", "low", "high"):
        values = [getattr(clock.median_days, part) for _row, clock in shown]
        frame["median" if part == "value" else part] = pd.Series(values, dtype="float64")
    return frame


def _curves(rows: Sequence[Row]) -> pd.DataFrame:
    """The share answered by day of the largest agencies with enough answers."""
    leading = [row for row in rows if not row.response.is_few][:CURVES]
    points = [measures.curve_points(row.response, CURVE_DAYS).assign(slug=row.slug, label=row.name) for row in leading]
    return pd.concat(points) if points else pd.DataFrame()


def in_words(clock: Clock) -> str:
    """The median, its interval and n; "belum tercapai" for what is not known yet."""
    median = clock.median_days
    value, low, high = (
        _("belum tercapai") if part is None else number_format(part, 1)
        for part in (median.value, median.low, median.high)
    )
    words = _("%(value)s hari") % {"value": value} if median.value is not None else value
    number = number_format(clock.n, force_grouping=True)
    return _("%(median)s (95%%: %(low)s sampai %(high)s), n = %(n)s") % {
        "median": words,
        "low": low,
        "high": high,
        "n": number,
    }
