"""A text as the rules see it: its plain words with disguises removed, its clauses, and who is named."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from django.utils.functional import Promise

from geo_reports.wording.evasion import Vocabulary, reveal
from geo_reports.wording.flags import Flag, Kind, Strength
from geo_reports.wording.folding import Folded, fold
from geo_reports.wording.lexicon import phrases
from geo_reports.wording.normalise import Word, words_in

REVEALED = (
    ("insults", "profane"),
    ("insults", "mild"),
    ("insults", "insult"),
    ("insults", "animals"),
    ("hate", "slurs"),
    ("hate", "groups"),
    ("promotion", "offers"),
    ("persons", "extortion"),
    ("persons", "corruption"),
    ("topics", "pornography"),
)
SHORTEST_NAME = 3


@cache
def vocabulary() -> Vocabulary:
    """The words that people disguise."""
    return Vocabulary.of(frozenset().union(*(phrases(*name).single_words() for name in REVEALED)))


@dataclass(frozen=True)
class Reading:
    """One text. Indices below are those of `words`."""

    text: str
    folded: Folded
    words: tuple[Word, ...]

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Read `text`."""
        folded = fold(text)
        return cls(text, folded, reveal(folded, words_in(folded, text), vocabulary()))

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """For each word the number of its clause: what stands between punctuation marks."""
        numbers, number = [], 0
        for word in self.words:
            number += word.opens
            numbers.append(number)
        return tuple(numbers)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The plain words alone."""
        return tuple(word.form for word in self.words)

    @cached_property
    def _found(self) -> dict[tuple[str, str], tuple[list[tuple[int, int]], frozenset[int]]]:
        """What was looked for already: a rule asks again at each of its places."""
        return {}

    def find(self, topic: str, name: str) -> list[tuple[int, int]]:
        """Where phrases of a list stand, as [first, last)."""
        return self._look(topic, name)[0]

    def covered(self, topic: str, name: str) -> frozenset[int]:
        """The words that belong to a phrase of a list."""
        return self._look(topic, name)[1]

    def _look(self, topic: str, name: str) -> tuple[list[tuple[int, int]], frozenset[int]]:
        if (topic, name) not in self._found:
            places = list(phrases(topic, name).find(self.words))
            self._found[topic, name] = places, frozenset(index for place in places for index in range(*place))
        return self._found[topic, name]

    def has(self, topic: str, name: str) -> bool:
        """Whether a phrase of a list stands anywhere."""
        return bool(self.find(topic, name))

    def near(
        self, place: tuple[int, int], wanted: AbstractSet[int], *, before: int, after: int, anywhere: bool = False
    ) -> bool:
        """Whether one of the words `wanted` stands so many words before or behind `place`.

        In its clause only, unless `anywhere`.
        """
        first, last = place
        beside = chain(range(max(0, first - before), first), range(last, min(last + after, len(self.words))))
        return any(index in wanted and (anywhere or self.clauses[index] == self.clauses[first]) for index in beside)

    def before(self, index: int) -> str:
        """The word before in the same clause, or ""."""
        return "" if index == 0 or self.words[index].opens else self.words[index - 1].form

    def behind(self, last: int) -> str:
        """The word behind [.., last) in the same clause, or ""."""
        return "" if last >= len(self.words) or self.words[last].opens else self.words[last].form

    @cached_property
    def names(self) -> frozenset[int]:
        """Words that are the name of a person: behind a title, with a capital where the text has any."""
        offices = self.covered("people", "offices")
        known = self.covered("topics", "civic") | self.covered("topics", "empty") | offices
        found = set()
        for first, last in self.find("people", "titles"):
            if last >= len(self.words) or self.words[last].opens or last in known or first in offices:
                continue
            word = self.words[last]
            written = self.text[word.start : word.end]
            if len(word.form) >= SHORTEST_NAME and word.form.isalpha() and (written[0].isupper() or self._is_small):
                found.add(last)
        return frozenset(found)

    @cached_property
    def named(self) -> frozenset[int]:
        """Words that stand for a person or a body other than the reader: an office, a name."""
        return self.covered("people", "offices") | self.names

    @cached_property
    def targets(self) -> frozenset[int]:
        """Words that something can be aimed at: you, an office, a name."""
        return self.covered("people", "second") | self.named

    @cached_property
    def _is_small(self) -> bool:
        return not any(character.isupper() for character in self.text)

    def flag(self, place: tuple[int, int], reason: str, kind: Kind, strength: Strength, why: "str | Promise") -> Flag:
        """A flag on the words [first, last)."""
        start, end = self.words[place[0]].start, max(word.end for word in self.words[place[0] : place[1]])
        return Flag(reason, kind, start, end, self.text[start:end], strength, why)
