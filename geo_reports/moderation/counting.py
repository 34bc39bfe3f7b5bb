"""Decisions about showing, counted for everybody: never what a report says, never who decided.

Aggregated in the database; what comes back is small whatever the number of decisions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import connection

from geo_reports.models import Appeal, ModerationDecision
from geo_reports.workflow import Status

Kind = ModerationDecision.Kind
SHOWING: Final = (Kind.PUBLISH, Kind.WITHHOLD, Kind.CONFIDENTIAL)

# The index decision_by_month gives the range; sorting is left to Python, so that the database can hash.
DECISIONS: Final = """
SELECT date_trunc('month', at AT TIME ZONE %(zone)s)::date, kind, reason,
    count(*) FILTER (WHERE undone_at IS NULL), count(*) FILTER (WHERE undone_at IS NOT NULL)
FROM geo_reports_moderationdecision
WHERE at >= %(start)s::timestamp AT TIME ZONE %(zone)s
GROUP BY 1, 2, 3
"""
APPEALS: Final = """
SELECT date_trunc('month', at AT TIME ZONE %(zone)s)::date, outcome, count(*)
FROM geo_reports_appeal
WHERE at >= %(start)s::timestamp AT TIME ZONE %(zone)s
GROUP BY 1, 2 ORDER BY 1, 2
"""
# Pairs of days first: there are few of them, and only they are measured in working days. The reports
# that wait now are found through report_status, the step that brought each through the index on report_id.
WAITS: Final = """
WITH waits AS (
    SELECT (waited_since AT TIME ZONE %(zone)s)::date AS since, (at AT TIME ZONE %(zone)s)::date AS until,
        count(*) AS decided, 0 AS waiting
    FROM geo_reports_moderationdecision
    WHERE at >= %(start)s::timestamp AT TIME ZONE %(zone)s AND waited_since IS NOT NULL AND undone_at IS NULL
    GROUP BY 1, 2
    UNION ALL
    SELECT (coalesce(step.at, report.submitted_at) AT TIME ZONE %(zone)s)::date, %(today)s::date, 0, count(*)
    FROM geo_reports_report report
    LEFT JOIN LATERAL (
        SELECT max(change.at) AS at FROM geo_reports_statuschange change
        WHERE change.report_id = report.id AND change.to_status = %(waiting)s AND change.undoes_id IS NULL
            AND NOT EXISTS (SELECT FROM geo_reports_statuschange undo WHERE undo.undoes_id = change.id)
    ) step ON true
    WHERE report.status = %(waiting)s
    GROUP BY 1
)
SELECT geo_reports_working_days(since, until) AS days, sum(decided)::bigint, sum(waiting)::bigint
FROM waits GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Row:
    """Decisions of one month, kind and reason: those in force, and those that were undone."""

    month: date
    kind: str
    reason: str
    n: int
    undone: int


@dataclass(frozen=True)
class Waits:
    """How long reports waited for a decision: working days -> (decided after them, still waiting since them)."""

    by_days: Mapping[int, tuple[int, int]]

    @property
    def decided(self) -> int:
        """Waits that a decision ended."""
        return sum(decided for decided, _waiting in self.by_days.values())

    @property
    def waiting(self) -> int:
        """Reports that still wait."""
        return sum(waiting for _decided, waiting in self.by_days.values())

    @property
    def longest_days(self) -> int | None:
        """For how many working days the oldest of those waits."""
        return max((days for days, (_decided, waiting) in self.by_days.items() if waiting), default=None)

    def within(self, share: float) -> int | None:
        """Within how many working days this share of the reports is decided; None when that is not reached.

        Kaplan and Meier (1958): a report that still waits counts as waiting at least so long.
        """
        left, at_risk = 1.0, self.decided + self.waiting
        for days, (decided, waiting) in sorted(self.by_days.items()):
            left *= 1 - decided / at_risk if at_risk else 1
            if left <= 1 - share + 1e-12:
                return days
            at_risk -= decided + waiting
        return None


@dataclass(frozen=True)
class Month:
    """What was decided in one month, in force."""

    month: date
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Decisions whether to show a report."""
        return sum(self.kinds[kind] for kind in SHOWING)


@dataclass(frozen=True)
class Counts:
    """Everything counted from `start` on."""

    rows: Sequence[Row]
    appeals: Mapping[str, int]
    waits: Waits

    def months(self, start: date, until: date) -> list[Month]:
        """One entry for each month from `start` to `until`, months without decisions included."""
        found = {month: Month(month) for month in _months(start, until)}
        for row in self.rows:
            if row.month in found:
                found[row.month].kinds[row.kind] += row.n
                found[row.month].reasons[row.reason] += row.n if row.kind == Kind.WITHHOLD else 0
        return list(found.values())

    @property
    def kinds(self) -> Counter[str]:
        """Decisions in force by kind."""
        return _summed((row.kind, row.n) for row in self.rows)

    @property
    def reasons(self) -> Counter[str]:
        """Withheld reports by reason, decisions in force."""
        return _summed((row.reason, row.n) for row in self.rows if row.kind == Kind.WITHHOLD)

    @property
    def total(self) -> int:
        """Decisions in force whether to show a report."""
        kinds = self.kinds
        return sum(kinds[kind] for kind in SHOWING)

    @property
    def undone(self) -> int:
        """Decisions of every kind that were taken back."""
        return sum(row.undone for row in self.rows)

    @property
    def appealed(self) -> int:
        """Objections of reporters."""
        return sum(self.appeals.values())


def counted(start: date, today: date) -> Counts:
    """Count what was decided from the day `start` on (the city's time); 3 queries."""
    values = {"zone": settings.TIME_ZONE, "start": start, "today": today, "waiting": Status.WAITING.value}
    waits = {days: (decided, waiting) for days, decided, waiting in _fetched(WAITS, values)}
    outcomes = _summed((outcome, n) for _month, outcome, n in appeal_rows(start))
    return Counts(decision_rows(start), {str(each): outcomes[each] for each in Appeal.Outcome}, Waits(waits))


def decision_rows(start: date) -> list[Row]:
    """Decisions by month, kind and reason from the day `start` on; 1 query."""
    return [Row(*row) for row in sorted(_fetched(DECISIONS, {"zone": settings.TIME_ZONE, "start": start}))]


def appeal_rows(start: date) -> list[tuple[date, str, int]]:
    """Objections by month and outcome from the day `start` on; 1 query."""
    return _fetched(APPEALS, {"zone": settings.TIME_ZONE, "start": start})


def months_before(today: date, count: int) -> date:
    """The first day of the month `count` months before the one of `today`."""
    months = today.year * 12 + today.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _months(start: date, until: date) -> Iterable[date]:
    month = start.replace(day=1)
    while month <= until:
        yield month
        month = months_before(month, -1)


def _summed(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for key, n in pairs:
        total[key] += n
    return total


def _fetched(sql: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
