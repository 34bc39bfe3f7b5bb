"""manage.py fold_timings: time again what changed; with --every, for as long as the server runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from analytics.timing import folding
from analytics.timing.rebuilding import Progress, is_cheaper, rebuild
from geo_reports.exclusive import Busy
from geo_reports.management.rounds import add_every, rounds


class Command(BaseCommand):
    """Folds in batches; after a large load, or a rebuild that was killed, rebuilds instead."""

    help = "Time changed reports again and carry the difference into the sums of analytics."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        add_every(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each round in which something had changed."""
        for _round in rounds(options["every"]):
            try:
                if is_cheaper():
                    rebuild(self._tell)
            except Busy:
                continue
            if folded := folding.fold_all():
                self.stdout.write(f"{folded:,} changes folded")
                self.stdout.flush()

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done:>10,} of {progress.total:,} {progress.what}")
        self.stdout.flush()
