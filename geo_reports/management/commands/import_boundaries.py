"""Replace the boundaries by those of a file that GDAL reads; the old version is kept."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from geo_reports.boundary_files import BoundaryFile
from geo_reports.management.boundary_command import MAX_GAP_M, BoundaryCommand, add_file_arguments


class Command(BoundaryCommand):
    """Thin: the steps are those of load_boundaries."""

    help = "Put the kelurahan polygons of a file in force: any format of GDAL, any coordinate system."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--level", required=True, help="kelurahan: kecamatan are made of them")
        parser.add_argument("--code-field", required=True, help="field with the Kemendagri or BPS code")
        parser.add_argument("--name-field", required=True)
        parser.add_argument("--source", help="who made the data, and when (default: the file's name)")
        parser.add_argument("--licence", default="", help="under which licence it may be shown")
        parser.add_argument("--official", action="store_true", help="pages stop calling the boundaries indicative")
        parser.add_argument("--dry-run", action="store_true", help="check, repair and print, but change nothing")
        parser.add_argument("--mend-rings", action="store_true", help="mend rings that cross themselves")
        parser.add_argument(
            "--max-gap", type=float, default=MAX_GAP_M, metavar="M", help="widest gap to close, in metres (%(default)s)"
        )
        add_file_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Put the file's boundaries in force, or print everything that is wrong."""
        if options["level"] != "kelurahan":
            raise CommandError(
                f"--level {options['level']} is not possible: import kelurahan, whose unions become the kecamatan."
            )
        file = BoundaryFile(
            options["file"],
            code_field=options["code_field"],
            name_field=options["name_field"],
            layer=options["layer"],
            srid=options["srid"],
            mend_rings=options["mend_rings"],
        )
        self.put_in_force(
            file,
            source=options["source"] or file.path.name,
            licence=options["licence"],
            is_indicative=not options["official"],
            max_gap_m=options["max_gap"],
            dry_run=options["dry_run"],
        )
