"""How a waiting time or a share is shown in a table: its interval as a small bar."""

from collections.abc import Iterable
from typing import Final

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.measures import MIN_EVENTS, Clock
from analytics.numerals import said, said_days
from analytics.scales import Scale, scale
from analytics.survival import Estimate

register = template.Library()
PERCENT: Final = Scale(0, 100)


BAR: Final = (
    '<svg class="bar" aria-hidden="true" focusable="false"><svg x="3%" width="97%" height="100%" overflow="visible">'
    '<line class="bar__axis" x1="0" x2="92%" y1="50%" y2="50%"/>'
    '<rect class="bar__interval" x="{}" width="{}" y="4" height="8" rx="4"/>{}{}</svg></svg>'
)
OPEN: Final = mark_safe(
    '<svg x="92%" y="2" width="8" height="12" overflow="visible"><path class="bar__open" d="M0 0l8 6-8 6z"/></svg>'
)
NOBODY: Final = '<span class="soft">–<span class="sr-only"> {}</span></span>'  # noqa: RUF001  (a dash, as in print)
FEW: Final = '<span class="waits__words">{}</span> <small class="soft">{}</small>'
DAYS: Final = "<strong>{}</strong> {}"
MEDIAN: Final = (
    '<span class="waits__value">{}</span> {} <small class="soft"><span class="nowrap">{}</span>'
    ' <span class="waits__dot">·</span> <span class="nowrap">n = {}</span></small>'
)
P90: Final = '<small class="soft waits__p90"><span>{} {}</span>{}</small>'
DOT: Final = '<circle class="bar__dot" cx="{}" cy="50%" r="4.5"/>'


def scale_days(clocks: Iterable[Clock]) -> Scale:
    """That of the bars of a column."""
    medians = (clock.median_days for clock in clocks)
    return scale((median.value, median.low, median.high) for median in medians)


@register.simple_tag
def share_bar(share: Estimate) -> SafeString:
    """A share in percent (dot) and its interval (line) on a scale from 0 to 100."""
    return _bar(share, PERCENT)


@register.simple_tag
def clock_cell(clock: Clock, on: Scale, unit: str = "") -> SafeString:
    """The median of `clock` in words and as a bar on a scale, its interval and n; `unit`: a word for days.

    Written here because a page has dozens, each of which a template would resolve part by part.
    """
    if not clock.n:
        return format_html(NOBODY, _("tidak ada yang diikuti"))
    if clock.is_few:
        few = ngettext(
            "%(n_shown)s dari %(total)s, perlu %(least)s", "%(n_shown)s dari %(total)s, perlu %(least)s", clock.events
        ) % {"n_shown": said(clock.events), "total": said(clock.n), "least": MIN_EVENTS}
        return format_html(FEW, _("terlalu sedikit"), few)
    found = clock.median_days
    if found.value is None:
        value = format_html('<span class="waits__words">{}</span>', _("belum tercapai"))
    else:
        value = format_html(DAYS, days(found), unit or _("hari"))
    return format_html(MEDIAN, value, _bar(found, on), limits(found), said(clock.n))


@register.simple_tag
def p90_cell(clock: Clock, unit: str) -> SafeString:
    """The days within which nine of ten have finished, with their interval; nothing where there are too few."""
    if clock.is_few:
        return SafeString()
    found = clock.p90_days
    value = _("belum tercapai") if found.value is None else format_html("<b>{}</b> {}", days(found), unit)
    interval = "" if found.low is None else format_html(' <span class="nowrap">({})</span>', limits(found))
    return format_html(P90, _("90% dalam"), value, interval)


@register.filter
def in_percent(share: Estimate) -> Estimate:
    """A share of 0..1 as one of 0..100."""
    return share.scaled(100)


@register.filter
def days(found: Estimate | float, part: str = "value") -> str:
    """As days are written, see `said_days`: a number, or one `part` of an estimate."""
    if isinstance(found, Estimate):
        return said_days(getattr(found, part), found.value, found.low, found.high)
    return said_days(found)


@register.filter
def limits(found: Estimate, unit: str = "") -> str:
    """The interval as words: of days, or of what has the `unit`, which follows without a space."""
    if found.low is None:
        return _("selang belum diketahui")
    low, high = (
        None if part is None else floatformat(part, 0) if unit else said_days(part, found.value, found.low, found.high)
        for part in (found.low, found.high)
    )
    if high is None:
        return _("%(low)s atau lebih") % {"low": low}
    return f"{low}–{high}{unit}"  # noqa: RUF001  (from ... to)


def _bar(found: Estimate, on: Scale) -> SafeString:
    """Positions are percentages, written with a decimal point whatever the language; nothing without an interval."""
    if found.low is None or on.end <= 0:
        return SafeString()
    start, stop = on.place(found.low), 1.0 if found.high is None else on.place(found.high)
    opening = OPEN if found.high is None else ""
    dot = "" if found.value is None else format_html(DOT, _percent(on.place(found.value)))
    return format_html(BAR, _percent(start), _percent(stop - start), opening, dot)


def _percent(place: float) -> str:
    """Of a bar that keeps 4 % free at both ends for the dot."""
    return f"{92 * place:.1f}%"
