"""Fill the city with invented reports, all marked as demo data; `remove_demo` takes them away."""

import sys
from argparse import ArgumentTypeError
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from geo_reports.days import day_start
from geo_reports.demo import load, world
from geo_reports.exclusive import Busy
from geo_reports.models import Report

INTERRUPTED = 130


def positive(text: str) -> int:
    """A whole number above zero."""
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("must be at least 1")
    return number


class Command(BaseCommand):
    """Thin: `geo_reports.demo.load` does it, this prints how far it is."""

    help = "Write invented demo reports by COPY. The same seed, number and --until give the same reports."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take size, seed and the last day."""
        parser.add_argument("--reports", type=positive, default=20_000, help="how many (default %(default)s)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed repeats the data (default %(default)s)")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="YYYY-MM-DD: the demo ends at the start of this day; default: now"
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is any report")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Mend what a killed load left behind, check that a load is wanted, load, tell."""
        try:
            self._run(options)
        except (world.NotReady, Busy) as error:
            raise CommandError(str(error)) from error

    def _run(self, options: dict[str, Any]) -> None:
        for name in load.recover():
            self.stdout.write(f"Built the index {name} again, which an interrupted load had set aside.")
        if options["if_empty"] and Report.objects.exists():
            self.stdout.write("There are reports already; no demo data added.")
            return
        if Report.objects.filter(is_demo=True).exists():
            raise CommandError("There is demo data already: run `manage.py remove_demo` first.")
        until = self._until(options["until"])
        self.stdout.write(f"Writing {options['reports']:,} demo reports of the 24 months before {until:%Y-%m-%d %H:%M}")
        try:
            load.seed(options["reports"], options["seed"], until, self._tell)
        except KeyboardInterrupt:
            self.stderr.write(
                "\nStopped. Finished chunks are kept, the unfinished one was rolled back; "
                "`manage.py remove_demo` takes them away."
            )
            sys.exit(INTERRUPTED)

    def _until(self, day: date | None) -> datetime:
        now = world.default_until()
        if day is None:
            return now
        until = day_start(day)
        if until > now:
            raise CommandError(f"--until {day} lies in the future: demo reports must not.")
        return until

    def _tell(self, progress: load.Progress) -> None:
        self.stdout.write(f"{progress.done:>10,} of {progress.total:,} reports, {progress.rate:,.0f} per second")
        if progress.done == progress.total:
            self.stdout.write("Building indexes and collecting statistics ...")
