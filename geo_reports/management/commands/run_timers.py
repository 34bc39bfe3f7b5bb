"""Do what has to happen because time has passed, once or again and again."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from geo_reports import timers
from geo_reports.management.rounds import add_every, rounds, saying


class Command(BaseCommand):
    """Thin: `timers` does it."""

    help = "Confirm, close, remind and escalate what is due. Safe to run at any time; nothing is done twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        add_every(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each run in which something happened; a single run always says what it did."""
        say = saying(self)
        for _round in rounds(options["every"]):
            tally = asdict(timers.run())
            if any(tally.values()) or not options["every"]:
                say(", ".join(f"{count:,} {what}" for what, count in tally.items()))
