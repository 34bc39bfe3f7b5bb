"""manage.py count_reporters: how many people report from each area; with --every, for as long as the server runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from analytics.reporters import count_reporters
from geo_reports.management.rounds import add_every, rounds, saying


class Command(BaseCommand):
    """Counts everything anew in one transaction; killed, the counts of before remain."""

    help = "Count the different contacts of each kecamatan and kelurahan in the last twelve months."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        add_every(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each time."""
        say = saying(self)
        for _round in rounds(options["every"]):
            counted = count_reporters(timezone.now())
            said = "Somebody else is counting" if counted is None else f"{counted:,} areas with enough people"
            say(said)
