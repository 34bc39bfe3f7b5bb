"""What the word rules suggest about reports, as the desk shows it. It is a person who decides."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo_reports.models import Report
from geo_reports.wording.flags import Flag
from geo_reports.wording.suggestions import Suggestions, suggest


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: plain, or with the flags that lie on it."""

    words: str
    flags: tuple[Flag, ...] = ()

    @property
    def kind(self) -> str:
        """The gravest kind of flag on it, for its look."""
        kinds = {flag.kind for flag in self.flags}
        return next((kind for kind in ("withhold", "confidential", "redact") if kind in kinds), "")


def hints(reports: Iterable[Report]) -> dict[int, Suggestions]:
    """What was found in the texts of these reports, by primary key; clean ones are left out. No queries."""
    found = {report.pk: suggest(report.text) for report in reports}
    return {pk: each for pk, each in found.items() if not each.is_clean}


def marked(text: str, flags: Sequence[Flag]) -> list[Piece]:
    """The text in pieces, cut where a flag begins or ends."""
    cuts = sorted({0, len(text)} | {place for flag in flags for place in (flag.start, flag.end)})
    return [
        Piece(text[start:end], tuple(flag for flag in flags if flag.start <= start and end <= flag.end))
        for start, end in itertools.pairwise(cuts)
    ]
