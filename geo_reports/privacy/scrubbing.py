"""A reporter's name and contact inside texts of others, which stay: public answers, steps, reasons."""

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import unquote_plus

from django.db import connection
from django.db.models import F, Func, Model, Value

from geo_reports.models import (
    Appeal,
    Assignment,
    BulkAction,
    BulkItem,
    ModerationDecision,
    PersonalDataLook,
    Question,
    ReopenRequest,
    Reply,
    Report,
    StatusChange,
)
from geo_reports.privacy.looks import open_log

COVER: Final = "…"
SHORTEST: Final = 3  # letters of a name that cannot be mistaken for another word's part
# Where people at the desk write freely: model, the way to the report, the text.
TEXTS: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (Report, "pk", "text"),
    (Report, "pk", "address"),
    (Assignment, "report", "reason"),
    (StatusChange, "report", "note"),
    (StatusChange, "report", "no_photo_reason"),
    (Reply, "report", "text"),
    (Question, "report", "text"),
    (ModerationDecision, "report", "note"),
    (Appeal, "decision__report", "note"),
    (ReopenRequest, "report", "note"),
    (BulkItem, "report", "sentence"),
    (PersonalDataLook, "report", "reason"),
)
# A person's line of a trace says the reason of the spell once more.
TRACES: Final = """
UPDATE geo_reports_assignment SET trace = (
    SELECT jsonb_agg(CASE WHEN line ? 'reason' THEN line || jsonb_build_object(
        'reason', regexp_replace(line ->> 'reason', %(pattern)s, %(cover)s, 'gi')) ELSE line END ORDER BY number)
    FROM jsonb_array_elements(trace) WITH ORDINALITY each (line, number)
)
WHERE report_id = ANY(%(ids)s)
    AND EXISTS (SELECT FROM jsonb_array_elements(trace) line WHERE line ->> 'reason' ~* %(pattern)s)
"""


def scrub(ids: Sequence[int], secrets: Sequence[str]) -> None:
    """Cover every occurrence of these names and contacts in what others wrote.

    Whole words, whatever their case; a phone number however it is grouped. Runs in the caller's transaction.
    """
    patterns = [_pattern(secret) for secret in secrets if len(secret.strip()) >= SHORTEST]
    if not patterns:
        return
    pattern = "|".join(patterns)
    values: dict[str, Any] = {"pattern": pattern, "cover": COVER, "ids": list(ids)}
    with open_log(), connection.cursor() as cursor:
        for model, way, name in TEXTS:
            covered = Func(F(name), Value(pattern), Value(COVER), Value("gi"), function="regexp_replace")
            rows = model._default_manager.filter(**{f"{way}__in": ids, f"{name}__iregex": pattern})
            model._default_manager.filter(pk__in=rows.values("pk")).update(**{name: covered})
        cursor.execute(TRACES, values)
    _scrub_bulk(ids, re.compile(pattern, re.IGNORECASE))


def _scrub_bulk(ids: Sequence[int], pattern: re.Pattern[str]) -> None:
    """The reason or note that was written once for many reports, and the search that found them."""
    for action in BulkAction.objects.filter(items__report__in=ids).distinct():
        told = {key: unquote_plus(value) if key == "daftar" else value for key, value in action.parameters.items()}
        hit = {key for key, value in told.items() if isinstance(value, str) and pattern.search(value)}
        if hit:
            covered = {key: "" if key == "daftar" else pattern.sub(COVER, told[key]) for key in hit}
            BulkAction.objects.filter(pk=action.pk).update(parameters=action.parameters | covered)


def _pattern(secret: str) -> str:
    """A regular expression that Python and PostgreSQL read alike."""
    digits = re.sub(r"\D", "", secret)
    is_phone = len(digits) > SHORTEST * 2 and not re.search(r"[^\W\d_]", secret)
    if is_phone:
        national = re.sub(r"^(?:62|0)", "", digits)
        return r"(?<!\d)(?:\+?62|0)?[ .()-]*" + r"[ .()-]*".join(national) + r"(?!\d)"
    words = r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", word) for word in secret.split())
    return rf"(?<!\w){words}(?!\w)"
