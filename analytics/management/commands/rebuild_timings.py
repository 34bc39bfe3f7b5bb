"""manage.py rebuild_timings: time all reports again, while the site runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.timing.rebuilding import Progress, rebuild
from geo_reports.exclusive import Busy


class Command(BaseCommand):
    """Shows each batch; killed, the next run goes on where it was."""

    help = "Time all reports afresh and sum them for analytics; readers and writers go on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or say who is at it."""
        try:
            rebuild(self._tell)
        except Busy as busy:
            raise CommandError(str(busy)) from busy

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done:>10,} of {progress.total:,} {progress.what}")
