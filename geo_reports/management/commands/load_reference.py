"""Load the reference data of the city from the fixtures folder; running it again changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from geo_reports import deadlines
from geo_reports.reference import BrokenReference, FileOutcome, load

MOVES_DUE_DATES = ("response_targets.csv", "holidays.csv")


class Command(BaseCommand):
    """Thin: prints what `geo_reports.reference.load` did."""

    help = "Load city, areas, agencies, categories, rules, targets and holidays from the fixtures folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and what to do with rows that were edited here."""
        parser.add_argument("--folder", type=Path, default=settings.FIXTURES_DIR, help="default: %(default)s")
        parser.add_argument(
            "--overwrite", action="store_true", help="also reset rows that were edited in the administration pages"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per file, then what was left alone and why."""
        try:
            outcomes = load(options["folder"], overwrite=options["overwrite"])
        except BrokenReference as error:
            raise CommandError("\n".join([*error.problems, "Nothing was changed."])) from error
        self.stdout.write(f"{'file':<24}{'created':>9}{'updated':>9}{'unchanged':>11}{'kept':>6}")
        for outcome in outcomes:
            self.stdout.write(
                f"{outcome.file:<24}{outcome.created:>9}{outcome.updated:>9}{outcome.unchanged:>11}{len(outcome.kept):>6}"
            )
        for outcome in outcomes:
            self._explain(outcome)
        if any(outcome.file in MOVES_DUE_DATES and (outcome.created or outcome.updated) for outcome in outcomes):
            done = max(deadlines.update_open(), default=0)
            self.stdout.write(f"Due dates of {done:,} open reports computed again.")

    def _explain(self, outcome: FileOutcome) -> None:
        for key in outcome.kept:
            self.stdout.write(f"{outcome.file}: {key} was edited or removed here and is kept (--overwrite resets it).")
        for key in outcome.vanished:
            self.stdout.write(
                f"{outcome.file}: {key} is no longer in the file but still in force here; "
                "end or remove it in the administration pages."
            )
