"""List the gaps and conflicts of the rules over the whole city; exit code 1 if a report would go nowhere."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation

from geo_reports.management.arguments import day
from geo_reports.models import KelurahanPiece, RoutingVersion
from geo_reports.routing import audit, versions
from geo_reports.routing.survey import Survey, survey

SPACING_M = 250.0
LEAST_SPACING_M = 10.0
# More lines of one sort are counted, not listed; --json has them all.
MOST_LINES = 30


class Command(BaseCommand):
    """Thin: asks `routing.audit` and `routing.survey`, and prints what they found."""

    help = "Ask for every category at every point of a grid who would answer; list gaps, conflicts and idle rules."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the grid, the day, and whether the draft is meant."""
        parser.add_argument(
            "--spacing", type=float, default=SPACING_M, metavar="M", help="metres between points (%(default)g)"
        )
        parser.add_argument("--at", type=day, metavar="DATE", help="YYYY-MM-DD (default: today)")
        parser.add_argument("--draft", action="store_true", help="audit the draft instead of the version in force")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found; stop with 1 if somebody's report would go nowhere."""
        if options["spacing"] < LEAST_SPACING_M:
            raise CommandError(f"--spacing must be {LEAST_SPACING_M:g} metres or more.")
        if not KelurahanPiece.objects.exists():
            raise CommandError("No boundaries are in force yet: run load_boundaries first.")
        on = options["at"] or timezone.localdate()
        with _audited(draft=options["draft"]) as version:
            seen = survey(version, on, spacing_m=options["spacing"])
            findings = {
                "gaps": seen.gaps,
                "conflicts": audit.conflicts(version, on),
                "undecided": seen.ambiguities,
                "doubts": audit.doubts(version, on),
                "idle_rules": audit.idle_rules(version, on, with_expired=True),
                "idle_features": audit.idle_features(version, on, with_expired=True),
            }
        if options["json"]:
            self.stdout.write(self._as_json(version, on, seen, findings))
        else:
            with translation.override("en"):
                self._tell(version, on, seen, findings, spacing_m=options["spacing"], draft=options["draft"])
        if seen.gaps:
            lost = len({gap.category for gap in seen.gaps})
            raise CommandError(f"{lost} of {seen.categories} categories have places where a report would go nowhere.")

    def _as_json(self, version: RoutingVersion, on: date, seen: Survey, findings: dict[str, Any]) -> str:
        head = {
            "version": version.pk,
            "on": on,
            "points": seen.points,
            "categories": seen.categories,
            "decided": seen.decided,
        }
        lists = {name: [asdict(each) for each in found] for name, found in findings.items()}
        return json.dumps(head | lists, default=str, ensure_ascii=False, indent=2)

    def _tell(
        self,
        version: RoutingVersion,
        on: date,
        seen: Survey,
        findings: dict[str, Any],
        *,
        spacing_m: float,
        draft: bool,
    ) -> None:
        what = "The draft" if draft else f"Version {version.pk} (published {version.published_at:%Y-%m-%d})"
        share = seen.decided / seen.decisions if seen.decisions else 0
        self.stdout.write(
            f"{what} on {on}: {seen.points:,} points every {spacing_m:g} m x {seen.categories} categories, "
            f"{share:.2%} decided."
        )
        if not draft and not versions.is_draft_published():
            self.stdout.write("The draft says something else; --draft audits it.")
        gone = [each for each in (*findings["idle_rules"], *findings["idle_features"]) if each.why == audit.EXPIRED]
        self._list("Nobody answers (a report would go nowhere)", findings["gaps"])
        self._list("Two answer alike (a person decides)", findings["conflicts"])
        self._list("Undecided at points of the grid (a person decides)", findings["undecided"])
        self._list("Of low confidence (decides nothing alone)", findings["doubts"])
        self._list("Rules that never win", [each for each in findings["idle_rules"] if each.why != audit.EXPIRED])
        self._list(
            "Roads, estates and assets that never match",
            [each for each in findings["idle_features"] if each.why != audit.EXPIRED],
        )
        self._list("Expired (kept for older reports)", gone)

    def _list(self, title: str, found: Iterable[Any]) -> None:
        lines = [f"  {each}" for each in found]
        self.stdout.write(f"{title}: {len(lines) or 'none'}")
        for line in lines[:MOST_LINES]:
            self.stdout.write(line)
        if len(lines) > MOST_LINES:
            self.stdout.write(f"  ... and {len(lines) - MOST_LINES} more (--json lists all)")


@contextmanager
def _audited(*, draft: bool) -> Iterator[RoutingVersion]:
    """The version to look at; of the draft nothing is left afterwards."""
    if not draft:
        version = versions.current()
        if version is None:
            raise CommandError("No version of the rules is in force yet: run load_reference first.")
        yield version
        return
    with transaction.atomic():
        yield versions.rehearse(author=None)
        transaction.set_rollback(True)
