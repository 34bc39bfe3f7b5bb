"""Do what has to happen because time has passed, once or again and again."""

import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from geo_reports import timers


class Command(BaseCommand):
    """Thin: `timers` does it."""

    help = "Confirm, close, remind and escalate what is due. Safe to run at any time; nothing is done twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="run again and again, with this pause")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each run in which something happened; a single run always says what it did."""
        while True:
            tally = asdict(timers.run())
            if any(tally.values()) or not options["every"]:
                self.stdout.write(", ".join(f"{count:,} {what}" for what, count in tally.items()))
                self.stdout.flush()
            if not options["every"]:
                return
            close_old_connections()
            time.sleep(options["every"])
