"""Hints on a citizen's text for the verifikator. They suggest to a person, and never reject anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from geo_reports.wording.flags import Flag
from geo_reports.wording.hostility import hate, threats
from geo_reports.wording.insults import insults
from geo_reports.wording.personal_data import personal_data
from geo_reports.wording.persons import attacks, confidential, emergencies
from geo_reports.wording.promotion import promotion
from geo_reports.wording.reading import Reading
from geo_reports.wording.topics import campaign, incomplete, off_topic, pornography

# Which reason is named first when several are as strong: what must not wait, then what hurts most.
GRAVEST_FIRST = (emergencies, threats, hate, pornography, insults, attacks, promotion, campaign, off_topic)


@dataclass(frozen=True)
class Suggestions:
    """What a person should look at, in the order of the text."""

    flags: tuple[Flag, ...]
    likeliest: str | None
    """The reason to offer first when withholding; None where nothing speaks for withholding."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found. It may still be wrong to publish: photos, place and truth are not read."""
        return not self.flags

    @property
    def wants_confidential(self) -> bool:
        """Whether the report seems to belong on the confidential path."""
        return any(flag.kind == "confidential" for flag in self.flags)

    @property
    def withholds(self) -> tuple[Flag, ...]:
        """The flags that speak for withholding the whole report."""
        return tuple(flag for flag in self.flags if flag.kind == "withhold")

    @property
    def redactions(self) -> tuple[Flag, ...]:
        """The flags on words that could be covered while the report is shown."""
        return tuple(flag for flag in self.flags if flag.kind == "redact")


def suggest(text: str) -> Suggestions:
    """Read `text` (any Unicode, at most a few thousand characters) and say what to look at.

    Pure and deterministic; the time grows with the length of the text and no faster.
    """
    reading = Reading.of(text)
    found = list(_all(reading))
    grave = [flag for flag in found if flag.kind == "withhold"]
    strong = [flag for flag in grave if flag.strength == "strong"]
    likeliest = next((flag.reason for flag in strong + grave), None)
    return Suggestions(tuple(sorted(found, key=lambda flag: (flag.start, flag.end, flag.reason))), likeliest)


def _all(reading: Reading) -> Iterator[Flag]:
    found: list[Flag] = [flag for rule in GRAVEST_FIRST for flag in rule(reading)]
    found += confidential(reading)
    found += personal_data(reading)
    yield from found
    yield from incomplete(reading, is_flagged=bool(found))
