"""manage.py rebuild_grid: count everything again, while the site runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo_reports.exclusive import Busy
from maps.grid.rebuilding import Progress, rebuild


class Command(BaseCommand):
    """Shows each step; killed, the next run goes on where it was."""

    help = "Count spots and tallies of the map afresh from the reports; readers and writers go on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """No arguments: there is one way."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or say who is at it."""
        try:
            rebuild(self._tell)
        except Busy as busy:
            raise CommandError(str(busy)) from busy

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done:>3} of {progress.total}  {progress.title}")
