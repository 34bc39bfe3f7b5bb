"""Personal data that has been kept long enough goes, by the dated rules of `RetentionRule`.

The rule of the day on which a report was closed counts. Open reports, reports about which an
objection or a request to reopen is undecided, and duplicates of an open report are never touched.
What is gone needs nothing done the second time, so a run that was killed is simply started again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Final

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from geo_reports.days import day_start
from geo_reports.models import Appeal, PersonalDataLook, ReopenRequest, Report, RetentionRule
from geo_reports.photos import storing
from geo_reports.privacy import kinds
from geo_reports.privacy.forgetting import Gone
from geo_reports.workflow import CLOSED, OPEN

CHUNK: Final = 500
What = RetentionRule.What


@dataclass(frozen=True)
class Window:
    """Reports closed from `start` on and before `end` (both may be open) have been kept long enough."""

    start: datetime | None
    end: datetime

    def covers(self, moment: str) -> Q:
        """As a condition on the column `moment`."""
        since = Q(**{f"{moment}__gte": self.start}) if self.start else Q()
        return since & Q(**{f"{moment}__lt": self.end})


@dataclass(frozen=True)
class Removed:
    """What went, or would go, of one kind; `rules` says under how many rules, 0 that none is known."""

    what: RetentionRule.What
    rules: int
    rows: int
    gone: Gone


def windows(rules: Sequence[RetentionRule], on: date) -> list[Window]:
    """Which closing days are over on the day `on`, for the rules of one kind.

    Where a rule begins, the one before it ends, whatever its own end says. A thing closed on day D
    and kept N days is kept up to and including day D + N.
    """
    found = []
    starts = sorted(rules, key=lambda rule: rule.valid_from or date.min)
    for rule, following in zip_longest(starts, starts[1:]):
        ends = [on - timedelta(days=rule.keep_days)]
        ends += [day for day in (rule.valid_to, following.valid_from if following else None) if day]
        start = day_start(rule.valid_from) if rule.valid_from else None
        window = Window(start, day_start(min(ends)))
        if window.start is None or window.start < window.end:
            found.append(window)
    return found


def apply(on: date, *, dry_run: bool = False, tell: Callable[[str], None] = lambda line: None) -> list[Removed]:
    """Remove what is over on the day `on`, kind by kind in chunks, each in a transaction of its own.

    With `dry_run` every chunk is taken back, so that the numbers are those of a real run.
    """
    return [_apply(what, on, dry_run=dry_run, tell=tell) for what in What]


def _apply(what: RetentionRule.What, on: date, *, dry_run: bool, tell: Callable[[str], None]) -> Removed:
    rules = list(RetentionRule.objects.filter(what=what))
    over = windows(rules, on)
    rows, gone = 0, Gone()
    if over:
        pick = _looks(over) if what == What.LOOKS else _reports(what, over)
        for chunk, part in _chunks(pick, kinds.FORGET[what], dry_run=dry_run):
            rows, gone = rows + chunk, gone + part
            tell(f"{what}: {rows}")
    return Removed(what, len(rules), rows, gone)


def _chunks(
    rows: QuerySet[Report] | QuerySet[PersonalDataLook], forget: Callable[[Sequence[int]], Gone], *, dry_run: bool
) -> Iterator[tuple[int, Gone]]:
    """Forget chunk by chunk in the order of the keys; tells the size and what went."""
    after: int = 0
    while True:
        with storing.all_or_nothing():
            held = rows.filter(pk__gt=after).order_by("pk").select_for_update(of=("self",), no_key=True)
            ids = list(held.values_list("pk", flat=True)[:CHUNK])
            gone = forget(ids)
            if dry_run:
                transaction.set_rollback(True)
        if not ids:
            return
        yield len(ids), gone
        after = ids[-1]


def _reports(what: RetentionRule.What, over: Sequence[Window]) -> QuerySet[Report]:
    """Settled reports whose time is over and that still have something of this kind."""
    settled = Q(status__in=sorted(CLOSED)) & ~Exists(_undecided_appeals()) & ~Exists(_undecided_requests())
    merged = Q(merged_into=None) | ~Q(merged_into__status__in=sorted(OPEN))
    is_over = Q()
    for window in over:
        is_over |= window.covers("closed_at")
    return Report.objects.filter(settled, merged, is_over, kinds.has(what))


def _looks(over: Sequence[Window]) -> QuerySet[PersonalDataLook]:
    """Lines about settled reports and about none; counted from the closing or the look, whichever was later."""
    latest = Case(When(report__closed_at__gt=F("at"), then=F("report__closed_at")), default=F("at"))
    is_over = Q()
    for window in over:
        is_over |= window.covers("latest")
    settled = Q(report=None) | Q(report__status__in=sorted(CLOSED))
    return PersonalDataLook.objects.annotate(latest=latest).filter(settled, is_over)


def _undecided_appeals() -> QuerySet[Appeal]:
    return Appeal.objects.filter(decision__report=OuterRef("pk"), outcome=Appeal.Outcome.PENDING)


def _undecided_requests() -> QuerySet[ReopenRequest]:
    return ReopenRequest.objects.filter(report=OuterRef("pk"), outcome=ReopenRequest.Outcome.PENDING)
