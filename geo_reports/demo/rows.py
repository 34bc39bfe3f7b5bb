"""Turns invented reports into the rows of ten tables, as CSV for COPY. Writes to memory only."""

import csv
import io
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, TextIO

from django.db import connection
from django.db.models import Model

from geo_reports.demo.calendar import EPOCH
from geo_reports.demo.chance import DAY_S, happens, repeatable_uuid
from geo_reports.demo.draw import Drawn
from geo_reports.demo.facts import Ruling, Shown, Step
from geo_reports.demo.pictures import Album, Picture
from geo_reports.models import (
    Appeal,
    Assignment,
    ModerationDecision,
    Note,
    Photo,
    Question,
    ReopenRequest,
    Reply,
    Report,
    StatusChange,
)
from geo_reports.workflow import Status

NULL = r"\N"
CLOCK = [f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+00" for second in range(DAY_S)]
PHOTO_SHARE = 0.6
# In the order in which they must be written: what others point to comes first.
COLUMNS: dict[type[Model], str] = {
    Report: "id code submission_id secret channel is_demo category_id kind text address reporter_name reporter_contact"
    " is_anonymous wants_confidential point public_point accuracy_m placement kecamatan_id kelurahan_id agency_id"
    " undecided status visibility withheld_reason submitted_at forwarded_at closed_at merged_into_id",
    Assignment: "id report_id agency_id started_at ended_at reason trace actor_id responded_at completed_at",
    StatusChange: "id report_id assignment_id from_status to_status at role actor_id note no_photo_reason owner"
    " undoes_id",
    Reply: "report_id agency_id author_id text at",
    Photo: "id uid report_id kind is_hidden image thumbnail width height created_at",
    ModerationDecision: "id report_id kind reason note actor_id at before waited_since change_id undone_at",
    Appeal: "decision_id text at outcome decided_at note",
    Question: "report_id text role asked_by_id at answer answered_at closed_at",
    ReopenRequest: "report_id photo_id text at outcome decided_at note",
    Note: "report_id author_id text at",
}


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


def wanted_ids(drawn: Sequence[Drawn]) -> dict[type[Model], int]:
    """How many primary keys must be known before the rows can be written."""
    walks = [report.walk for report in drawn]
    return {
        Report: len(drawn),
        Assignment: sum(len(walk.spells) for walk in walks),
        StatusChange: sum(len(walk.steps) for walk in walks),
        ModerationDecision: sum(len(walk.rulings) for walk in walks),
        Photo: sum(_most_photos(report) for report in drawn),
    }


def write(drawn: Sequence[Drawn], ids: dict[type[Model], list[int]], album: Album, rng: random.Random) -> list[Table]:
    """All rows of these reports, ready to be copied table by table."""
    scribe = Scribe({model: iter(keys) for model, keys in ids.items()}, album, rng)
    scribe.known = {report.code: key for report, key in zip(drawn, ids[Report], strict=True)}
    for report in drawn:
        scribe.write(report)
    return list(scribe.tables.values())


@dataclass
class Scribe:
    """Writes one report after another; `known` has the keys of the chunk by code."""

    ids: dict[type[Model], Iterator[int]]
    album: Album
    rng: random.Random
    known: dict[str, int] = field(default_factory=dict)
    tables: dict[type[Model], Table] = field(init=False)

    def __post_init__(self) -> None:
        self.tables = {model: Table(model, columns) for model, columns in COLUMNS.items()}

    def write(self, report: Drawn) -> None:
        """Everything about one report."""
        key, walk, tables = next(self.ids[Report]), report.walk, self.tables
        tables[Report].add(self._report(key, report))
        spells = self._spells(key, report)
        changes = [next(self.ids[StatusChange]) for _step in walk.steps]
        for change, step in zip(changes, walk.steps, strict=True):
            tables[StatusChange].add(_change(key, change, step, spells, changes))
        for answer in walk.answers:
            tables[Reply].add((key, answer.agency, NULL, answer.text, _time(answer.at)))
        self._photos(key, report)
        for ruling in walk.rulings:
            self._ruling(key, ruling, changes)
        for asked in walk.questions:
            row = (key, asked.text, asked.role.value, NULL, _time(asked.at), asked.answer)
            tables[Question].add((*row, _time(asked.answered), _time(asked.closed)))
        self._pleas(key, report)
        for remark in walk.remarks:
            tables[Note].add((key, NULL, remark.text, _time(remark.at)))

    def _report(self, key: int, report: Drawn) -> tuple[Any, ...]:
        walk = report.walk
        return (
            key,
            report.code,
            report.submission,
            uuid.uuid4(),
            report.channel,
            "t",
            report.topic.category.pk,
            report.kind,
            report.text,
            report.address,
            report.reporter,
            "",
            "f" if report.reporter else "t",
            "t" if walk.is_secret else "f",
            _or_null(report.point),
            _or_null(report.public_point),
            _or_null(report.accuracy_m),
            report.placement,
            report.kecamatan or NULL,
            report.kelurahan or NULL,
            walk.agency or NULL,
            walk.undecided or NULL,
            walk.status.value,
            walk.shown.visibility.value,
            walk.shown.reason,
            _time(walk.submitted),
            _time(walk.forwarded),
            _time(walk.closed),
            self.known[walk.head] if walk.head else NULL,
        )

    def _spells(self, key: int, report: Drawn) -> list[int]:
        """The keys of the assignments."""
        spells = [next(self.ids[Assignment]) for _spell in report.walk.spells]
        for spell_id, spell in zip(spells, report.walk.spells, strict=True):
            assigned = spell.assigned
            row = (spell_id, key, assigned.agency, _time(spell.started), _time(spell.ended), assigned.reason)
            self.tables[Assignment].add((*row, assigned.trace, NULL, _time(spell.responded), _time(spell.completed)))
        return spells

    def _photos(self, key: int, report: Drawn) -> None:
        walk, theme = report.walk, report.topic.theme.name
        if walk.is_published and happens(self.rng, PHOTO_SHARE):
            self._photo(key, Photo.Kind.BEFORE, self.album.before(theme, self.rng), walk.submitted)
        for step in walk.steps:
            if step.to is Status.DONE and not step.no_photo_reason:
                self._photo(key, Photo.Kind.AFTER, self.album.after(theme), step.at)

    def _photo(self, key: int, kind: Photo.Kind, picture: Picture, at: int, *, is_hidden: bool = False) -> int:
        photo, uid, hidden = next(self.ids[Photo]), repeatable_uuid(self.rng), "t" if is_hidden else "f"
        row = (photo, uid, key, kind.value, hidden, picture.image, picture.thumbnail, picture.width, picture.height)
        self.tables[Photo].add((*row, _time(at)))
        return photo

    def _ruling(self, key: int, ruling: Ruling, changes: list[int]) -> None:
        steps = [changes[number] for number in ruling.steps]
        before = _before(ruling.was, ruling.became).replace("[]", f"{steps}", 1)
        decision = next(self.ids[ModerationDecision])
        row = (decision, key, ruling.kind.value, ruling.became.reason, "", NULL, _time(ruling.at), before)
        ended = (_time(ruling.waited), steps[-1] if steps else NULL, _time(ruling.undone))
        self.tables[ModerationDecision].add(row + ended)
        if told := ruling.objection:
            objection = (decision, told.text, _time(told.at), told.outcome.value, _time(told.decided), told.note)
            self.tables[Appeal].add(objection)

    def _pleas(self, key: int, report: Drawn) -> None:
        for plea in report.walk.pleas:
            photo: int | str = NULL
            if plea.is_pictured:
                is_hidden = plea.outcome is not ReopenRequest.Outcome.ACCEPTED
                picture = self.album.before(report.topic.theme.name, self.rng)
                photo = self._photo(key, Photo.Kind.STILL, picture, plea.at, is_hidden=is_hidden)
            row = (key, photo, plea.text, _time(plea.at), plea.outcome.value, _time(plea.decided), plea.note)
            self.tables[ReopenRequest].add(row)


def _change(key: int, change: int, step: Step, spells: list[int], changes: list[int]) -> tuple[Any, ...]:
    return (
        change,
        key,
        NULL if step.spell is None else spells[step.spell],
        step.before,
        step.to.value,
        _time(step.at),
        step.role.value,
        NULL,
        step.note,
        step.no_photo_reason,
        step.owner,
        NULL if step.undoes is None else changes[step.undoes],
    )


def _most_photos(report: Drawn) -> int:
    """How many photos a report may get; keys that remain are lost, as those of a rolled back insert are."""
    walk = report.walk
    shown = sum(step.to is Status.DONE and not step.no_photo_reason for step in walk.steps)
    return walk.is_published + shown + sum(plea.is_pictured for plea in walk.pleas)


@cache
def _before(was: Shown, became: Shown) -> str:
    """What `moderation.deciding.Effect` stores, with the steps left empty."""
    return json.dumps({"steps": [], "was": _fields(was), "became": _fields(became)})


def _fields(shown: Shown) -> dict[str, str]:
    return {"visibility": shown.visibility.value, "withheld_reason": shown.reason}


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
