"""Write fixtures/holidays.csv from the `holidays` package; a person reviews and commits the result."""

import csv
from datetime import date
from importlib.metadata import version
from typing import Any

import holidays
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from geo_reports.models import Holiday

KINDS = {"government": Holiday.Kind.COLLECTIVE, "public": Holiday.Kind.NATIONAL}


class Command(BaseCommand):
    """Thin: the package knows the days."""

    help = "Write holidays.csv in the fixtures folder anew from the PyPI package `holidays` (Indonesia)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the first and the last year."""
        parser.add_argument("--from", dest="first", type=int, default=2014, help="first year (default: %(default)s)")
        parser.add_argument(
            "--to", dest="last", type=int, default=timezone.localdate().year + 1, help="last year (default: next year)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one row per day; a day that is both is a national holiday."""
        source = f"PyPI holidays {version('holidays')} (Indonesia)"
        years = range(options["first"], options["last"] + 1)
        rows: dict[date, tuple[str, str, str, str]] = {}
        for name, kind in KINDS.items():
            days = holidays.country_holidays("ID", years=years, categories=(name,), language="id")
            rows |= {day: (day.isoformat(), title, str(kind), source) for day, title in days.items()}
        path = settings.FIXTURES_DIR / "holidays.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("date", "name", "kind", "source"))
            writer.writerows(rows[day] for day in sorted(rows))
        self.stdout.write(f"{len(rows)} days written to {path}.")
