"""manage.py check_grid: is the map exact? Exit code 1 when anything differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo_reports.exclusive import Busy
from maps.grid.checking import check

MOST_NAMED = 20


class Command(BaseCommand):
    """Counts every spot and every tally afresh at one moment."""

    help = "Compare the map's counts with the reports; exit code 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was compared, or what differs and what to do."""
        try:
            found = check()
        except Busy as busy:
            raise CommandError(str(busy), returncode=2) from busy
        if found.is_exact:
            self.stdout.write(f"Exact: {found.reports:,} public reports, {found.pending:,} changes still to be folded.")
            return
        lines = [f"{found.spots:,} spots differ from their reports."] if found.spots else []
        lines += [
            f"level {level}, {name}: {n:,} tallies differ"
            for (level, name), n in list(found.tallies.items())[:MOST_NAMED]
        ]
        if len(found.tallies) > MOST_NAMED:
            lines.append(f"... and {len(found.tallies) - MOST_NAMED:,} more slices")
        raise CommandError("\n".join([*lines, "Run manage.py rebuild_grid."]), returncode=1)
