"""Page, type sizes and greys of what is printed: for black and white printers, and for reading in the sun."""

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, black, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from geo_reports.paper.typeface import BOLD, REGULAR, printable

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN: Final = 36.0
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
INK: Final = black
PAPER: Final = white
SOFT: Final = Color(0.33, 0.33, 0.33)
LINE: Final = Color(0.6, 0.6, 0.6)
MIST: Final = Color(0.93, 0.93, 0.93)
BARE: Final[Sequence[Any]] = (
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
)


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    settings: dict[str, Any] = {"fontName": REGULAR, "fontSize": size, "leading": leading, **more}
    return ParagraphStyle(name, **settings)


TITLE: Final = _style("title", 20, 24, fontName=BOLD)
AGENCY: Final = _style("agency", 13, 17, fontName=BOLD)
COUNT: Final = _style("count", 13, 24, fontName=BOLD, alignment=TA_RIGHT)
BODY: Final = _style("body", 10, 13)
STRONG: Final = _style("strong", 10.5, 13.5, fontName=BOLD)
SMALL: Final = _style("small", 8.5, 11, textColor=SOFT)
FACT: Final = _style("fact", 9, 12)
CELL: Final = _style("cell", 8.5, 10.5)
CELL_STRONG: Final = _style("cell-strong", 9, 11, fontName=BOLD)
HEAD: Final = _style("head", 8.5, 11, fontName=BOLD)
BAR: Final = _style("bar", 11.5, 14, fontName=BOLD)
BAR_RIGHT: Final = _style("bar-right", 9.5, 12, alignment=TA_RIGHT)
NUMBER: Final = _style("number", 15, 18, fontName=BOLD, textColor=PAPER, alignment=TA_CENTER)
CAPTION: Final = _style("caption", 7.5, 9, alignment=TA_CENTER)


def marked_up(text: str) -> str:
    """Text of people, safe inside a paragraph's markup and in characters that can be printed."""
    return escape(printable(text)).replace("\n", "<br/>")


def said(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(marked_up(text), style)
