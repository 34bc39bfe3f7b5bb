"""The typeface of the paper, embedded, and what to do about characters that it lacks."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER: Final = Path("dejavu-fonts-ttf", "ttf")  # in node_modules
REGULAR: Final = "DejaVuSansCondensed"
BOLD: Final = "DejaVuSansCondensed-Bold"
LACKING: Final = "□"
MARKS: Final = frozenset({"Mn", "Me", "Sk"})
RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


@cache
def register(folder: Path) -> None:
    """Make the typeface known to reportlab; `folder` holds the TrueType files. Raises TTFError without them."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def printable(text: str) -> str:
    """The text with a visible □ for each character that the typeface cannot write correctly.

    Joiners and variation selectors vanish. Right-to-left scripts need shaping that does not
    happen here: their letters would stand in the wrong form and order.
    """
    known = _known()
    return "".join(_shown(character, known) for character in unicodedata.normalize("NFC", text))


def _shown(character: str, known: frozenset[int]) -> str:
    if character == "\n" or " " <= character <= "~":
        return character
    category = unicodedata.category(character)
    if category == "Cc" or category.startswith("Z"):
        return " "
    if category == "Cf" or (category in MARKS and ord(character) not in known):
        return ""
    is_known = ord(character) in known and unicodedata.bidirectional(character) not in RIGHT_TO_LEFT
    return character if is_known else LACKING


@cache
def _known() -> frozenset[int]:
    fonts: list[Any] = [pdfmetrics.getFont(name) for name in (REGULAR, BOLD)]
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))
