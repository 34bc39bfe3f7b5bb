"""How things look at the desk: due dates as text and bar, what can be undone. No queries."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from geo_reports.models import Report
from geo_reports.reasons import REASONS
from geo_reports.templatetags.look import SOON_DAYS, icon
from geo_reports.wording.suggestions import Suggestions
from geo_reports.workers import name_of
from geo_reports.workflow import Status

register = template.Library()

SCALE_DAYS: Final = 14  # the bar is full two weeks ahead, and full again, in another colour, when late
BAR: Final = 48


@register.simple_tag
def due(report: Report, today: date) -> SafeString:
    """Until when the next step is due: words, a bar of the days that are left, the date for those who ask."""
    if report.status == Status.NEEDS_INFO:
        return format_html(
            '<span class="deadline deadline--paused">{}{}</span>', icon("clock"), gettext("Menunggu pelapor")
        )
    if report.due_on is None:
        return format_html(
            '<span class="deadline deadline--none">{}</span>', gettext("Tanpa tenggat") if report.is_open else ""
        )
    days = (report.due_on - today).days
    tone = "late" if days < 0 else "soon" if days <= SOON_DAYS else "calm"
    width = BAR if days < 0 else max(2, round(BAR * min(days + 1, SCALE_DAYS) / SCALE_DAYS))
    bar = format_html(
        '<svg class="deadline__bar" viewBox="0 0 {0} 4" width="{0}" height="4" aria-hidden="true">'
        '<rect class="deadline__ground" width="{0}" height="4" rx="2"/>'
        '<rect class="deadline__fill" width="{1}" height="4" rx="2"/>'
        "</svg>",
        BAR,
        width,
    )
    words = format_html(
        '<time datetime="{}" title="{}">{}</time>', report.due_on.isoformat(), _day(report.due_on), _left(days)
    )
    return format_html('<span class="deadline deadline--{}">{}{}</span>', tone, words, bar)


def _left(days: int) -> str:
    if days < 0:
        return ngettext("Lewat %d hari", "Lewat %d hari", -days) % -days
    if days == 0:
        return gettext("Hari ini")
    return gettext("Besok") if days == 1 else ngettext("%d hari lagi", "%d hari lagi", days) % days


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


register.filter("name_of", name_of)


@register.filter
def of_report(found: Mapping[int, Any] | str, report: Report) -> Any:
    """What was found for this report; nothing where nobody looked."""
    return found.get(report.pk) if isinstance(found, Mapping) else None


@register.filter
def undo_of(message: Message) -> dict[str, Any]:
    """The undo that travels with a message of the desk: `url` and `fields`; empty for other messages."""
    try:
        undo = json.loads(message.extra_tags or "")
    except ValueError:
        return {}
    return undo if isinstance(undo, dict) else {}


@register.inclusion_tag("geo_reports/desk/_hint_chips.html")
def hint_chips(hints: dict[int, Suggestions] | None, report: Report) -> dict[str, Any]:
    """What the word rules found in a report, each kind once; nothing where there are no hints."""
    found = (hints or {}).get(report.pk)
    flags = found.flags if found else ()
    reasons = dict.fromkeys(REASONS[flag.reason].short for flag in flags if flag.kind != "confidential")
    return {"is_confidential": bool(found and found.wants_confidential), "reasons": reasons}
