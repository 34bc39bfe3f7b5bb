"""Say who answers for a category at a place, and why: every candidate that was considered."""

import json
import math
from collections.abc import Sequence
from typing import Any

from django.contrib.gis.geos import Point
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from geo_reports import routing
from geo_reports.intake.asking import Answer, ask
from geo_reports.intake.submit import outside_sentence
from geo_reports.management.arguments import day
from geo_reports.models import Category
from geo_reports.routing import versions
from geo_reports.routing.words import told

COLUMNS = ("result", "agency", "evidence", "name", "measure", "reason")


class Command(BaseCommand):
    """Thin: asks what GET /api/route asks and prints it for people."""

    help = "Explain who would get a report: place, verdict, agency, reason, and every candidate with its distance."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what a reporter would say of a place."""
        parser.add_argument("--lon", type=float, required=True, help="longitude, EPSG:4326")
        parser.add_argument("--lat", type=float, required=True, help="latitude, EPSG:4326")
        parser.add_argument("--category", required=True, help="the category's slug")
        parser.add_argument("--street", default="", help="the address as it was written")
        parser.add_argument("--accuracy", type=float, metavar="M", help="radius of the position in metres")
        parser.add_argument("--answer", default="", metavar="REF", help="the candidate that the reporter pointed at")
        parser.add_argument("--at", type=day, metavar="DATE", help="YYYY-MM-DD (default: today)")
        parser.add_argument("--json", action="store_true", help="print what GET /api/route answers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the explanation, or a sentence about what cannot be explained."""
        category = _category(options["category"])
        point = _point(options["lon"], options["lat"])
        on = options["at"] or timezone.localdate()
        answer = ask(
            category,
            point,
            on,
            accuracy_m=options["accuracy"],
            street=options["street"],
            answer=options["answer"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        if answer.decision is None:
            raise CommandError(_outside(answer, point))
        if not options["json"]:
            version = versions.current()
            by = f"version {version.pk} of {version.published_at:%Y-%m-%d}" if version else "no version"
            facts: list[tuple[str, str]] = [
                ("category", f"{category.name} ({category.pk})"),
                ("day", f"{on}, by the rules in force now ({by})"),
                *_facts(answer.decision),
            ]
            self.stdout.write("\n".join(f"{name:<10}{value}" for name, value in facts))
            with translation.override("en"):
                self._tell_trace(answer.decision)

    def _tell_trace(self, decision: routing.Decision) -> None:
        lines = [
            (line.result, line.agency, line.kind, line.name, line.measure, line.reason) for line in told(decision.trace)
        ]
        self.stdout.write(f"\n{aligned([COLUMNS, *lines])}" if lines else "\nNo candidate at all.")


def _category(slug: str) -> Category:
    category = Category.objects.filter(pk=slug).first()
    if category is None:
        slugs = ", ".join(Category.objects.filter(is_active=True).values_list("pk", flat=True))
        raise CommandError(f"There is no category {slug}. There are: {slugs}.")
    return category


def _point(lon: float, lat: float) -> Point:
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise CommandError("--lon and --lat must be numbers.")
    if not _is_on_earth(lon, lat):
        raise CommandError(f"{lon:g}, {lat:g} is not on earth.{_swapped(lon, lat)}")
    return Point(lon, lat, srid=4326)


def _outside(answer: Answer, point: Point) -> str:
    return f"{outside_sentence(answer.placement)}{_swapped(point.x, point.y)}"


def _swapped(lon: float, lat: float) -> str:
    """A hint, if the point with its coordinates exchanged lies in the city."""
    if not _is_on_earth(lat, lon) or routing.place(Point(lat, lon, srid=4326)).kelurahan is None:
        return ""
    return f" Longitude and latitude look swapped: try --lon {lat:g} --lat {lon:g}."


def _is_on_earth(lon: float, lat: float) -> bool:
    return abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004


def _facts(decision: routing.Decision) -> list[tuple[str, str]]:
    agency = f"{decision.agency.name} ({decision.agency.pk})" if decision.agency else "- (a verifikator decides)"
    facts = [
        ("place", decision.kelurahan.label if decision.kelurahan else "-"),
        ("verdict", str(decision.verdict)),
        ("agency", agency),
        ("reason", decision.reason or "-"),
    ]
    return facts + [
        ("question" if number == 0 else "", f"{option.label} (--answer {option.value})")
        for number, option in enumerate(decision.question)
    ]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as columns, each as wide as its longest text; columns without a text are left out."""
    columns = [column for column in zip(*rows, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    return "\n".join(
        "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    )
