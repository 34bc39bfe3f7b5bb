"""What invented citizens write: a sentence per problem, spoken formally, plainly, like SMS or in Betawi.

Pure; the word lists come from phrases.yaml. Names no real person, street or institution.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo_reports.demo.chance import dice, happens
from geo_reports.demo.phrases import Phrases, Problem, Theme

WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")
# How many of the words that could be shortened really are.
SMS_EAGERNESS = 0.7


class Register(StrEnum):
    """How somebody writes."""

    FORMAL = "formal"
    PLAIN = "plain"
    CHAT = "chat"
    BETAWI = "betawi"


REGISTERS, REGISTER_WEIGHTS = tuple(Register), (24, 76, 94, 100)


@dataclass(frozen=True)
class Corner:
    """What one invented street looks like to the people who live there."""

    street: str
    landmark: str
    crossing: str
    rw: int

    def words(self, rt: int, theme: Theme) -> dict[str, str]:
        """The slots of place phrases for a house in this RT, beside a landmark that suits the theme."""
        fitting = theme.landmarks
        landmark = self.landmark if self.landmark in fitting else fitting[self.rw % len(fitting)]
        return {
            "street": self.street,
            "Street": self.street[0].upper() + self.street[1:],
            "landmark": landmark,
            "crossing": self.crossing,
            "rtrw": f"RT {rt:02}/RW {self.rw:02}",
        }


def corners(phrases: Phrases, seed: int, count: int) -> list[Corner]:
    """One description per street, the same for every report on it."""
    rng = dice(seed, "corners")
    return [
        Corner(
            rng.choice(phrases.streets),
            rng.choice(phrases.landmarks),
            rng.choice(phrases.crossings),
            rng.randint(1, 15),
        )
        for _number in range(count)
    ]


def register(rng: random.Random, *, by_sms: bool) -> Register:
    """How this person writes; who sends an SMS writes like one."""
    if by_sms:
        return Register.CHAT
    return rng.choices(REGISTERS, cum_weights=REGISTER_WEIGHTS)[0]


def describe(
    rng: random.Random, phrases: Phrases, problem: Problem, words: dict[str, str], how: Register, hour: int, kind: str
) -> str:
    """The text of a report of this kind written at this hour of the day."""
    parts = [_fill(rng, phrases, problem.text, words)]
    if problem.effects and happens(rng, 0.5):
        parts.append(_fill(rng, phrases, rng.choice(problem.effects), words))
    if kind in phrases.kinds:
        parts.append(rng.choice(phrases.kinds[kind]))
    elif happens(rng, 0.75):
        parts.append(rng.choice(phrases.asks[how]))
    if how is Register.PLAIN:
        return " ".join(parts)
    if happens(rng, 0.65):
        parts = _opened(_greeting(phrases, rng.choice(phrases.openings[how]), hour), parts)
    text = " ".join(parts)
    if how is Register.CHAT:
        return _typed_fast(rng, phrases, text)
    return _replaced(rng, text, phrases.betawi, 1.0) if how is Register.BETAWI else text


def address(rng: random.Random, phrases: Phrases, words: dict[str, str]) -> str:
    """A way to find the place, as people write it; empty when the writer left it out."""
    return rng.choice(phrases.addresses).format(**words) if happens(rng, 0.8) else ""


def reporter(rng: random.Random, phrases: Phrases, corner: Corner, rt: int) -> str:
    """A name that names nobody."""
    return rng.choice(phrases.reporters).format(rt=f"{rt:02}", rw=f"{corner.rw:02}")


def _fill(rng: random.Random, phrases: Phrases, template: str, words: dict[str, str]) -> str:
    if "{" not in template:
        return template
    return template.format(
        di=rng.choice(phrases.wheres if happens(rng, 0.5) else phrases.spots).format(**words),
        titik=rng.choice(phrases.spots).format(**words),
        sudah=rng.choice(phrases.durations),
        sejak=rng.choice(phrases.sinces),
        kapan=rng.choice(phrases.often),
        baru=rng.choice(phrases.recents),
        rt=words["rtrw"],
        malam=rng.choice(phrases.nights),
        pagi=rng.choice(phrases.mornings),
        n=rng.choice(phrases.numbers),
    )


def _greeting(phrases: Phrases, opening: str, hour: int) -> str:
    return opening.format(waktu=phrases.greetings[max(start for start in phrases.greetings if start <= hour)])


def _opened(opening: str, parts: list[str]) -> list[str]:
    """After a comma the sentence goes on in lower case, unless it begins with an abbreviation."""
    first = parts[0]
    if opening.endswith(",") and not first[:2].isupper():
        first = first[0].lower() + first[1:]
    return [opening, first, *parts[1:]]


def _typed_fast(rng: random.Random, phrases: Phrases, text: str) -> str:
    short = _replaced(rng, text, phrases.sms, SMS_EAGERNESS)
    if happens(rng, 0.5):
        short = short.lower()
    return short.rstrip(".") if happens(rng, 0.5) else short


def _replaced(rng: random.Random, text: str, words: Mapping[str, str], share: float) -> str:
    """Swap whole words, keeping a capital at the beginning."""

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        other = words.get(word.lower())
        if other is None or not happens(rng, share):
            return word
        return other[0].upper() + other[1:] if word[0].isupper() else other

    return WORD.sub(swap, text)
