"""Load the default boundaries that the city's reference data names, from an installed npm package."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from geo_reports import neighbours
from geo_reports.boundary_files import BoundaryFile
from geo_reports.management.boundary_command import BoundaryCommand, in_force


class Command(BoundaryCommand):
    """Thin: City.boundary_source says which package, file and fields."""

    help = "Load the kelurahan boundaries named in city.yaml from node_modules, repaired so that they tile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --if-missing, for scripts that start the server."""
        parser.add_argument("--if-missing", action="store_true", help="do nothing if boundaries are in force")
        parser.add_argument("--dry-run", action="store_true", help="check, repair and print, but change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put the default boundaries in force."""
        city = self.the_city()
        current = in_force()
        if options["if_missing"] and current:
            self.stdout.write(f"Boundaries are in force already: {current}.")
            if not neighbours.names():
                self.name_neighbours()
            return
        wanted = city.boundary_source
        if not wanted:
            raise CommandError("city.yaml names no boundary_source: use import_boundaries with a file.")
        path = Path(settings.NODE_MODULES) / wanted["package"] / wanted["path"]
        if not path.is_file():
            raise CommandError(f"{path} is missing: run ./script/setup (or npm ci) first.")
        self.put_in_force(
            BoundaryFile(path, code_field=wanted["code_field"], name_field=wanted["name_field"]),
            source=wanted["source"],
            licence=wanted["licence"],
            dry_run=options["dry_run"],
        )
