"""manage.py monthly_report: the monthly report of the city, of one SKPD or of all, as PDF files."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from analytics.monthly import asking, shelf
from geo_reports.exclusive import Busy, alone
from geo_reports.models import Agency, Report


class Command(BaseCommand):
    """Shows each file; killed, the next run leaves alone what is complete."""

    help = "Write monthly reports as PDF: of the city, or of SKPD. Files that are complete are skipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, when and where to."""
        parser.add_argument("--month", default="", metavar="YYYY-MM", help="default: the last complete month")
        whom = parser.add_mutually_exclusive_group()
        whom.add_argument("--skpd", default="", metavar="SLUG", help="one SKPD; default: the city")
        whom.add_argument("--all", action="store_true", help="the city and every SKPD that has or had a public report")
        parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="default: the current folder")
        parser.add_argument("--again", action="store_true", help="write also what is already there")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each file."""
        try:
            month = asking.month_asked(options["month"], timezone.now())
            wanted = [None, *_with_reports()] if options["all"] else [asking.agency_asked(options["skpd"])]
            options["to"].mkdir(parents=True, exist_ok=True)
            with alone("monthly_report", "Another monthly_report is at work: wait for it."):
                self._write(month, wanted, options["to"], is_again=options["again"])
        except (asking.Impossible, Busy, OSError) as error:
            raise CommandError(str(error)) from error

    def _write(self, month: date, wanted: list[Agency | None], folder: Path, *, is_again: bool) -> None:
        for number, agency in enumerate(wanted, start=1):
            path = folder / asking.file_name(agency, month)
            is_there = not is_again and shelf.is_complete(path, month)
            if not is_there:
                shelf.write(path, agency, month, timezone.now())
            self.stdout.write(f"{number:>3} of {len(wanted)}  {path}{'  (already there)' if is_there else ''}")
            self.stdout.flush()


def _with_reports() -> QuerySet[Agency]:
    """Agencies that have or had a report that the public may know of."""
    return Agency.objects.filter(pk__in=Report.objects.public().values("assignments__agency"))
