"""Which places a text names: hints for the queue of reports without a location.

Knows no city: the caller hands in the names. Whole words only; a short name must be spelt exactly,
a long one may be misspelt a little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from geo_reports.wording.normalise import Word, words_of

PlaceKind = Literal["kelurahan", "kecamatan", "street"]

FILE = Path(__file__).with_name("places.yaml")

EXACT, PLAIN, AMBIGUOUS, DOUBTFUL = 1.0, 0.9, 0.8, 0.6
PER_EDIT = 0.1
# So many letters may have so many misspellings; below the first only behind the kind ("kel. parigi").
ONE_EDIT, TWO_EDITS = 9, 12
ONE_EDIT_BEHIND_KIND = 6
SHORTEST_NAME = 3
MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class PlaceName:
    """A name to look for. `key` is the caller's own (a code); names and aliases in ordinary spelling."""

    kind: PlaceKind
    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceHint:
    """A place that characters [start, end) of the text seem to name. `likeness` goes from 0 to 1."""

    kind: PlaceKind
    key: str
    name: str
    start: int
    end: int
    likeness: float


@dataclass(frozen=True)
class Gazetteer:
    """All names to look for. Keep one and use it for many texts: it builds its index once."""

    names: tuple[PlaceName, ...]

    @cached_property
    def index(self) -> dict[str, tuple[PlaceName, ...]]:
        """The names by their spelling without spaces."""
        found: dict[str, list[PlaceName]] = {}
        for name in self.names:
            for spelling in dict.fromkeys(_spelt(each, name.kind) for each in (name.name, *name.aliases)):
                if len(spelling) >= SHORTEST_NAME:
                    found.setdefault(spelling, []).append(name)
        return {spelling: tuple(names) for spelling, names in found.items()}

    @cached_property
    def spellings(self) -> dict[tuple[str, int], tuple[str, ...]]:
        """The spellings by first letter and length: those that a misspelling is compared with."""
        found: dict[tuple[str, int], list[str]] = {}
        for spelling in self.index:
            found.setdefault((spelling[0], len(spelling)), []).append(spelling)
        return {key: tuple(spellings) for key, spellings in found.items()}

    @cached_property
    def looked_up(self) -> dict[tuple[str, int], tuple[tuple[PlaceName, ...], int]]:
        """What was compared already: the same words come again and again."""
        return {}

    @cached_property
    def longest(self) -> int:
        """The most words that a name has, with room for one written in two."""
        spelt = (each for name in self.names for each in (name.name, *name.aliases))
        return max((len(each.split()) for each in spelt), default=0) + 1


@cache
def _table() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def place_hints(text: str, gazetteer: Gazetteer, *, most: int = 8) -> tuple[PlaceHint, ...]:
    """The places that `text` seems to name, likeliest first, then in the order of the text."""
    best: dict[tuple[str, str], PlaceHint] = {}
    for hint in _without_parts(list(_candidates(text, gazetteer))):
        key = (hint.kind, hint.key)
        if key not in best or hint.likeness > best[key].likeness:
            best[key] = hint
    ranked = sorted(best.values(), key=lambda hint: (-hint.likeness, hint.start, -hint.end, hint.kind, hint.key))
    return tuple(ranked[:most])


def _spelt(name: str, kind: PlaceKind) -> str:
    return _joined(_forms(name, words_of(name)), kind)


def _forms(text: str, words: Sequence[Word]) -> tuple[str, ...]:
    short = _table()["short"]
    return tuple(short.get(text[word.start : word.end].lower(), word.form) for word in words)


def _joined(forms: Sequence[str], kind: PlaceKind) -> str:
    if kind == "street":
        left_out = {*_table()["fillers"], *_table()["street"]}
        forms = [form for form in forms if form not in left_out and (len(form) > 1 or form.isdigit())]
    return "".join(forms)


def _candidates(text: str, gazetteer: Gazetteer) -> Iterator[PlaceHint]:
    words = words_of(text)
    forms = _forms(text, words)
    for first in range(len(words)):
        for last in range(first + 1, min(first + gazetteer.longest, len(words)) + 1):
            if last - first > 1 and words[last - 1].opens:
                break
            yield from _named(text, (words, forms), (first, last), gazetteer)


