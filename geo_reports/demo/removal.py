"""Takes all demo data away and nothing else: reports with what hangs on them, pictures, accounts.

Reports go in chunks, each in its own transaction; running it again continues where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction

from geo_reports.demo import indexes
from geo_reports.demo.accounts import remove as remove_accounts
from geo_reports.models import Photo, Report

CHUNK = 10_000
FILES = ("image", "thumbnail", "original_image", "original_thumbnail")


@dataclass(frozen=True)
class Removed:
    """How much is gone."""

    reports: int
    files: int
    accounts: int


def remove(tell: Callable[[int], None]) -> Removed:
    """Delete every demo row; `tell` hears the number of reports gone so far.

    Builds indexes that a killed load has left aside. Raises indexes.Busy when somebody else is at it.
    """
    with indexes.alone():
        removed = _remove(tell)
        indexes.restore(Report)
    return removed


def _remove(tell: Callable[[int], None]) -> Removed:
    demo = Report.objects.filter(is_demo=True)
    photos = Photo.objects.filter(report__is_demo=True).order_by()
    files = {name for field in FILES for name in photos.values_list(field, flat=True).distinct()} - {""}
    gone = 0
    while keys := list(demo.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            Report.objects.filter(pk__in=keys).delete()
        gone += len(keys)
        tell(gone)
    return Removed(gone, _delete_files(files), remove_accounts())


def _delete_files(names: set[str]) -> int:
    """Delete files that no photo of a real report uses."""
    uses = [Photo.objects.filter(**{f"{field}__in": names}).values_list(field, flat=True) for field in FILES]
    kept = set().union(*uses)
    for name in sorted(names - kept):
        default_storage.delete(name)
    return len(names - kept)
