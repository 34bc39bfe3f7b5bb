"""Route the open reports again by the version in force, here and now, with progress."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo_reports.models import RoutingRun
from geo_reports.routing import runs, versions
from geo_reports.routing.rerouting import Tally


class Command(BaseCommand):
    """Thin: `runs` does it. A run that was killed is continued instead of begun again."""

    help = "Route all open reports again; continues a run that was interrupted. Ctrl-C loses one chunk at most."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until everything is looked at; exit code 1 when it fails."""
        run = RoutingRun.objects.filter(kind=RoutingRun.Kind.REROUTE).first()
        if run is not None and run.state == RoutingRun.State.RUNNING and not runs.is_silent(run):
            raise CommandError(f"A re-routing is at work ({run.done:,} of {run.total:,}): wait for it.")
        if run is None or run.state == RoutingRun.State.DONE:
            try:
                run = runs.start_reroute(None)
            except versions.Unpublishable as error:
                raise CommandError(str(error)) from error
        else:
            self.stdout.write(f"Continuing after {run.done:,} of {run.total:,} reports.")
        run = runs.work(run.pk, tell=self.tell)
        if run.state == RoutingRun.State.FAILED:
            raise CommandError(f"Failed after {run.done:,} reports: {run.error}. Start again to continue.")
        told = ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in asdict(Tally(**run.result)).items())
        self.stdout.write(f"Done: {told}.")

    def tell(self, run: RoutingRun) -> None:
        """A line per chunk."""
        self.stdout.write(f"{run.done:>12,} of {run.total:,} reports")
