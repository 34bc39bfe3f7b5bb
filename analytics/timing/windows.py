"""What happened within a window of days to whatever was waiting then: delayed entry, so that two periods compare.

Who already waited when the window opened enters late; what is not over when it closes is censored there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from psycopg2 import sql

from analytics.clocks import EVENTS
from analytics.timing import conditions
from analytics.timing.freshness import Source, ask
from analytics.timing.slices import PARTS, Subject
from geo_reports.days import day_start
from geo_reports.filters import ReportFilters

Row = tuple[str, float, float, int, int, int]

# Hours are counted, not measured: an hour (a day, beyond two weeks) belongs to the window in which it ends, so
# that windows next to each other share no event and lose none. Half an hour stands between two of them.
# Reads every row that began before the end, by the index on the filter's column and day.
WINDOW: Final = """
SELECT measure, entry::float, stop::float AS time,
    count(*) FILTER (WHERE is_over AND outcome = ANY(happened)) AS events,
    count(*) FILTER (WHERE NOT (is_over AND outcome = ANY(happened))) AS censored,
    count(*) FILTER (WHERE NOT is_over) AS waiting
FROM (
    SELECT clock.*, entry, outcome <> 'running' AND ({is_current} OR hours < ending) AS is_over,
        CASE WHEN outcome <> 'running' AND ({is_current} OR hours < ending) THEN hours
            WHEN {is_current} THEN ending ELSE greatest(ending - 0.5, 0) END AS stop
    FROM ({rows}) timed
    CROSS JOIN LATERAL (VALUES {clocks}) clock (measure, began, outcome, hours, happened)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN began < %(since)s THEN greatest(analytics_hours(began, %(since)s) - 0.5, 0)
            ELSE 0 END AS entry, {reached}(began, %(until)s) AS ending
    ) span
    WHERE part IN {parts} AND outcome <> '' AND began < %(until)s
        AND (outcome = 'running' OR began >= %(since)s OR hours >= analytics_hours(began, %(since)s))
) seen GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Window:
    """Days, both inclusive; `at`: now. What is not over yet reaches until then."""

    since: date
    until: date
    at: datetime

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return min(day_start(self.until + timedelta(days=1)), self.at)

    @property
    def is_current(self) -> bool:
        """Whether it is not over."""
        return day_start(self.until + timedelta(days=1)) > self.at


def within(window: Window, subject: Subject, clocks: tuple[str, ...], filters: ReportFilters) -> list[Row]:
    """Rows of clock, entry, time (hours), events, censored, waiting. One query; two after a change.

    None of a window that has not begun: without a query.
    """
    if day_start(window.since) >= window.at:
        return []

    def body(source: Source) -> sql.Composed:
        began = conditions.days(None, window.until)
        chosen = conditions.chosen_reports(filters, subject)
        return sql.SQL(WINDOW).format(
            rows=source.rows(conditions.dimensions(filters), began, chosen),
            clocks=sql.SQL(", ").join(map(_clock, clocks)),
            parts=sql.Literal(PARTS[subject]),
            is_current=sql.Literal(window.is_current),
            reached=sql.Identifier("analytics_hours_so_far" if window.is_current else "analytics_hours"),
        )

    return ask(body, {"since": day_start(window.since), "until": window.end}, columns=6)


def _clock(name: str) -> sql.Composed:
    began = "submitted_at" if name == "verification" else "started_at"
    return sql.SQL("({}, {}, {}, {}, {}::text[])").format(
        sql.Literal(name),
        sql.Identifier(began),
        sql.Identifier(f"{name}_outcome"),
        sql.Identifier(f"{name}_hours"),
        sql.Literal(sorted(EVENTS[name])),
    )
