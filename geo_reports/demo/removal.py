"""Takes all demo data away and nothing else: reports with what hangs on them, pictures, templates, accounts.

Reports go in chunks, each in its own transaction; running it again continues where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.files.storage import default_storage
from django.db import connection, transaction
from psycopg2 import sql

from geo_reports import casework
from geo_reports.demo import indexes
from geo_reports.demo.accounts import remove as remove_accounts
from geo_reports.models import (
    Appeal,
    Assignment,
    BulkAction,
    BulkItem,
    ModerationDecision,
    Note,
    Nudge,
    Photo,
    Question,
    ReopenRequest,
    Reply,
    ReplyTemplate,
    Report,
    StatusChange,
)

CHUNK = 10_000
FILES = ("image", "thumbnail", "original_image", "original_thumbnail")
# What hangs on a report, in an order in which nothing points to what is gone. Django itself would read every
# row first, and it refuses to delete a step that was taken back.
HANGS_ON: Final = (
    ModerationDecision,
    ReopenRequest,
    Question,
    Note,
    Nudge,
    BulkItem,
    Reply,
    Photo,
    StatusChange,
    Assignment,
)

DELETE: Final = sql.SQL("DELETE FROM {} WHERE report_id = ANY(%s)")


@dataclass(frozen=True)
class Removed:
    """How much is gone."""

    reports: int
    files: int
    accounts: int


def remove(tell: Callable[[int], None]) -> Removed:
    """Delete every demo row; `tell` hears the number of reports gone so far.

    Builds indexes that a killed load has left aside. Raises exclusive.Busy when somebody else is at it.
    """
    with indexes.alone():
        removed = _remove(tell)
        indexes.restore(Report)
    return removed


def _remove(tell: Callable[[int], None]) -> Removed:
    demo = Report.objects.filter(is_demo=True)
    photos = Photo.objects.filter(report__is_demo=True).order_by()
    files = {name for field in FILES for name in photos.values_list(field, flat=True).distinct()} - {""}
    _free_real_reports()
    gone = 0
    while keys := list(demo.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        _delete(keys)
        gone += len(keys)
        tell(gone)
    ReplyTemplate.objects.filter(is_demo=True).delete()
    return Removed(gone, _delete_files(files), remove_accounts())


def _free_real_reports() -> None:
    """Real reports that were merged into demo reports stand alone again."""
    real = Report.objects.filter(is_demo=False)
    for key in real.filter(merged_into__is_demo=True).values_list("pk", flat=True):
        casework.unmerge(key, actor=None)
    real.filter(merged_via__is_demo=True).update(merged_via=None)
    real.filter(part_of__is_demo=True).update(part_of=None)


@transaction.atomic
def _delete(keys: list[int]) -> None:
    actions = set(BulkItem.objects.filter(report__in=keys).values_list("action", flat=True))
    Appeal.objects.filter(decision__report__in=keys).delete()
    Photo.objects.filter(copy_of__report__in=keys).update(copy_of=None)
    with connection.cursor() as cursor:
        for model in HANGS_ON:
            cursor.execute(DELETE.format(sql.Identifier(model._meta.db_table)), [keys])
    BulkAction.objects.filter(pk__in=actions, items=None).delete()
    for name in ("merged_into", "merged_via", "part_of"):
        Report.objects.filter(**{f"{name}__in": keys}).update(**{name: None})
    Report.objects.filter(pk__in=keys).delete()


def _delete_files(names: set[str]) -> int:
    """Delete files that no photo of a real report uses."""
    uses = [Photo.objects.filter(**{f"{field}__in": names}).values_list(field, flat=True) for field in FILES]
    kept = set().union(*uses)
    for name in sorted(names - kept):
        default_storage.delete(name)
    return len(names - kept)
