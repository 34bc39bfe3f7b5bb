"""The rows of a table (`analytics.sheets`) as HTML."""

from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from analytics.sheets import Sheet

register = template.Library()
NUMBER: Final = mark_safe(' class="number"')


@register.simple_tag
def sheet_rows(sheet: Sheet) -> SafeString:
    """All rows: the first cell heads its row, every other one names its column where a phone stacks them.

    Written here because a page has thousands of cells, each of which a template would resolve part by part.
    """
    openings = [
        format_html('<td data-label="{}"{}>', column.label, NUMBER if column.is_number else "")
        for column in sheet.columns[1:]
    ]
    return format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (first, format_html_join("", "{}{}</td>", zip(openings, others, strict=True)))
            for first, *others in sheet.shown
        ),
    )
