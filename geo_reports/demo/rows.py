"""Turns invented reports into the rows of five tables, as CSV for COPY. Writes to memory only."""

import csv
import io
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, TextIO

from django.db import connection
from django.db.models import Model

from geo_reports.demo.calendar import EPOCH
from geo_reports.demo.chance import DAY_S, happens, repeatable_uuid
from geo_reports.demo.draw import Drawn
from geo_reports.demo.pictures import Album, Picture
from geo_reports.demo.walk import Visibility
from geo_reports.models import Assignment, Photo, Reply, Report, StatusChange
from geo_reports.workflow import Status

NULL = r"\N"
CLOCK = [f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+00" for second in range(DAY_S)]
PHOTO_SHARE = 0.6

REPORT = (
    "id code submission_id secret channel is_demo category_id text address reporter_name reporter_contact"
    " is_anonymous point public_point accuracy_m placement kecamatan_id kelurahan_id agency_id undecided"
    " status visibility withheld_reason submitted_at forwarded_at closed_at"
)
SPELL = "id report_id agency_id started_at ended_at reason trace actor_id responded_at completed_at"
CHANGE = "report_id assignment_id from_status to_status at role actor_id note no_photo_reason"
REPLY = "report_id agency_id author_id text at"
PHOTO = "uid report_id kind image thumbnail width height created_at"


@dataclass(frozen=True)
class Ids:
    """Reserved primary keys, in the order of the reports and of their spells."""

    reports: list[int]
    spells: list[int]


@dataclass
class Table:
    """CSV lines for one table; `columns` are separated by blanks."""

    model: type[Model]
    columns: str
    buffer: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.add = csv.writer(self.buffer, lineterminator="\n").writerow

    @property
    def statement(self) -> str:
        """The COPY statement; names come from the model."""
        quote = connection.ops.quote_name
        columns = ", ".join(map(quote, self.columns.split()))
        return f"COPY {quote(self.model._meta.db_table)} ({columns}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"

    def rewound(self) -> TextIO:
        """The lines from the beginning."""
        self.buffer.seek(0)
        return self.buffer


@dataclass
class Tables:
    """The five tables in the order in which they must be written."""

    reports: Table = field(default_factory=lambda: Table(Report, REPORT))
    spells: Table = field(default_factory=lambda: Table(Assignment, SPELL))
    changes: Table = field(default_factory=lambda: Table(StatusChange, CHANGE))
    replies: Table = field(default_factory=lambda: Table(Reply, REPLY))
    photos: Table = field(default_factory=lambda: Table(Photo, PHOTO))


def write(drawn: Iterable[Drawn], ids: Ids, album: Album, rng: random.Random) -> list[Table]:
    """All rows of these reports, ready to be copied table by table."""
    tables, spell_ids = Tables(), iter(ids.spells)
    for key, report in zip(ids.reports, drawn, strict=True):
        tables.reports.add(_report(key, report))
        _history(tables, key, report, spell_ids)
        for answer in report.walk.answers:
            tables.replies.add((key, answer.agency, NULL, answer.text, _time(answer.at)))
        for photo in _photos(key, report, album, rng):
            tables.photos.add(photo)
    return [tables.reports, tables.spells, tables.changes, tables.replies, tables.photos]


def _report(key: int, report: Drawn) -> tuple[Any, ...]:
    walk = report.walk
    return (
        key,
        report.code,
        report.submission,
        uuid.uuid4(),
        report.channel,
        "t",
        report.topic.category.pk,
        report.text,
        report.address,
        report.reporter,
        "",
        "f" if report.reporter else "t",
        _or_null(report.point),
        _or_null(report.public_point),
        _or_null(report.accuracy_m),
        report.placement,
        report.kecamatan or NULL,
        report.kelurahan or NULL,
        walk.agency or NULL,
        walk.undecided or NULL,
        walk.status.value,
        walk.visibility.value,
        walk.reason,
        _time(walk.submitted),
        _time(walk.forwarded),
        _time(walk.closed),
    )


def _history(tables: Tables, key: int, report: Drawn, spell_ids: Iterator[int]) -> None:
    mine = [next(spell_ids) for _spell in report.walk.spells]
    for spell_id, spell in zip(mine, report.walk.spells, strict=True):
        assigned = spell.assigned
        tables.spells.add(
            (
                spell_id,
                key,
                assigned.agency,
                _time(spell.started),
                _time(spell.ended),
                assigned.reason,
                assigned.trace,
                NULL,
                _time(spell.responded),
                _time(spell.completed),
            )
        )
    for step in report.walk.steps:
        spell_id_or_null = NULL if step.spell is None else mine[step.spell]
        tables.changes.add(
            (
                key,
                spell_id_or_null,
                step.before,
                step.to.value,
                _time(step.at),
                step.role.value,
                NULL,
                step.note,
                step.no_photo_reason,
            )
        )


def _photos(key: int, report: Drawn, album: Album, rng: random.Random) -> Iterator[tuple[Any, ...]]:
    walk, theme = report.walk, report.topic.theme.name
    if walk.visibility is Visibility.PUBLISHED and happens(rng, PHOTO_SHARE):
        yield _photo(key, Photo.Kind.BEFORE, album.before(theme, rng), walk.submitted, rng)
    for step in walk.steps:
        if step.to is Status.DONE and not step.no_photo_reason:
            yield _photo(key, Photo.Kind.AFTER, album.after(theme), step.at, rng)


def _photo(key: int, kind: Photo.Kind, picture: Picture, at: int, rng: random.Random) -> tuple[Any, ...]:
    uid = repeatable_uuid(rng)
    return (uid, key, kind.value, picture.image, picture.thumbnail, picture.width, picture.height, _time(at))


def _time(at: int | None) -> str:
    """ISO 8601; put together from kept parts, since a million reports have eleven million moments."""
    if at is None:
        return NULL
    day, second = divmod(at, DAY_S)
    return f"{_date(day)} {CLOCK[second]}"


@cache
def _date(day: int) -> str:
    return (EPOCH + timedelta(days=day)).isoformat()


def _or_null(value: object) -> object:
    return NULL if value is None else value
