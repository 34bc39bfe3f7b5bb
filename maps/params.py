"""From the texts in an address to typed values for maps: cell, position, level, measure.

Pure: knows neither the request nor the database. Whatever is wrong becomes one exception whose
text is a sentence for people.
"""

import re
from enum import StrEnum
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from maps.world import Square

MAX_ZOOM: Final = 22
LONGEST_WORDS: Final = 100
MOST_CELLS: Final = 64  # under one marker
_POSITION: Final = re.compile(
    r"([0-9]{1,2}(?:\.[0-9]{1,2})?)/(-?[0-9]{1,2}(?:\.[0-9]{1,6})?)/(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)"
)
_PARTS: Final = 3
_LONGEST_INDEX: Final = 10
MOST_SKIPPED: Final = 2000  # a list that goes on is read from its beginning each time


class BadParameter(ValueError):
    """The address asks for something that makes no sense; `str()` is a sentence for people."""


class Level(StrEnum):
    """The two levels of areas that a map can be coloured by."""

    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"


class Measure(StrEnum):
    """What the colour of an area says."""

    OPEN = "open"
    ALL = "all"
    PER_CAPITA = "per_capita"
    TREND = "trend"


def parse_words(text: str) -> str:
    """Read what somebody typed to search for, without spaces around it; raises BadParameter."""
    if "\0" in text or len(text) > LONGEST_WORDS:
        raise BadParameter(_("q: paling banyak %(most)s huruf biasa.") % {"most": LONGEST_WORDS})
    return text.strip()


def parse_position(text: str) -> str:
    """Read `zoom/latitude/longitude` (EPSG:4326), where a map was left; "" for anything else.

    It only says where to look first, so nonsense is no error.
    """
    found = _POSITION.fullmatch(text)
    if not found:
        return ""
    zoom, latitude, longitude = (float(part) for part in found.groups())
    is_place = zoom <= MAX_ZOOM and abs(latitude) <= 85 and abs(longitude) <= 180  # noqa: PLR2004  (web map's world)
    return text if is_place else ""


def parse_cells(text: str) -> tuple[Square, ...]:
    """Read `zoom/column/row` of squares of the web map, of one zoom, with commas between; raises BadParameter."""
    parts = text.split(",", MOST_CELLS)
    found = tuple(dict.fromkeys(_cell(part) for part in parts[:MOST_CELLS]))
    if len(parts) > MOST_CELLS or len({cell.zoom for cell in found}) != 1:
        raise BadParameter(_("sel: paling banyak %(most)s sel, semua dari zoom yang sama.") % {"most": MOST_CELLS})
    return found


def _cell(text: str) -> Square:
    parts = text.split("/")
    if len(parts) == _PARTS and all(
        part.isascii() and part.isdigit() and len(part) <= _LONGEST_INDEX for part in parts
    ):
        found = Square(*map(int, parts))
        if found.exists:
            return found
    raise BadParameter(_("sel ditulis zoom/kolom/baris, contoh 14/13052/8483."))


def parse_skipped(text: str) -> int:
    """Read how many entries of a list are known already, none when nothing is said; raises BadParameter."""
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_INDEX and int(text) <= MOST_SKIPPED:
        return int(text)
    raise BadParameter(_("lewati: tulis bilangan bulat, paling banyak %(most)s.") % {"most": MOST_SKIPPED})


Choice = TypeVar("Choice", bound=StrEnum)


def parse_level(text: str) -> Level:
    """Read a level of areas, kecamatan when nothing is asked; raises BadParameter."""
    return _choice(Level, text, default=Level.KECAMATAN, name="level")


def parse_measure(text: str) -> Measure:
    """Read a measure, open reports when nothing is asked; raises BadParameter."""
    return _choice(Measure, text, default=Measure.OPEN, name="ukuran")


def _choice(kind: type[Choice], text: str, *, default: Choice, name: str) -> Choice:
    try:
        return kind(text) if text else default
    except ValueError:
        choices = ", ".join(kind)
        raise BadParameter(
            _("%(name)s: pilih salah satu dari %(choices)s.") % {"name": name, "choices": choices}
        ) from None
