"""Reference data: which file fills which table, and how a changed file meets a changed database.

Rows are known by their natural key. A row that somebody edited or removed in the administration
pages stays that way until its own line in the file changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, models, transaction

from geo_reports import routing
from geo_reports.models import (
    Agency,
    Category,
    City,
    Holiday,
    Kecamatan,
    Kelurahan,
    LoadedRow,
    ResponseTarget,
    RetentionRule,
    RoutingEvidence,
    RoutingFeature,
    RoutingRule,
)
from geo_reports.reference_files import Row, Source, key_of, read_source
from geo_reports.routing import versions

# In the order of loading: a row may point only to rows of the files above its own.
SOURCES = (
    Source("city.yaml", City, ("code",), is_single=True),
    Source("kecamatan.csv", Kecamatan, ("code",)),
    Source("kelurahan.csv", Kelurahan, ("code",)),
    Source("agencies.csv", Agency, ("slug",)),
    Source("categories.yaml", Category, ("slug",)),
    Source("routing_rules.csv", RoutingRule, ("category", "kecamatan", "kelurahan", "agency", "valid_from")),
    Source("routing_evidence.csv", RoutingEvidence, ("kind",)),
    Source("roads.csv", RoutingFeature, ("kind", "name", "agency", "valid_from")),
    Source("response_targets.csv", ResponseTarget, ("category", "kind", "step", "valid_from")),
    Source("holidays.csv", Holiday, ("date",)),
    Source("retention.csv", RetentionRule, ("what", "valid_from")),
)


class BrokenReference(Exception):
    """The files cannot be loaded; `problems` holds one sentence for each broken line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class FileOutcome:
    """What loading did with one file; `kept` rows were edited or removed here, `vanished` left the file."""

    file: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)


def load(folder: Path, *, overwrite: bool = False) -> list[FileOutcome]:
    """Load every file of `folder` in one transaction; `overwrite` also resets what was edited here.

    Raises BrokenReference with all problems of all files, and then nothing is changed.
    """
    rows = read(folder)
    with transaction.atomic():
        outcomes = [_store(source, rows[source.file], overwrite=overwrite) for source in SOURCES]
        if any(outcome.file == "categories.yaml" and outcome.updated for outcome in outcomes):
            routing.replace_all()  # a category that became sensitive hides the points of its reports
        if any(outcome.created or outcome.updated for outcome in outcomes):
            versions.recompile()  # areas, agencies and categories count at once; rules when they are published
    return outcomes


def read(folder: Path) -> dict[str, list[Row]]:
    """Read and check all files of `folder` without writing; raises BrokenReference."""
    problems: list[str] = []
    known: dict[type[models.Model], set[str]] = {}
    rows = {}
    for source in SOURCES:
        rows[source.file] = read_source(folder, source, known, problems)
        stored = source.model._default_manager.values_list("pk", flat=True)
        known.setdefault(source.model, set()).update(str(key) for key in stored)
    problems += _misplaced(rows) + _unknown_categories(rows, known)
    if problems:
        raise BrokenReference(problems)
    return rows


def _misplaced(rows: Mapping[str, list[Row]]) -> list[str]:
    """Codes say where an area belongs: a spreadsheet that ate a zero shows here."""
    problems = []
    city = rows["city.yaml"][0].key if rows["city.yaml"] else ""
    served = City.objects.first()
    if city and served and served.pk != city:
        problems.append(f"city.yaml: this database serves {served} ({served.pk}); another city needs its own database.")
    for file in ("kecamatan.csv", "kelurahan.csv"):
        for row in rows[file]:
            parent = row.values.get("kecamatan_id", city)
            if parent and not row.key.startswith(f"{parent}."):
                problems.append(f"{file}, line {row.line}: code {row.key} does not lie below {parent}.")
    return problems


def _unknown_categories(rows: Mapping[str, list[Row]], known: Mapping[type[models.Model], set[str]]) -> list[str]:
    """Lists of categories are no foreign keys: a mistyped one would silently never match."""
    return [
        f"{file}, line {row.line}: there is no category {slug}."
        for file in ("routing_evidence.csv", "roads.csv")
        for row in rows[file]
        for slug in row.values.get("categories", ())
        if slug not in known[Category]
    ]


def _store(source: Source, rows: list[Row], *, overwrite: bool) -> FileOutcome:
    """Bring the table of one file up to date."""
    outcome = FileOutcome(source.file)
    stored = {key_of(source, vars(item)): item for item in source.model._default_manager.all()}
    loaded = dict(LoadedRow.objects.filter(file=source.file).values_list("key", "digest"))
    for row in rows:
        is_new = overwrite or loaded.get(row.key) != row.digest
        try:
            with transaction.atomic():
                _store_row(source, row, stored.get(row.key), outcome, is_new=is_new)
        except IntegrityError as error:
            raise BrokenReference([f"{source.file}, line {row.line}: {str(error).splitlines()[0]}"]) from error
    keys = {row.key for row in rows}
    outcome.vanished = sorted(key for key in loaded if key not in keys and key in stored)
    LoadedRow.objects.bulk_create(
        [LoadedRow(file=source.file, key=row.key, digest=row.digest) for row in rows],
        update_conflicts=True,
        unique_fields=["file", "key"],
        update_fields=["digest"],
    )
    LoadedRow.objects.filter(file=source.file).exclude(key__in=keys | set(outcome.vanished)).delete()
    return outcome


def _store_row(source: Source, row: Row, item: Any, outcome: FileOutcome, *, is_new: bool) -> None:
    """Create, update or leave one row; `is_new` means that its line is not the one loaded last."""
    if item is not None and not _differences(item, row):
        outcome.unchanged += 1
    elif not is_new:
        outcome.kept.append(row.key)
    elif item is None:
        source.model._default_manager.create(**row.values)
        outcome.created += 1
    else:
        names = _differences(item, row)
        for name in names:
            setattr(item, name, row.values[name])
        item.save(update_fields=names)
        outcome.updated += 1


def _differences(item: models.Model, row: Row) -> list[str]:
    return [name for name, value in row.values.items() if getattr(item, name) != value]
