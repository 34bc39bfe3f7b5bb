"""Compute the due dates of all open reports again, after targets or holidays changed."""

from typing import Any

from django.core.management.base import BaseCommand

from geo_reports import deadlines
from geo_reports.models import Report


class Command(BaseCommand):
    """Thin: `deadlines` does it."""

    help = "Compute the due dates of all open reports again. Started again after a kill, it does the same."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line per chunk."""
        total = Report.objects.open().count()
        for done in deadlines.update_open():
            self.stdout.write(f"{done:>12,} of {total:,} open reports")