def _named(
    text: str, reading: tuple[Sequence[Word], Sequence[str]], place: tuple[int, int], gazetteer: Gazetteer
) -> Iterator[PlaceHint]:
    words, forms = reading
    first, last = place
    before = "" if first == 0 or words[first].opens else forms[first - 1]
    for kinds, kind in ((("kelurahan", "kecamatan"), "kelurahan"), (("street",), "street")):
        spelling = _joined(forms[first:last], kind)  # type: ignore[arg-type]
        if len(spelling) < SHORTEST_NAME or (kind == "street" and forms[first] in _table()["street"]):
            continue
        names, edits = _looked_up(spelling, gazetteer, is_behind_kind=_kind_of(before) is not None)
        likely = [name for name in names if name.kind in kinds]
        stands_out = first > 0 and not words[first].opens and text[words[first].start].isupper()
        for name in likely:
            likeness = _likeness(name, before, _is_everyday(forms[first:last]), stands_out=stands_out, others=likely)
            if likeness > 0:
                yield PlaceHint(
                    name.kind, name.key, name.name, words[first].start, words[last - 1].end, likeness - PER_EDIT * edits
                )


def _kind_of(before: str) -> str | None:
    return next((kind for kind in ("kelurahan", "kecamatan", "street") if before in _table()[kind]), None)


def _is_everyday(forms: Sequence[str]) -> bool:
    return " ".join(forms) in _table()["everyday"]


def _likeness(
    name: PlaceName, before: str, is_everyday: bool, *, stands_out: bool, others: Sequence[PlaceName]
) -> float:
    """How likely the name is meant, its spelling apart; 0 where it is not."""
    kind = _kind_of(before)
    if kind == name.kind:
        return EXACT
    if kind is not None:
        # "Jl. Mawar" is not the kelurahan Mawar, though it may lead there.
        return DOUBTFUL if kind == "street" and not is_everyday else 0
    if is_everyday and not stands_out:
        return 0
    if name.kind == "street":
        return DOUBTFUL if stands_out or before in _table()["any"] else 0
    if name.kind == "kelurahan" and any(other.kind == "kecamatan" for other in others):
        return AMBIGUOUS - PER_EDIT
    return AMBIGUOUS if is_everyday or len(others) > 1 else PLAIN


def _looked_up(spelling: str, gazetteer: Gazetteer, *, is_behind_kind: bool) -> tuple[tuple[PlaceName, ...], int]:
    """The names of this spelling, or of the nearest one allowed, and how many letters differ."""
    if spelling in gazetteer.index:
        return gazetteer.index[spelling], 0
    least = ONE_EDIT_BEHIND_KIND if is_behind_kind else ONE_EDIT
    most = 0 if len(spelling) < least else 1 if len(spelling) < TWO_EDITS else 2
    if (spelling, most) not in gazetteer.looked_up:
        if len(gazetteer.looked_up) >= MOST_REMEMBERED:
            gazetteer.looked_up.clear()
        gazetteer.looked_up[spelling, most] = _nearest(spelling, gazetteer, most)
    return gazetteer.looked_up[spelling, most]


def _nearest(spelling: str, gazetteer: Gazetteer, most: int) -> tuple[tuple[PlaceName, ...], int]:
    nearest: tuple[int, str] | None = None
    for length in range(len(spelling) - most, len(spelling) + most + 1):
        for other in gazetteer.spellings.get((spelling[0], length), ()):
            differing = edits(spelling, other, most)
            if differing <= most and (nearest is None or (differing, other) < nearest):
                nearest = (differing, other)
    return (gazetteer.index[nearest[1]], nearest[0]) if nearest and most else ((), 0)


def edits(one: str, other: str, most: int = 99) -> int:
    """How many letters to insert, delete, replace or swap with their neighbour (optimal string alignment).

    Stops counting above `most` and returns some number above it.
    """
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return last[-1]


def _without_parts(hints: list[PlaceHint]) -> list[PlaceHint]:
    """Without those that lie within a longer name: "Ciputat" in "Ciputat Timur"."""
    widest: list[PlaceHint] = []
    reach = -1
    for hint in sorted(hints, key=lambda hint: (hint.start, -hint.end)):
        same = bool(widest) and (hint.start, hint.end) == (widest[-1].start, widest[-1].end)
        if hint.end > reach or same:
            widest.append(hint)
        reach = max(reach, hint.end)
    return widest
