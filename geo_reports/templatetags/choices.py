"""The options of a select."""

from collections.abc import Iterable
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
SELECTED: Final = mark_safe(" selected")


@register.simple_tag
def options(groups: Iterable[tuple[str, Iterable[tuple[str, str]]]], chosen: str) -> SafeString:
    """Of each group its (value, label) under its heading, where it has one.

    Written here because pages have a hundred, each of which a template would resolve part by part.
    """
    return format_html_join("", "{}", ((_group(heading, each, chosen),) for heading, each in groups))


def _group(heading: str, found: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    rows = ((value, SELECTED if value == chosen else "", label) for value, label in found)
    inside = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', heading, inside) if heading else inside
