"""Measure the suggestions to the verifikator on the labelled sentences, and write docs/moderation.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo_reports.management.wording_document import moderation_document
from geo_reports.wording.measuring import Judged, judge, kept, read_first_looks, read_sentences, scores

FOLDER = Path("tests/geo_reports/wording")
DOCUMENT = Path("docs/moderation.md")


class Command(BaseCommand):
    """Thin: reads the sentences, asks `wording.measuring`, prints and writes."""

    help = "Print precision and recall of the suggestions on the labelled sentences; write docs/moderation.md."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take other places for the sentences and the document."""
        parser.add_argument("--sentences", type=Path, default=settings.BASE_DIR / FOLDER, metavar="FOLDER")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / DOCUMENT, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table and write the document."""
        try:
            judged = judge(read_sentences(options["sentences"] / "sentences.csv"))
            first = read_first_looks(options["sentences"] / "first_looks.yaml")
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"The labelled sentences cannot be read: {error}") from error
        self._print(judged)
        options["output"].write_text(moderation_document(judged, first), encoding="utf-8")
        self.stdout.write(f"Written: {options['output']}")

    def _print(self, judged: tuple[Judged, ...]) -> None:
        stayed, legitimate = kept(judged)
        self.stdout.write(f"{len(judged)} sentences; legitimate kept visible: {stayed} of {legitimate}")
        self.stdout.write(f"{'reason':16} {'right':>6} {'wrong':>6} {'missed':>7}")
        for reason, score in scores(judged).items():
            self.stdout.write(f"{reason:16} {score.right:6} {score.wrong:6} {score.missed:7}")
