"""Taking hold of a report for one act, so that two people at the desk do not undo each other's work.

Every verb that changes a report begins here, and looks at the clock only after: moments then follow
each other as the acts do. `version` counts the acts; a page remembers the version
that it showed, and an act from a page that somebody else has overtaken is refused before it writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.db.models import F
from django.utils.translation import gettext as _
from psycopg2.errors import DeadlockDetected

from geo_reports.models import Report


class Overtaken(Exception):
    """Somebody acted on the report after the page was shown; `str()` is a sentence for people."""


def locked(report_id: int) -> Report:
    """The report, its row locked until the transaction ends, its version raised by one.

    Its key is not locked: rows that point to it, a part or a member of its group, can be written meanwhile.
    PostgreSQL looks at what they point to, and would wait. Call inside a transaction. Raises
    Report.DoesNotExist for an unknown report.
    """
    Report.objects.filter(pk=report_id).update(version=F("version") + 1)
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agency", "category").get(pk=report_id)


def require_seen(report_id: int, version: int) -> None:
    """Lock the report and make sure that it is still as the page showed it.

    Call inside the transaction of the act that follows. Raises Overtaken when `version` is not the
    report's, Report.DoesNotExist for an unknown report.
    """
    now = Report.objects.select_for_update(no_key=True).values_list("version", flat=True).get(pk=report_id)
    if now != version:
        raise _overtaken()


@contextmanager
def told_of_deadlocks() -> Iterator[None]:
    """Around the transaction of an act: who loses a deadlock was overtaken, and reads that.

    An act on several reports locks them in one order, but the report of its page before all others; two
    people who merge two reports from either page wait for each other. Raises Overtaken.
    """
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, DeadlockDetected):
            raise _overtaken() from error
        raise


def group_overtaken() -> Overtaken:
    """What to raise when somebody joined or left the report's group before all of it was locked."""
    return Overtaken(_("Kelompok laporan ini baru saja diubah orang lain. Muat ulang, lalu coba lagi."))


def _overtaken() -> Overtaken:
    return Overtaken(_("Laporan ini baru saja diubah orang lain. Baca yang berubah, lalu kirim lagi."))
