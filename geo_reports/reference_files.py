"""Reads the files of reference data into checked rows. Knows the columns from the models; writes nothing."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class Source:
    """One file, the table it fills, and the columns that identify a row."""

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    is_single: bool = False


@dataclass(frozen=True)
class Row:
    """One checked row: where it stands, its natural key, and its values by attribute of the model."""

    line: int
    key: str
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Changes when, and only when, the row's values change."""
        text = json.dumps(self.values, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class _Record:
    """One row as it was written; `problem` says why its values cannot be used."""

    line: int
    values: Mapping[str, Any]
    problem: str = ""


def key_of(source: Source, values: Mapping[str, Any]) -> str:
    """The natural key of a row as one text; `values` by attribute of the model."""
    names = [field.attname for field in source.model._meta.concrete_fields if field.name in source.key]
    return " | ".join("" if values[name] is None else str(values[name]) for name in names)


def read_source(
    folder: Path, source: Source, known: dict[type[models.Model], set[str]], problems: list[str]
) -> list[Row]:
    """Read one file of `folder`; appends one sentence with file and line per broken row to `problems`.

    `known` holds the primary keys that a foreign key may name; those of this file are added, also
    of broken rows, so that one mistake is told once.
    """
    path = folder / source.file
    try:
        records = list(_csv_records(path) if path.suffix == ".csv" else _yaml_records(path, source))
    except FileNotFoundError:
        problems.append(f"{path.name} is missing in {folder}.")
        return []
    except UnicodeDecodeError as error:
        problems.append(f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8.")
        return []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(f"{path.name}, line {line}: not valid YAML ({error.problem}).")
        return []
    known[source.model] = {str(record.values.get(source.key[0])) for record in records}
    return _check(source, records, known, problems)


def _check(
    source: Source,
    records: list[_Record],
    known: Mapping[type[models.Model], set[str]],
    problems: list[str],
) -> list[Row]:
    columns = list(dict.fromkeys(name for record in records for name in record.values))
    fields = _fields(source, columns, problems)
    if fields is None:
        return []
    rows: dict[str, Row] = {}
    for record in records:
        try:
            row = _row(source, record, fields, known)
        except ValidationError as error:
            problems.append(f"{source.file}, line {record.line}: {_sentence(error)}")
            continue
        if row.key in rows:
            problems.append(f"{source.file}, line {record.line}: {row.key} is already in line {rows[row.key].line}.")
        rows[row.key] = row
    return list(rows.values())


def _fields(source: Source, columns: Iterable[str], problems: list[str]) -> dict[str, models.Field[Any, Any]] | None:
    """The model's fields for the columns, or None if a column is unknown or a key column is missing."""
    fields: dict[str, models.Field[Any, Any]] = {}
    unknown = []
    for column in columns:
        try:
            found = source.model._meta.get_field(column)
        except FieldDoesNotExist:
            found = None
        if isinstance(found, models.Field) and found.name == column:
            fields[column] = found
        else:
            unknown.append(column)
    missing = [name for name in source.key if name not in fields]
    if unknown:
        problems.append(f"{source.file}, line 1: unknown column {', '.join(unknown)}.")
    if missing:
        problems.append(f"{source.file}, line 1: column {', '.join(missing)} is missing.")
    return None if unknown or missing else fields


def _row(
    source: Source,
    record: _Record,
    fields: Mapping[str, models.Field[Any, Any]],
    known: Mapping[type[models.Model], set[str]],
) -> Row:
    """Convert and check one record; raises ValidationError."""
    if record.problem:
        raise ValidationError(record.problem)
    values, errors, relations = {}, {}, []
    for name, field in fields.items():
        try:
            if isinstance(field, models.ForeignKey):
                relations.append(name)
                values[field.attname] = _reference(field, record.values.get(name), known)
            else:
                values[field.attname] = _value(field, record.values.get(name))
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    source.model(**values).full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
    return Row(record.line, key_of(source, values), values)


def _reference(field: Any, raw: Any, known: Mapping[type[models.Model], set[str]]) -> str | None:
    if raw in ("", None):
        if not field.null:
            raise ValidationError("must not be empty.")
        return None
    if str(raw) not in known[field.related_model]:
        raise ValidationError(f"there is no {field.related_model._meta.model_name} {raw}.")
    return str(raw)


def _value(field: models.Field[Any, Any], raw: Any) -> Any:
    if raw in ("", None):
        return field.get_default()
    if isinstance(field, ArrayField):
        parts = raw if isinstance(raw, list) else str(raw).split(LIST_SEPARATOR)
        return [str(part).strip() for part in parts if str(part).strip()]
    if isinstance(field, models.CharField) and not isinstance(raw, str):
        raise ValidationError(f"{raw} must stand in quotes, or it is read as a number.")
    return field.to_python(raw.strip() if isinstance(raw, str) else raw)


def _csv_records(path: Path) -> Iterator[_Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        for cells in reader:
            if not cells:
                continue
            problem = ""
            if len(cells) != len(header):
                problem = f"{len(cells)} columns instead of {len(header)}; a text with a comma needs quotes."
            yield _Record(reader.line_num, dict(zip(header, cells, strict=False)), problem)


def _yaml_records(path: Path, source: Source) -> Iterator[_Record]:
    """A single row is the file itself; otherwise each key is the primary key of a row."""
    loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
    root = loader.get_single_node()
    if not isinstance(root, yaml.MappingNode):
        yield _Record(1, {}, "the file must be a mapping (key: value).")
    elif source.is_single:
        yield _Record(1, {str(name): value for name, value in loader.construct_mapping(root, deep=True).items()})
    else:
        for key, node in root.value:
            values = loader.construct_object(node, deep=True)
            usable = isinstance(values, dict)
            columns = {source.key[0]: key.value, **(values if usable else {})}
            yield _Record(key.start_mark.line + 1, columns, "" if usable else "has no columns below it.")


def _sentence(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    named = error.message_dict.items()
    return " ".join(f"{name}: {' '.join(texts)}" if name != "__all__" else " ".join(texts) for name, texts in named)
