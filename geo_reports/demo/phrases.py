"""The word lists of phrases.yaml as typed, immutable values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("phrases.yaml")
FALLBACK = "other"

Lines = tuple[str, ...]


@dataclass(frozen=True)
class HandOver:
    """To whom a report from such a street (any, when none is named) may be passed on, and why.

    `to` is the slug of an agency or a kind of agency.
    """

    to: str
    streets: Lines
    reason: str


@dataclass(frozen=True)
class Problem:
    """What somebody saw, and what may follow from it: only what fits its words and its manner."""

    text: str
    effects: Lines
    answers: Lines
    results: Lines
    hand_overs: tuple[HandOver, ...]
    notes: Mapping[str, Lines]


@dataclass(frozen=True)
class Theme:
    """What people report in one kind of category, when, where, and how it is answered.

    `weight` is a share of all reports, `wet` and `rain` are factors of the season and of a rainy
    day, `hours` names a profile of the day, `hot` is the share at hot spots, `fix` a factor on
    the days until completion; `landmarks` are those that read well beside the problems.
    """

    name: str
    weight: float
    wet: float
    rain: float
    hours: str
    hot: float
    fix: float
    problems: tuple[Problem, ...]
    landmarks: Lines


@dataclass(frozen=True)
class Phrases:
    """All word lists; a mapping of lists is keyed as in the file."""

    themes: Mapping[str, Theme]
    hours: Mapping[str, tuple[int, ...]]
    streets: Lines
    landmarks: Lines
    crossings: Lines
    wheres: Lines
    spots: Lines
    addresses: Lines
    durations: Lines
    sinces: Lines
    often: Lines
    recents: Lines
    nights: Lines
    mornings: Lines
    greetings: Mapping[int, str]
    numbers: Lines
    openings: Mapping[str, Lines]
    asks: Mapping[str, Lines]
    sms: Mapping[str, str]
    betawi: Mapping[str, str]
    kinds: Mapping[str, Lines]
    appeals: Lines
    upheld: Lines
    overturned: Lines
    pleas: Lines
    plea_declined: Lines
    notes: Mapping[str, Lines]
    reporters: Lines
    withheld: Mapping[str, Lines]

    def theme_of(self, icon: str) -> Theme:
        """The theme of a category by its icon; the fallback for an unknown one."""
        return self.themes.get(icon, self.themes[FALLBACK])


@cache
def load() -> Phrases:
    """Read the file once. Raises KeyError or TypeError when a list is missing."""
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    themes = {name: _theme(name, values, data) for name, values in data["themes"].items()}
    rest = _frozen({field.name: data[field.name] for field in fields(Phrases) if field.name != "themes"})
    return Phrases(themes=themes, **rest)


def _theme(name: str, values: dict[str, Any], data: dict[str, Any]) -> Theme:
    lists = {key: values.pop(key) for key in ("effects", "answers", "results", "hand_overs")}
    manner, away_from = f"#{values.pop('manner')} ", values.pop("away_from", [])
    problems = tuple(_problem(text, manner, lists, data["notes"]) for text in values.pop("problems"))
    landmarks = tuple(spot for spot in data["landmarks"] if not any(word in spot for word in away_from))
    return Theme(name=name, problems=problems, landmarks=landmarks, **values)


def _problem(text: str, manner: str, lists: dict[str, list[str]], notes: dict[str, list[str]]) -> Problem:
    context = (manner + text).lower()
    return Problem(
        text=text,
        effects=_fitting(context, lists["effects"]),
        answers=_fitting(context, lists["answers"]),
        results=_fitting(context, lists["results"]),
        hand_overs=tuple(_hand_overs(context, lists["hand_overs"])),
        notes={kind: _fitting(context, lines) for kind, lines in notes.items()},
    )


def _fitting(context: str, lines: list[str]) -> Lines:
    """The sentences without a condition, and those of which a word occurs in the context."""
    split = (line.rpartition(" > ") for line in lines)
    return tuple(sentence for words, _found, sentence in split if _fits(context, words))


def _hand_overs(context: str, lines: list[str]) -> Iterator[HandOver]:
    for line in lines:
        head, _found, reason = line.rpartition(" > ")
        to, _found, conditions = head.partition(" | ")
        words = [word.strip() for word in conditions.split(",")]
        streets = tuple(word[1:] for word in words if word.startswith("@"))
        if _fits(context, ",".join(word for word in words if not word.startswith("@"))):
            yield HandOver(to, streets, reason)


def _fits(context: str, words: str) -> bool:
    """Whether one of the words, separated by commas, occurs; no words always fit."""
    return not words or any(word.strip().lower() in context for word in words.split(","))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(value) if isinstance(value, list) else value
