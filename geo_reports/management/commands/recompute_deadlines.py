"""Compute the due dates of all open reports again, after targets or holidays changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from geo_reports import deadlines
from geo_reports.models import Report


class Command(BaseCommand):
    """Thin: `deadlines` does it."""

    help = "Compute the due dates of all open reports again. Started again after a kill, it does the same."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--settled`: the past as well."""
        parser.add_argument(
            "--settled",
            action="store_true",
            help="also the dates by which settled reports are judged, after a past holiday or target was corrected",
        )

    def handle(self, *args: Any, settled: bool = False, **options: Any) -> None:
        """A line per chunk."""
        total = Report.objects.open().count()
        for done in deadlines.update_open():
            self.stdout.write(f"{done:>12,} of {total:,} open reports")
        if settled:
            total = Report.objects.closed().count()
            for done in deadlines.update_settled():
                self.stdout.write(f"{done:>12,} of {total:,} settled reports")
