"""Words for the pages about one's own account: devices, codes. No queries."""

from typing import Final

from django import template
from django.conf import settings
from django.utils.translation import gettext

register = template.Library()

# The first that fits wins: browsers pretend to be their predecessors, Android to be Linux.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """What a browser says about itself as a person would say it: "Chrome, Android"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or gettext("Perangkat tidak dikenal")


@register.filter
def grouped(code: str) -> str:
    """In groups of four, as one reads it out."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@register.simple_tag
def second_factor_is_required() -> bool:
    """Whether nobody works here without it."""
    return settings.STAFF_NEED_SECOND_FACTOR
