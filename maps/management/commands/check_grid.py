"""manage.py check_grid: is the map exact? Exit code 1 when anything differs."""

from typing import Any

from django.core.management.base import BaseCommand

from geo_reports.management.rounds import saying
from geo_reports.management.upkeep import say_whether_exact
from maps.grid.checking import check


class Command(BaseCommand):
    """Counts every spot and every tally afresh at one moment."""

    help = "Compare the map's counts with the reports; exit code 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was compared, or what differs and what to do."""
        say_whether_exact(saying(self), check, "Run manage.py rebuild_grid.")
