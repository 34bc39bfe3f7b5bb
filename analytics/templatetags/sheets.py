"""The rows of a table (`analytics.sheets`) as HTML."""

from typing import Final

from django import template
from django.utils.html import escape, format_html
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
    return mark_safe("".join(_row(first, openings, others) for first, *others in sheet.shown))  # noqa: S308  (escaped)


def _row(first: str, openings: list[SafeString], others: list[str]) -> str:
    cells = "".join(f"{opening}{escape(cell)}</td>" for opening, cell in zip(openings, others, strict=True))
    return f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
