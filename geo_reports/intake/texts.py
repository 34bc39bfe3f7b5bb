"""Texts from strangers, without what nobody can see and what would spoil a page.

Words, emoji and every script stay as they are.
"""

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 4  # accents on one letter; more paint over the lines above and below
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})


def tidy(text: str) -> str:
    """`text` without control characters, direction overrides and towers of accents; "" if nothing can be seen."""
    kept: list[str] = []
    marks = 0
    for char in _LINE_ENDS.sub("\n", text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS and (kind not in {"Cc", "Cs", "Cn"} or char in "\n\t") and char not in _DIRECTIONS:
            kept.append(char)
    tidied = "".join(kept).strip()
    return tidied if any(map(is_seen, tidied)) else ""


def tidy_line(text: str) -> str:
    """The same for what stands on one line: a name, an address, a contact."""
    return " ".join(tidy(text).split())


def seen_length(text: str) -> int:
    """How many characters a reader sees, spaces included."""
    return sum(char.isspace() or is_seen(char) for char in text)


def is_seen(char: str) -> bool:
    """Whether the character leaves ink of its own."""
    return unicodedata.category(char) not in _UNSEEN and char not in _BLANK_LETTERS
