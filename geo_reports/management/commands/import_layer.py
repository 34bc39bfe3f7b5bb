"""Import roads, estates or assets with their owners into the draft of the routing rules."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from geo_reports.layer_files import LayerFile, ReadLayer, read_layer
from geo_reports.layer_items import Facts
from geo_reports.layers import Plan, carry_out, make_plan
from geo_reports.management.arguments import day
from geo_reports.management.boundary_command import FileCommand, add_file_arguments, table
from geo_reports.models import RoutingFeature


class Command(FileCommand):
    """Thin: reads by `layer_files`, writes by `layers`, tells both."""

    help = (
        "Put the features of a file into the draft of the routing rules: any format of GDAL, any coordinate system. "
        "Nothing is imported if anything is wrong, and nothing is in force before the draft is published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what its fields mean, and what is true of all of it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=RoutingFeature.Kind.values)
        parser.add_argument("--name-field", required=True)
        owner = parser.add_mutually_exclusive_group(required=True)
        owner.add_argument("--owner-field", help="field with the owner: slug, short name, name or former name")
        owner.add_argument("--owner", help="the owner of everything in the file")
        parser.add_argument("--alias-field", help="field with other names, separated by ;")
        parser.add_argument("--class-field", help="field with the class of a road: nasional, provinsi, kota, ...")
        parser.add_argument("--reach-field", help="field with the reach in metres")
        parser.add_argument("--reach", type=float, metavar="M", help="how far from the shape it still counts")
        parser.add_argument("--categories", type=_list, metavar="A,B", help="categories for which it counts")
        parser.add_argument("--reason-template", metavar="TEXT", help="with {name}, {owner}, {class}")
        parser.add_argument("--source", help="who made the data, and when (default: the file's name)")
        parser.add_argument("--as-of", type=day, metavar="DATE", help="the day whose state the data show")
        parser.add_argument("--confidence", choices=RoutingFeature.Confidence.values)
        parser.add_argument("--valid-from", type=day, metavar="DATE")
        parser.add_argument("--valid-to", type=day, metavar="DATE", help="the first day on which it no longer holds")
        parser.add_argument("--skip-outside", action="store_true", help="leave out what lies outside the city")
        parser.add_argument(
            "--replace", action="store_true", help="take away what the same --source brought before and holds no more"
        )
        parser.add_argument("--dry-run", action="store_true", help="check and print, but change nothing")
        add_file_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file, or print everything that is wrong with it."""
        kind, path = options["kind"], options["file"]
        fields = ("name_field", "owner_field", "owner", "alias_field", "class_field", "reach_field", "layer", "srid")
        file = LayerFile(path, kind, **{name: options[name] for name in fields}, skip_outside=options["skip_outside"])
        facts = Facts(
            source=options["source"] or path.name,
            reach_m=options["reach"],
            **{
                name: options[name]
                for name in ("categories", "reason_template", "as_of", "confidence", "valid_from", "valid_to")
            },
        )
        self.stdout.write(f"Reading {path} ...")
        read = read_layer(file, facts, self.the_city())
        with transaction.atomic():
            plan = make_plan(read.items, facts, kind, replace=options["replace"])
            self._tell(read, plan)
            if not options["dry_run"]:
                carry_out(plan)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
            return
        if not (plan.changes or plan.outdated):
            self.stdout.write("The draft says all of it already.")
            return
        self.stdout.write(
            "The draft has changed; the rules in force have not. "
            f"Next: preview and publish the draft at {reverse('desk:rules')}."
        )

    def _tell(self, read: ReadLayer, plan: Plan) -> None:
        """Print what will happen; raises CommandError if anything is wrong."""
        if read.warnings or plan.warnings:
            self.stdout.write(f"To know (only warnings):\n{table(read.warnings + plan.warnings)}")
        problems = read.problems + plan.problems
        if problems:
            raise CommandError(f"{table(problems)}\nProblems: {len(problems)}; nothing was changed.")
        new = sum(change.is_new for change in plan.changes)
        shaped = sum(change.gets_shape for change in plan.changes)
        things = len(plan.changes) + plan.unchanged
        owners = len({item.agency.pk for item in read.items})
        left_out = f", {read.outside} outside the city left out" if read.outside else ""
        lines = [
            f"{len(read.items)} features{left_out}; they are {things} things of {owners} owners:",
            f"  new             {new:>6}",
            f"  changed         {len(plan.changes) - new:>6}",
            f"  of them drawn   {shaped:>6}  known by name only until now",
            f"  unchanged       {plan.unchanged:>6}",
            f"  taken away      {len(plan.outdated):>6}",
        ]
        self.stdout.write("\n".join(lines))


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
