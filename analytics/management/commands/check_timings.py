"""manage.py check_timings: is analytics exact? Exit code 1 when anything differs."""

from typing import Any

from django.core.management.base import BaseCommand

from analytics.timing.checking import check
from geo_reports.management.rounds import saying
from geo_reports.management.upkeep import say_whether_exact


class Command(BaseCommand):
    """Times and sums every report afresh at one moment."""

    help = "Compare the timings of analytics with the reports; exit code 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was compared, or what differs and what to do."""
        say_whether_exact(saying(self), check, "Run manage.py rebuild_timings.")
