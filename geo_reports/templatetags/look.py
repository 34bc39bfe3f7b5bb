"""How things of the domain look in a page: icons, status chips, cards, relative time. No queries."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from geo_reports.models import Category, Photo, Report
from geo_reports.workflow import Status

register = template.Library()

JUST_NOW = timedelta(minutes=1)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
SOON_DAYS = 2
MONTH, YEAR = timedelta(days=30), timedelta(days=365)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite, silent for screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("geo_reports/icons.svg"),
        name,
    )


@register.simple_tag
def status_chip(status: str) -> SafeString:
    """The status as shape, colour and word."""
    return format_html(
        '<span class="chip status status--{}">{}<span>{}</span></span>',
        status,
        icon(f"status-{status}"),
        Status(status).label,
    )


@register.filter
def status_label(status: str) -> str:
    """The word for a stored status."""
    return str(Status(status).label)


@register.filter
def category_label(category: Category) -> str:
    """The category's name in the language of the page."""
    return category.label


@register.filter
def category_hint(category: Category) -> str:
    """The category's examples in the language of the page."""
    return category.hint_en if get_language() == "en" and category.hint_en else category.hint


def relative_time(at: datetime, now: datetime | None = None) -> str:
    """`at` seen from `now` in words, to the largest whole unit: "2 hari lalu"."""
    age = (now or timezone.now()) - at
    if age < JUST_NOW:
        return gettext("baru saja")
    steps: tuple[tuple[timedelta, timedelta, Callable[[int], str]], ...] = (
        (HOUR, timedelta(minutes=1), lambda n: ngettext("%d menit lalu", "%d menit lalu", n)),
        (DAY, HOUR, lambda n: ngettext("%d jam lalu", "%d jam lalu", n)),
        (2 * WEEK, DAY, lambda n: ngettext("%d hari lalu", "%d hari lalu", n)),
        (2 * MONTH, WEEK, lambda n: ngettext("%d minggu lalu", "%d minggu lalu", n)),
        (YEAR, MONTH, lambda n: ngettext("%d bulan lalu", "%d bulan lalu", n)),
    )
    for limit, unit, words in steps:
        if age < limit:
            return words(age // unit) % (age // unit)
    years = age // YEAR
    return ngettext("%d tahun lalu", "%d tahun lalu", years) % years


@register.simple_tag
def ago(at: datetime) -> SafeString:
    """Relative time, with the exact time for machines and on hover."""
    local = timezone.localtime(at)
    exact = formats.date_format(local, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, relative_time(at))


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """The exact time in words: "12 Mar 2025, 14.30 WIB"."""
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, "DATETIME_FORMAT")
    )


@register.simple_tag
def due_chip(report: Report, today: date | None = None) -> SafeString:
    """Until when the next step has to be done, or for how long it is overdue; nothing when no clock runs."""
    if report.due_on is None:
        return SafeString("")
    days = (report.due_on - (today or timezone.localdate())).days
    if days < 0:
        words = ngettext("Lewat tenggat %d hari", "Lewat tenggat %d hari", -days) % -days
    elif days == 0:
        words = gettext("Tenggat hari ini")
    else:
        words = gettext("Tenggat %(day)s") % {"day": formats.date_format(report.due_on, "j M")}
    css = "due--late" if days < 0 else "due--soon" if days <= SOON_DAYS else ""
    title = f"{report.get_due_step_display()}: {formats.date_format(report.due_on, 'DATE_FORMAT')}"
    return format_html(
        '<span class="chip due {}" title="{}">{}<span>{}</span></span>',
        css,
        title,
        icon("warning" if days < 0 else "clock"),
        words,
    )


@register.filter
def place_label(report: Report) -> str:
    """`Kel. X, Kec. Y`, as much of it as is known."""
    return report.area_label or gettext("Lokasi belum diketahui")


@register.inclusion_tag("geo_reports/_report_card.html")
def report_card(report: Report, heading: str = "h3") -> dict[str, object]:
    """A card in a list. Wants a row of `public().for_cards()`; shows nothing else of it."""
    photos: list[Photo] = list(report.photos.all()) if report.is_published else []
    return {"report": report, "photo": photos[0] if photos else None, "photo_count": len(photos), "heading": heading}
