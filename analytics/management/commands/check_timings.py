"""manage.py check_timings: is analytics exact? Exit code 1 when anything differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.timing.checking import check
from geo_reports.exclusive import Busy


class Command(BaseCommand):
    """Times and sums every report afresh at one moment."""

    help = "Compare the timings of analytics with the reports; exit code 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was compared, or what differs and what to do."""
        try:
            found = check()
        except Busy as busy:
            raise CommandError(str(busy), returncode=2) from busy
        if found.is_exact:
            self.stdout.write(f"Exact: {found.timed:,} timed rows, {found.stale:,} changes still to be folded.")
            return
        lines = [f"{found.rows:,} timed rows differ from their reports."] if found.rows else []
        lines += [f"{name}: {n:,} sums differ" for name, n in found.sums.items()]
        raise CommandError("\n".join([*lines, "Run manage.py rebuild_timings."]), returncode=1)
