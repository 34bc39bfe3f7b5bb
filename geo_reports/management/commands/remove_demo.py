"""Take all demo data away: reports, pictures, accounts; real rows stay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from geo_reports.demo import removal
from geo_reports.exclusive import Busy


class Command(BaseCommand):
    """Thin: `geo_reports.demo.removal` does it, this prints how far it is."""

    help = "Remove all demo reports with everything that hangs on them, the demo pictures and the demo accounts."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Remove and say what is gone."""
        try:
            removed = removal.remove(lambda gone: self.stdout.write(f"{gone:>10,} reports removed"))
        except Busy as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Removed {removed.reports:,} demo reports, {removed.files} picture files, {removed.accounts} accounts."
        )
