"""manage.py fold_grid: add what changed to the map's sums; with --every, for as long as the server runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from geo_reports.management.rounds import add_every, saying
from geo_reports.management.upkeep import keep_folded
from maps.grid import folding, rebuilding


class Command(BaseCommand):
    """Folds in batches; after a large load, or a rebuild that was killed, rebuilds instead."""

    help = "Fold pending changes into the sums of the map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        add_every(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each round in which something had changed."""
        keep_folded(
            saying(self),
            options["every"],
            fold_all=folding.fold_all,
            is_cheaper=rebuilding.is_cheaper,
            rebuild=rebuilding.rebuild,
        )
