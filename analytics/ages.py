"""What waits to be settled, by how long it has: from `queries.ages` to a sentence, a figure and a table."""

from math import isnan

import pandas as pd
from django.utils.translation import gettext as _

from analytics.figures.flow import ageing
from analytics.figures.style import Drawing, Style
from analytics.measures import Share
from analytics.numerals import said
from analytics.sheets import Column, Sheet


def label(since: int, until: float) -> str:
    """A class of days; `until` is NaN for no end."""
    older = f"≥ {since}" if isnan(until) else f"{since}–{until:.0f}"  # noqa: RUF001  (from ... to)
    return _("%(days)s hari") % {"days": older if since else f"< {until:.0f}"}


def oldest(ages: pd.DataFrame) -> Share:
    """How many of all are in the last class."""
    return Share(int(ages["n"].iloc[-1]), int(ages["n"].sum()))


def sheet(ages: pd.DataFrame) -> Sheet:
    """A row for each class."""
    columns = (Column("umur", _("Sudah menunggu")), Column("n", _("Laporan"), "count"))
    return Sheet("umur", columns, _rows(ages))


def drawn(ages: pd.DataFrame, style: Style) -> Drawing | None:
    """A bar for each class; None where nothing waits."""
    if not ages["n"].sum():
        return None
    rows = [{"label": name, "n": n, "text": said(n)} for name, n in _rows(ages)]
    return ageing(pd.DataFrame(rows), style, _("laporan"))


def _rows(ages: pd.DataFrame) -> list[tuple[str, int]]:
    columns = (ages[name].tolist() for name in ("since_days", "until_days", "n"))
    return [(label(since, until), n) for since, until, n in zip(*columns, strict=True)]
