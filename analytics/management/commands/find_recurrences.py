"""manage.py find_recurrences: which settled problems came back; with --every, for as long as the server runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from analytics.models import PlaceChange
from analytics.places import finding, noting
from geo_reports.management.rounds import add_every, rounds, saying


class Command(BaseCommand):
    """Works in batches, each complete in itself; killed, the next run goes on."""

    help = "Bring the places of changed reports, and what came back near settled ones, up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, and whether everything."""
        add_every(parser)
        parser.add_argument("--afresh", action="store_true", help="look at every report again")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each batch."""
        if options["afresh"]:
            noting.install()
        say = saying(self)
        for _round in rounds(options["every"]):
            for done in finding.find_all():
                say(f"{done:,} reports looked at, {PlaceChange.objects.count():,} changes to go")
