"""What load_boundaries and import_boundaries share: from a file to boundaries in force, telling each step."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from geo_reports import boundaries, neighbours
from geo_reports.boundary_files import BoundaryFile, ReadResult, read_boundaries
from geo_reports.boundary_repair import CannotTile
from geo_reports.geo_files import NotOnEarth, Problem, Unreadable
from geo_reports.models import BoundaryVersion, City, Kecamatan, Kelurahan

MAX_GAP_M = 200.0
MOST_LINES = 100


class FileCommand(BaseCommand):
    """A command that takes in a file for the city of this database."""

    requires_migrations_checks = True

    def the_city(self) -> City:
        """The city of this database; stops with a sentence if there is none."""
        city = City.objects.first()
        if city is None:
            raise CommandError("No city is loaded yet: run load_reference first.")
        return city


class BoundaryCommand(FileCommand):
    """A command that puts boundaries in force; prints everything that is wrong before changing anything."""

    def put_in_force(
        self,
        file: BoundaryFile,
        *,
        source: str,
        licence: str,
        is_indicative: bool = True,
        max_gap_m: float = MAX_GAP_M,
        dry_run: bool = False,
    ) -> None:
        """Read, check, repair and install; raises CommandError with nothing changed."""
        try:
            with boundaries.import_lock():
                tiling = self._prepare(file, max_gap_m)
                if dry_run:
                    self.stdout.write("Dry run: nothing was changed.")
                    return
                self.stdout.write("Installing the version and placing reports again ...")
                version, moved = boundaries.install(tiling, source=source, licence=licence, is_indicative=is_indicative)
        except boundaries.ImportRunning as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Version {version.pk} is in force; {moved} reports changed their kelurahan or shown point.")
        self.name_neighbours()

    def name_neighbours(self) -> None:
        """Take the municipalities around the city from the file that city.yaml names; a missing one is a warning."""
        city = self.the_city()
        file = neighbours.NeighbourFile.of(city, Path(settings.NODE_MODULES))
        if file is None:
            self.stdout.write("Neighbours: city.yaml names none; points outside the city stay without a name.")
            return
        try:
            names = neighbours.fill(neighbours.read_neighbours(file, city), city, within_km=file.within_km)
        except (Unreadable, NotOnEarth) as error:
            known = ", ".join(neighbours.names()) or "none"
            self.stderr.write(self.style.WARNING(f"Neighbours: {file.path.name}: {error} Known from before: {known}."))
            return
        self.stdout.write(f"Neighbours within {file.within_km:g} km: {', '.join(names) or 'none'}.")

    def _prepare(self, file: BoundaryFile, max_gap_m: float) -> boundaries.Tiling:
        city = self.the_city()
        self.stdout.write(f"Reading {file.path} ...")
        result = read_boundaries(file, city)
        self._tell_read(result)
        problems = result.problems or boundaries.find_misplaced(result.shapes, city)
        if problems:
            raise CommandError(f"{table(problems)}\nProblems: {len(problems)}; nothing was changed.")
        self.stdout.write("Repairing ...")
        try:
            tiling = boundaries.make_tiling(result.shapes, city, max_gap_m=max_gap_m, mended=result.mended)
        except CannotTile as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        self._tell_repairs(tiling, city)
        return tiling

    def _tell_read(self, result: ReadResult) -> None:
        if result.shapes:
            self.stdout.write(
                f"{len(result.shapes)} kelurahan found by their {result.code_system} codes, "
                f"{result.elsewhere} features of other areas left out."
            )
        if result.warnings:
            self.stdout.write(f"Names that differ (only a warning):\n{table(result.warnings)}")

    def _tell_repairs(self, tiling: boundaries.Tiling, city: City) -> None:
        done = tiling.repairs
        lines = [
            f"  overlaps removed   {done.overlaps:>6}  {done.overlaps_m2 / 1e4:>9.2f} ha",
            f"  gaps closed        {done.gaps:>6}  {done.gaps_m2 / 1e4:>9.2f} ha, the widest {done.widest_gap_m:.0f} m",
            f"  of them slivers    {done.slivers:>6}  narrower than 1 m",
            f"  rings mended       {done.rings:>6}",
            f"  farthest move      {done.farthest_move_m:>6.0f} m between an old and a new outline",
        ]
        split = Kelurahan.objects.filter(pk__in=done.split).select_related("kecamatan")
        lines += [f"  {area.label} ({area.code}) is cut into several parts by its neighbours" for area in split]
        kecamatan = Kecamatan.objects.filter(pk__in=tiling.kecamatan_km2)
        lines += [f"  {area.name:<18} {tiling.kecamatan_km2[area.pk]:>9.2f} km²" for area in kecamatan]
        total = f"  {city.name}: {tiling.km2:.2f} km²"
        if city.official_area_km2:
            off = 100 * (tiling.km2 / city.official_area_km2 - 1)
            total += f", officially {city.official_area_km2:.2f} km² ({off:+.2f} %)"
        self.stdout.write("\n".join([*lines, total]))


def in_force() -> BoundaryVersion | None:
    """The boundaries that reports are placed in now."""
    return BoundaryVersion.objects.filter(valid_to=None).first()


def table(problems: list[Problem]) -> str:
    """One line per problem, the places aligned; a long list is cut."""
    shown = problems[:MOST_LINES]
    width = max(len(problem.where) for problem in shown)
    lines = [f"  {problem.where:<{width}}  {problem.sentence}" for problem in shown]
    more = [f"  ... and {len(problems) - len(shown)} more"] if len(problems) > len(shown) else []
    return "\n".join(lines + more)


def add_file_arguments(parser: Any) -> None:
    """How to read a file that does not say it itself."""
    parser.add_argument("--layer", help="layer to read, if the file has several")
    parser.add_argument("--srid", type=int, help="EPSG number of the file's coordinates, if the file does not say")
