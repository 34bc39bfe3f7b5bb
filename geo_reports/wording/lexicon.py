"""The word lists of lists/*.yaml, and how a phrase of them is found among the words of a text."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml

from geo_reports.wording.normalise import Word, normalise

FOLDER = Path(__file__).with_name("lists")
# Endings that hang on to a word: its, please, your, even, and "you" in the talk of Jakarta.
CLITICS = ("nya", "lah", "kah", "pun", "kau", "mu", "ku", "lo", "lu", "in")
SHORTEST_STEM = 3


@lru_cache(maxsize=8192)
def shapes(form: str) -> tuple[str, ...]:
    """The word itself, and without its clitics ("tololnya", "bangsatlah")."""
    stems = (form.removesuffix(clitic) for clitic in CLITICS if form.endswith(clitic))
    return form, *(stem for stem in stems if len(stem) >= SHORTEST_STEM)


class Phrases:
    """A list of phrases of one or more words. Finding them takes time in proportion to the text."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """Normalise `phrases` as a text is, so that a list may be written in any spelling."""
        self._tails: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            first, *tail = normalise(phrase).split()
            self._tails.setdefault(first, []).append(tuple(tail))
        for tails in self._tails.values():
            tails.sort(key=len, reverse=True)

    def length_at(self, words: Sequence[Word], index: int) -> int:
        """How many words the longest phrase has that begins at `index`; 0 if none does.

        A phrase does not reach over punctuation.
        """
        for shape in shapes(words[index].form):
            for tail in self._tails.get(shape, ()):
                if _continues(words, index + 1, tail):
                    return len(tail) + 1
        return 0

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """The places [first, last) in `words` where a phrase stands; they do not overlap."""
        index = 0
        while index < len(words):
            length = self.length_at(words, index)
            if length:
                yield index, index + length
            index += length or 1

    def single_words(self) -> frozenset[str]:
        """The phrases that are one word."""
        return frozenset(first for first, tails in self._tails.items() if () in tails)


def _continues(words: Sequence[Word], index: int, tail: tuple[str, ...]) -> bool:
    if index + len(tail) > len(words):
        return False
    return all(
        not words[index + step].opens and part in shapes(words[index + step].form) for step, part in enumerate(tail)
    )


@cache
def phrases(topic: str, name: str) -> Phrases:
    """The list `name` of lists/<topic>.yaml. Raises KeyError or FileNotFoundError where there is none."""
    return Phrases(entries(topic)[name])


@cache
def entries(topic: str) -> dict[str, list[str]]:
    """All lists of lists/<topic>.yaml as they are written there."""
    content: dict[str, list[str]] = yaml.safe_load((FOLDER / f"{topic}.yaml").read_text(encoding="utf-8"))
    return content
