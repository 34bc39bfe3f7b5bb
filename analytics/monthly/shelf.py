"""Monthly reports as files: written whole or not at all."""

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from analytics.monthly import periods
from analytics.monthly.making import Edition, print_to
from geo_reports.days import day_start
from geo_reports.models import Agency


def is_complete(path: Path, month: date) -> bool:
    """Whether the report is there and was written when its month was over."""
    if not path.is_file():
        return False
    written = datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
    return written >= day_start(periods.shifted(month, 1))


def write(path: Path, agency: Agency | None, month: date, at: datetime) -> None:
    """Write beside the place, then rename: whoever looks sees the old file or the new one. Raises OSError."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as paper:
        print_to(paper, Edition.gathered(agency, month, at))
    unfinished.replace(path)
