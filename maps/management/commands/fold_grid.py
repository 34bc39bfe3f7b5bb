"""manage.py fold_grid: add what changed to the map's sums; with --every, for as long as the server runs."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from maps.grid import folding
from maps.grid.rebuilding import Progress, is_cheaper, rebuild
from maps.grid.upkeep import Busy


class Command(BaseCommand):
    """Folds in batches; after a large load, or a rebuild that was killed, rebuilds instead."""

    help = "Fold pending changes into the sums of the map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="run again and again, with this pause")

    def handle(self, *args: Any, **options: Any) -> None:
        """Once, or again and again."""
        self._round()
        while options["every"]:
            close_old_connections()
            time.sleep(options["every"])
            self._round()

    def _round(self) -> None:
        try:
            if is_cheaper():
                rebuild(self._tell)
        except Busy:
            return  # another process is at it
        while folded := folding.fold():
            self.stdout.write(f"{folded:,} changes folded")
            self.stdout.flush()

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done:>3} of {progress.total}  {progress.title}")
        self.stdout.flush()
