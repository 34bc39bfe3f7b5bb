"""Remove personal data that has been kept long enough, by the dated rules; for a nightly timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils import timezone

from geo_reports.management.arguments import day
from geo_reports.models import RetentionRule
from geo_reports.privacy import retention


class Command(BaseCommand):
    """Thin: `privacy.retention` does it, this prints what went."""

    help = "Remove personal data of settled reports whose time is over. Start it again after an interruption."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, and whether it is meant."""
        parser.add_argument("--dry-run", action="store_true", help="count what would go; change nothing")
        parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="as if it were this day; default: today")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per kind. Exit code 1 without rules, or for a day to come unless it is a dry run."""
        today = timezone.localdate()
        on, is_dry = options["on"] or today, options["dry_run"]
        if on > today and not is_dry:
            raise CommandError(f"{on} is still to come: only a --dry-run may look ahead. Nothing was removed.")
        if not RetentionRule.objects.exists():
            raise CommandError("There is no retention rule: run load_reference. Nothing was removed.")
        tell = self.stdout.write if options["verbosity"] > 1 else lambda line: None
        removed = retention.apply(on, dry_run=is_dry, tell=tell)
        self.stdout.write(f"{'Would remove' if is_dry else 'Removed'}, as of {on}:")
        self.stdout.write(f"{'kind':<12}{'reports':>9}{'values':>9}{'photos':>9}")
        for each in removed:
            note = "" if each.rules else "  no rule: kept"
            self.stdout.write(f"{each.what:<12}{each.rows:>9}{each.gone.values:>9}{each.gone.photos:>9}{note}")
