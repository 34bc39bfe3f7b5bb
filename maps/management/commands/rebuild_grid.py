"""manage.py rebuild_grid: count everything again, while the site runs."""

from typing import Any

from django.core.management.base import BaseCommand

from geo_reports.management.rounds import saying
from geo_reports.management.upkeep import rebuild_now
from maps.grid.rebuilding import rebuild


class Command(BaseCommand):
    """Shows each step; killed, the next run goes on where it was."""

    help = "Count spots and tallies of the map afresh from the reports; readers and writers go on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or say who is at it."""
        rebuild_now(saying(self), rebuild)
