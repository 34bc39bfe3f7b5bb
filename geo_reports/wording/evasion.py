"""Coarse words in disguise: figures for letters, asterisks, letters set apart, letters repeated.

Only a word that comes out as one of the given vocabulary is revealed; everything else stays as written.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo_reports.wording.folding import Folded
from geo_reports.wording.lexicon import shapes
from geo_reports.wording.normalise import Word

LEET = str.maketrans("4130597@$!8", "aieosgtasib")
CHUNK = re.compile(r"\S+")
# Letters one by one: "a n j i n g", "a.n.j". Letter and separator exclude each other: no backtracking.
SET_APART = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*]{1,2}){2,40}[^\W_](?![^\W_])")
FRINGE = ".,;:!?()\"'-_~…"
INNER = re.compile(r"[.\-_~'+,:;/|]")
LONGEST = 40
MOST_STARS = 3
FEWEST_LETTERS = 2
SHORTEST_HIDDEN = 4
TWICE = re.compile(r"([^\W\d_])\1+")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words worth revealing, by themselves and without doubled letters."""

    plain: frozenset[str]
    squeezed: dict[str, str]

    @classmethod
    def of(cls, words: frozenset[str]) -> "Vocabulary":
        """A vocabulary of these words."""
        return cls(words, {TWICE.sub(r"\1", word): word for word in sorted(words)})

    def read(self, letters: str) -> str | None:
        """The word that these letters spell, if any."""
        for shape in shapes(TWICE.sub(r"\1", letters)):
            if shape in self.squeezed:
                return self.squeezed[shape]
        return None


def reveal(folded: Folded, words: Sequence[Word], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """`words` with each disguised word of the vocabulary in place of the pieces it was written in."""
    found = {(start, end): word for start, end, word in _disguised(folded, vocabulary)}
    if not found:
        return tuple(_unrepeated(word, vocabulary) for word in words)
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    kept: list[Word] = []
    after = 0
    for (start, end), form in sorted(found.items()):
        begin, finish = folded.span(start, end)
        first, last = bisect_right(ends, begin), bisect_left(starts, finish)
        if first < after:
            continue
        kept.extend(words[after:first])
        opens = words[first].opens if first < last else True
        kept.append(Word(form, begin, finish, opens, is_disguised=True))
        after = max(last, first)
    kept.extend(words[after:])
    return tuple(_unrepeated(word, vocabulary) for word in kept)


def _unrepeated(word: Word, vocabulary: Vocabulary) -> Word:
    if word.form in vocabulary.plain or word.is_link or not TWICE.search(word.form):
        return word
    form = vocabulary.read(word.form)
    return Word(form, word.start, word.end, word.opens) if form else word


def _disguised(folded: Folded, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    for match in SET_APART.finditer(folded.text):
        letters = re.sub(r"[ .\-_*]", "", match[0]).translate(LEET)
        if word := vocabulary.read(letters) or _inside(letters, vocabulary):
            yield match.start(), match.end(), word
    for match in CHUNK.finditer(folded.text):
        if len(match[0]) > LONGEST or match[0].isalpha():
            continue
        core = match[0].strip(FRINGE)
        if not core or core.isalpha() or core.isdigit():
            continue
        word = _starred(core, vocabulary) if "*" in core else vocabulary.read(INNER.sub("", core).translate(LEET))
        if word:
            start = match.start() + match[0].index(core)
            yield start, start + len(core), word


def _inside(letters: str, vocabulary: Vocabulary) -> str | None:
    for start in range(len(letters)):
        for end in range(len(letters), start + SHORTEST_HIDDEN - 1, -1):
            if letters[start:end] in vocabulary.plain:
                return letters[start:end]
    return None


@lru_cache(maxsize=1024)
def _starred(core: str, vocabulary: Vocabulary) -> str | None:
    """The word behind "t*lol" or "anj***"; bold type as in chats ("*penting*") is none."""
    shown = core.translate(LEET)
    stem = shown.rstrip("*")
    if shown.startswith("*") or len(stem.replace("*", "")) < FEWEST_LETTERS or core.count("*") > LONGEST // 4:
        return None
    if "*" not in stem:
        return next((word for word in sorted(vocabulary.plain) if _is_cut(stem, word, len(shown))), None)
    pattern = re.compile("".join("." if sign == "*" else re.escape(sign) for sign in shown))
    fits = (word for word in sorted(vocabulary.plain) if pattern.fullmatch(word))
    return next(fits, None)


def _is_cut(stem: str, word: str, length: int) -> bool:
    hidden = length - len(stem)
    return (
        len(stem) >= MOST_STARS
        and word.startswith(stem)
        and len(word) > len(stem)
        and (hidden > 1 or len(word) == length)
    )
