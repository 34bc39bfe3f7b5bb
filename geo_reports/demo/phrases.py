"""The word lists of phrases.yaml as typed, immutable values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("phrases.yaml")
FALLBACK = "other"

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """What somebody saw, and what may follow from it."""

    text: str
    effects: Lines


@dataclass(frozen=True)
class Theme:
    """What people report in one kind of category, when, where, and how it is answered.

    `weight` is a share of all reports, `wet` and `rain` are factors of the season and of a rainy
    day, `hours` names a profile of the day, `hot` is the share at hot spots, `fix` a factor on
    the days until completion.
    """

    name: str
    weight: float
    wet: float
    rain: float
    hours: str
    hot: float
    fix: float
    problems: tuple[Problem, ...]
    answers: Lines
    results: Lines


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
    numbers: Lines
    openings: Mapping[str, Lines]
    asks: Mapping[str, Lines]
    sms: Mapping[str, str]
    betawi: Mapping[str, str]
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
    themes = {name: _theme(name, values) for name, values in data["themes"].items()}
    rest = _frozen({field.name: data[field.name] for field in fields(Phrases) if field.name != "themes"})
    return Phrases(themes=themes, **rest)


def _theme(name: str, values: dict[str, Any]) -> Theme:
    effects: list[str] = values.pop("effects")
    problems = tuple(Problem(text, _following(text, effects)) for text in values.pop("problems"))
    return Theme(name=name, problems=problems, **_frozen(values))


def _following(problem: str, effects: list[str]) -> Lines:
    """The effects without a condition, and those of which a word occurs in the problem."""
    fitting = []
    for effect in effects:
        condition, found, sentence = effect.rpartition(" > ")
        words = [word.strip().lower() for word in condition.split(",")]
        if not found or any(word in problem.lower() for word in words):
            fitting.append(sentence)
    return tuple(fitting)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(value) if isinstance(value, list) else value
