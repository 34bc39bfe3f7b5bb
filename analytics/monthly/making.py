"""One edition of a monthly report: counted, told apart from others by its numbers, and put on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import IO, Self

import numpy as np
import pandas as pd
from django.conf import settings
from django.utils.translation import get_language

from analytics.monthly.document import write
from analytics.monthly.gather import gather
from analytics.monthly.measuring import Counts, Grouped, measured
from analytics.monthly.report import Subject
from analytics.monthly.wording import words_for
from geo_reports.models import Agency
from geo_reports.paper import typeface


@dataclass(frozen=True, eq=False)
class Edition:
    """The counts of one report at one moment."""

    subject: Subject
    month: date
    at: datetime
    counts: Counts

    @classmethod
    def gathered(cls, agency: Agency | None, month: date, at: datetime) -> Self:
        """Counted in the database."""
        subject, counts = gather(agency, month, at)
        return cls(subject, month, at, counts)

    @property
    def etag(self) -> str:
        """Weak, because the time of printing does not count: the same for the same numbers in the same language."""
        digest = sha256(f"{self.subject} {self.month} {get_language()}".encode())
        for frame in _frames(self.counts):
            rows = pd.util.hash_pandas_object(frame, index=False).to_numpy()
            digest.update(np.sort(rows).tobytes())  # a GROUP BY gives its rows in any order
        return f'W/"{digest.hexdigest()[:20]}"'


def _frames(counts: Counts) -> list[pd.DataFrame]:
    grouped: list[Grouped] = [counts.categories, counts.kecamatan, *([counts.agencies] if counts.agencies else [])]
    parts = [part for group in grouped for part in (group.reports, group.clocks, group.in_time)]
    return [counts.clocks, counts.in_time, counts.flow, counts.ageing, counts.waiting, *parts]


def print_to(paper: IO[bytes], edition: Edition) -> None:
    """Write the PDF, in the language of the reader."""
    report = measured(edition.counts, edition.subject, edition.month, edition.at)
    write(report, words_for(report), paper, fonts=settings.NODE_MODULES / typeface.FOLDER)
