"""The same letters behind different signs: case, accents, width, look-alikes and invisible characters.

Every folded character remembers which character of the original text it came from.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Cyrillic and Greek letters that look like a Latin one (Unicode TR39, confusables; lower case only).
LOOKALIKES = str.maketrans(
    "авеікмнорстухѕјѵԁԛԝһӏαβεικνορτυχ\u0131\u0269\u0251\u0261\u2019\u2018`\u00b4",
    "abeikmhopctyxsjvdqwhlabeiknoptuxiiag''''",
)
INVISIBLE = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True)
class Folded:
    """`text` in lower-case plain letters; `text[i]` stands for character `source[i]` of the original."""

    text: str
    source: range | tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters [start, end) of the original behind `text[start:end]`, which must not be empty."""
        return self.source[start], self.source[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold `text`; a character may become none (zero-width), one, or several ("ﬁ" becomes "fi")."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), range(len(text)))
    pieces, source = [], []
    for index, character in enumerate(text):
        piece = _fold_character(character)
        pieces.append(piece)
        source.extend([index] * len(piece))
    return Folded("".join(pieces), tuple(source))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    # Twice: lower-casing may bring back a mark, and a look-alike may need lower-casing first.
    for _ in range(2):
        plain = unicodedata.normalize("NFKD", character)
        plain = "".join(each for each in plain if unicodedata.category(each) not in INVISIBLE)
        character = plain.lower().translate(LOOKALIKES)
    return character
