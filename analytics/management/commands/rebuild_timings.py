"""manage.py rebuild_timings: time all reports again, while the site runs."""

from typing import Any

from django.core.management.base import BaseCommand

from analytics.timing.rebuilding import rebuild
from geo_reports.management.rounds import saying
from geo_reports.management.upkeep import rebuild_now


class Command(BaseCommand):
    """Shows each batch; killed, the next run goes on where it was."""

    help = "Time all reports afresh and sum them for analytics; readers and writers go on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or say who is at it."""
        rebuild_now(saying(self), rebuild)
