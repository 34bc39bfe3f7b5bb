"""The draft and its published versions: snapshot, publish, roll back, compare.

The one writer of RoutingVersion. A version keeps the rows of the three draft tables as JSON, so
that an old one can be read and restored whatever became of the draft.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2 import sql

from geo_reports.models import RoutingEvidence, RoutingFeature, RoutingRule, RoutingVersion
from geo_reports.routing import compiling

DRAFT: tuple[type[models.Model], ...] = (RoutingEvidence, RoutingRule, RoutingFeature)

# Geometry as hexadecimal EWKB: to_jsonb would round it.
SNAPSHOT_PART = """
SELECT coalesce(jsonb_agg({row} ORDER BY draft.{key}), '[]') FROM {table} draft
"""
RESTORE_PART = """
INSERT INTO {table} ({columns})
SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)
"""
SHAPE = """
SELECT ST_AsGeoJSON((feature->>'geometry')::geometry, 6)
FROM geo_reports_routingversion version,
     jsonb_array_elements(version.content->'geo_reports_routingfeature') feature
WHERE version.id = %s AND (feature->>'id')::bigint = %s
"""


class Unpublishable(Exception):
    """The draft or version cannot be put in force; `str()` says why and what to do."""


@dataclass(frozen=True)
class Change:
    """One row in which two contents differ: `what` is added, removed or edited."""

    what: str
    table: str
    key: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def fields(self) -> list[tuple[str, Any, Any]]:
        """Name, old and new value of what was edited."""
        if self.before is None or self.after is None:
            return []
        names = [name for name in self.after if self.before.get(name) != self.after[name]]
        return [(name, self.before.get(name), self.after[name]) for name in names]


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """The draft as it is now, by table. Three queries."""
    return {model._meta.db_table: _rows(model) for model in DRAFT}


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    row = sql.SQL("to_jsonb(draft)")
    if any(field.name == "geometry" for field in model._meta.concrete_fields):
        row = sql.SQL("to_jsonb(draft) || jsonb_build_object('geometry', encode(ST_AsEWKB(draft.geometry), 'hex'))")
    statement = sql.SQL(SNAPSHOT_PART).format(
        row=row, key=sql.Identifier(str(model._meta.pk.column)), table=sql.Identifier(model._meta.db_table)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[dict[str, Any]] = json.loads(cursor.fetchone()[0])
    return rows


def current() -> RoutingVersion | None:
    """The version in force: the newest that is not a rehearsal."""
    return RoutingVersion.objects.filter(is_rehearsal=False).first()


def is_draft_published() -> bool:
    """Whether the draft says the same as the version in force."""
    version = current()
    return version is not None and version.content == snapshot()


@transaction.atomic
def publish(*, author: User | None, note: str = "") -> RoutingVersion:
    """Put the draft in force as a new version. Raises Unpublishable when it could decide nothing."""
    _lock()
    content = snapshot()
    if not content[RoutingEvidence._meta.db_table]:
        raise Unpublishable(_("Urutan bukti kosong: isi dahulu urutan kekuatan bukti."))
    return _put_in_force(content, author=author, note=note)


@transaction.atomic
def roll_back(to: RoutingVersion, *, author: User | None, note: str = "") -> RoutingVersion:
    """Put an earlier version in force again, as a new version; the draft is set to it as well.

    Raises Unpublishable when it names an agency, category or area that no longer exists.
    """
    _lock()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for model in reversed(DRAFT):
                model._default_manager.all().delete()
            for model in DRAFT:
                _restore(cursor, model, to.content[model._meta.db_table])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        detail = str(error).split("DETAIL:")[-1].strip()
        raise Unpublishable(_("Versi itu tidak dapat dipulihkan: %(why)s") % {"why": detail}) from error
    return _put_in_force(to.content, author=author, note=note, restored_from=to)


def _restore(cursor: Any, model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in model._meta.concrete_fields)
    statement = sql.SQL(RESTORE_PART).format(table=sql.Identifier(model._meta.db_table), columns=columns)
    cursor.execute(statement, [json.dumps(rows)])


def _put_in_force(content: dict[str, Any], **facts: Any) -> RoutingVersion:
    version = RoutingVersion.objects.create(content=content, published_at=timezone.now(), **facts)
    compiling.compile_version(version)
    compiling.sweep(keep=version)
    return version


@transaction.atomic
def rehearse(*, author: User | None) -> RoutingVersion:
    """The draft, compiled but not in force, for a preview."""
    version = RoutingVersion.objects.create(
        content=snapshot(), published_at=timezone.now(), author=author, is_rehearsal=True
    )
    compiling.compile_version(version)
    return version


@transaction.atomic
def recompile() -> RoutingVersion | None:
    """Compile the version in force again, because agencies, categories or areas have changed.

    On an empty site the draft becomes version 1. Returns what is in force.
    """
    _lock()
    version = current()
    if version is None:
        return (
            publish(author=None, note=_("Versi pertama, dari data rujukan"))
            if RoutingEvidence.objects.exists()
            else None
        )
    compiling.compile_version(version)
    return version


def _lock() -> None:
    """One publication at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('routing.versions'))")


def shape_of(line: dict[str, Any]) -> str | None:
    """The shape that a line of a trace speaks of, as it was in that version: GeoJSON, EPSG:4326."""
    kind, _colon, number = str(line.get("ref", "")).partition(":")
    if kind not in RoutingFeature.Kind or not number.isdecimal():
        return None
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, [line.get("version"), int(number)])
        row = cursor.fetchone()
    return row[0] if row else None


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The rows in which two contents differ, table by table."""
    changes = []
    for model in DRAFT:
        table, key = model._meta.db_table, str(model._meta.pk.column)
        old, new = _by_key(before.get(table, ()), key), _by_key(after.get(table, ()), key)
        for number in sorted(old.keys() | new.keys(), key=str):
            if old.get(number) != new.get(number):
                what = "added" if number not in old else "removed" if number not in new else "edited"
                changes.append(Change(what, table, number, old.get(number), new.get(number)))
    return changes


def _by_key(rows: Iterable[dict[str, Any]], key: str) -> dict[Any, dict[str, Any]]:
    return {row[key]: row for row in rows}
