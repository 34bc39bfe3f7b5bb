"""How well the suggestions fit labelled sentences: counts, precision and recall. Reads no database."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from geo_reports.wording.flags import PERSONAL_DATA, REASONS
from geo_reports.wording.suggestions import Suggestions, suggest

CONFIDENTIAL = "confidential"
NOTHING = "-"
DEVELOPMENT = "dev"
# Held-out sets in the order in which they were written; each was looked at once before it changed a rule.
HELD_OUT = ("heldout", "heldout2", "heldout3")
PARTS = (DEVELOPMENT, *HELD_OUT)


@dataclass(frozen=True)
class Sentence:
    """A text and what a careful person would say of it. No label: it may be shown as it is."""

    text: str
    labels: frozenset[str]
    is_confidential: bool
    is_hard: bool
    note: str
    part: str

    @property
    def is_legitimate(self) -> bool:
        """Whether it must stay visible: words to cover, or the confidential path, are no reason to withhold."""
        return self.labels <= {PERSONAL_DATA}


@dataclass(frozen=True)
class Judged:
    """A sentence and what was suggested for it."""

    sentence: Sentence
    suggested: Suggestions

    @property
    def reasons(self) -> frozenset[str]:
        """The reasons suggested, for withholding or for covering words."""
        return frozenset(flag.reason for flag in self.suggested.flags if flag.kind != CONFIDENTIAL)

    @property
    def is_kept(self) -> bool:
        """Whether nothing was suggested, weak or strong, that would take it from sight."""
        return not self.suggested.withholds

    @property
    def is_right(self) -> bool:
        """Whether every suggestion fits and none is missing."""
        return (
            self.reasons == self.sentence.labels and self.suggested.wants_confidential == self.sentence.is_confidential
        )


@dataclass(frozen=True)
class Score:
    """Counts of one reason: rightly suggested, wrongly suggested, missed."""

    right: int
    wrong: int
    missed: int

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The share of suggestions that fit; None where there was none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of what was to be found that was; None where there was nothing to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(frozen=True)
class FirstLook:
    """What a held-out set was measured at before any rule knew it. `kept` and `right` are (count, out of)."""

    kept: tuple[int, int]
    right: tuple[int, int]
    scores: dict[str, Score]


def read_first_looks(path: Path) -> dict[str, FirstLook]:
    """Read the record of first looks, by part."""
    content: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        part: FirstLook(
            kept=tuple(look["kept"]),
            right=tuple(look["right"]),
            scores={reason: Score(**counts) for reason, counts in look["scores"].items()},
        )
        for part, look in content.items()
    }


def read_sentences(path: Path) -> tuple[Sentence, ...]:
    """Read a labelled file. Raises ValueError for an unknown label or part, KeyError for a missing column."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_sentence(row) for row in csv.DictReader(file))


def _sentence(row: dict[str, str]) -> Sentence:
    labels = frozenset(label for label in row["label"].split(";") if label)
    if labels - set(REASONS) or row["part"] not in PARTS:
        raise ValueError(f"Unknown label or part: {row}")
    return Sentence(row["text"], labels, row["confidential"] == "yes", row["hard"] == "yes", row["note"], row["part"])


def judge(sentences: Iterable[Sentence]) -> tuple[Judged, ...]:
    """Ask for suggestions on each sentence."""
    return tuple(Judged(sentence, suggest(sentence.text)) for sentence in sentences)


def scores(judged: Sequence[Judged]) -> dict[str, Score]:
    """The score of each reason, and of the confidential path."""
    found = {reason: _score(judged, partial(_is_labelled, reason), partial(_is_given, reason)) for reason in REASONS}
    found[CONFIDENTIAL] = _score(
        judged, lambda each: each.sentence.is_confidential, lambda each: each.suggested.wants_confidential
    )
    return found


def _is_labelled(reason: str, each: Judged) -> bool:
    return reason in each.sentence.labels


def _is_given(reason: str, each: Judged) -> bool:
    return reason in each.reasons


def _score(judged: Sequence[Judged], wanted: Callable[[Judged], bool], got: Callable[[Judged], bool]) -> Score:
    counts = Counter((wanted(each), got(each)) for each in judged)
    return Score(right=counts[True, True], wrong=counts[False, True], missed=counts[True, False])


def added(several: Iterable[dict[str, Score]]) -> dict[str, Score]:
    """The sums of several sets' counts by reason."""
    sums: dict[str, Score] = {}
    for one in several:
        for reason, score in one.items():
            sums[reason] = score + sums[reason] if reason in sums else score
    return sums


def kept(judged: Sequence[Judged]) -> tuple[int, int]:
    """How many legitimate sentences stay visible, and how many there are."""
    legitimate = [each for each in judged if each.sentence.is_legitimate]
    return sum(each.is_kept for each in legitimate), len(legitimate)


def confusion(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """Counts by (label, the likeliest reason to withhold); "-" for none. Several labels count once each."""
    return Counter(
        (label, each.suggested.likeliest or NOTHING)
        for each in judged
        for label in sorted(each.sentence.labels) or [NOTHING]
    )
