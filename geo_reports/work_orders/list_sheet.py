"""The list of all stops, in the order of the way."""

from textwrap import shorten
from typing import Final

from reportlab.platypus import LongTable, Paragraph, TableStyle

from geo_reports.paper.styles import CELL, CELL_STRONG, HEAD, INK, LINE, MIST, WIDTH, marked_up, said
from geo_reports.work_orders.marking import teller
from geo_reports.work_orders.order import Order, Stop
from geo_reports.work_orders.words import Words

SHORT: Final = 84
NUMBER, CODE, CATEGORY, DUE = 26.0, 64.0, 92.0, 58.0
LOOK: Final = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), MIST),
        ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
)


def list_sheet(order: Order, words: Words) -> LongTable:
    """One row per stop; the head comes again on every page. No column for due dates where none is known."""
    has_due = any(stop.due for stop in order.stops)
    heads = [words.number, words.code, words.category, words.place, *([words.due] if has_due else []), words.problem]
    fixed = [NUMBER, CODE, CATEGORY]
    rest = WIDTH - sum(fixed) - (DUE if has_due else 0)
    widths = [*fixed, rest * 0.48, *([DUE] if has_due else []), rest * 0.52]
    rows = [_row(number, stop, words, has_due=has_due) for number, stop in enumerate(order.stops, start=1)]
    return LongTable([[said(head, HEAD) for head in heads], *rows], widths, repeatRows=1, style=LOOK)


def _row(number: int, stop: Stop, words: Words, *, has_due: bool) -> list[Paragraph]:
    tell = teller(is_confidential=stop.is_confidential)
    code = f"{stop.code}\n{words.confidential}" if stop.is_confidential else stop.code
    due = [_due(stop, words)] if has_due else []
    return [
        tell(str(number), CELL_STRONG),
        tell(code, CELL_STRONG),
        said(stop.category, CELL),
        _place(stop, words),
        *due,
        said(_short(stop.text), CELL),
    ]


def _place(stop: Stop, words: Words) -> Paragraph:
    where = f"<b>{marked_up(stop.kelurahan or words.no_place)}</b>"
    return Paragraph(f"{where}<br/>{marked_up(_short(stop.address))}" if stop.address else where, CELL)


def _short(text: str) -> str:
    """The beginning, cut between words where there are any."""
    start = shorten(text, SHORT, placeholder="…")
    return start if len(start) > SHORT / 2 or len(text) <= SHORT else f"{text[:SHORT]}…"


def _due(stop: Stop, words: Words) -> Paragraph:
    return said(f"{stop.due}\n{words.overdue}", CELL_STRONG) if stop.is_overdue else said(stop.due, CELL)
