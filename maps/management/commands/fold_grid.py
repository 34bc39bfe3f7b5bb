"""manage.py fold_grid: add what changed to the map's sums; with --every, for as long as the server runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from geo_reports.exclusive import Busy
from geo_reports.management.rounds import add_every, rounds
from maps.grid import folding
from maps.grid.rebuilding import Progress, is_cheaper, rebuild


class Command(BaseCommand):
    """Folds in batches; after a large load, or a rebuild that was killed, rebuilds instead."""

    help = "Fold pending changes into the sums of the map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        add_every(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each round in which something was pending."""
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
        self.stdout.write(f"{progress.done:>3} of {progress.total}  {progress.title}")
        self.stdout.flush()
