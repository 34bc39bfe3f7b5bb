"""SQL: how the hours of clocks are counted.

Of a clock that has stopped: whole hours; where more than two weeks of the calendar lie between, whole days of it.
Of one that runs: the hours of the day that have begun since, and days beyond two weeks. So nothing has to be
counted again as time passes: what is kept of a running clock is in which hour it began, and for how long that
is needed, on which day.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from psycopg2 import sql

HOURS_PER_DAY: Final = 24
FINE_DAYS: Final = 14
# A reader may have looked at the clock before midnight, and a day is a short time for a process that is late.
KEPT_DAYS: Final = FINE_DAYS + 2
DAY_ZERO: Final = date(2000, 1, 1)  # days and hours are numbered from its midnight, in the city's time zone

# Binary fractions: decimal ones take three times as long, and halves are exact in both.
STOPPED: Final = "greatest(floor(date_part('epoch', until - since) / 3600 + 0.5), 0)::integer"
FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {name}(since timestamptz, until timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN (until AT TIME ZONE {zone})::date - (since AT TIME ZONE {zone})::date <= {fine}
        THEN {hours}
        ELSE ((until AT TIME ZONE {zone})::date - (since AT TIME ZONE {zone})::date) * 24 END
$$
"""


def local(moment: str) -> str:
    """SQL: the clock and the calendar of the city; `{zone}` is still to be filled in."""
    return f"({moment} AT TIME ZONE {{zone}})"


def day_number(day: str) -> str:
    """SQL: the number of a date."""
    return f"{day} - date '{DAY_ZERO}'"


def hour_number(moment: str) -> str:
    """SQL: the number of the hour in which a moment lies; `{zone}` is still to be filled in."""
    return f"floor(date_part('epoch', {local(moment)} - timestamp '{DAY_ZERO}') / 3600)::integer"


def functions() -> list[sql.Composed]:
    """CREATE FUNCTION of analytics_hours, until a clock stopped, and of analytics_hours_so_far, until one looks."""
    so_far = f"greatest({hour_number('until')} - {hour_number('since')}, 0)"
    zone = sql.Literal(settings.TIME_ZONE)
    return [
        sql.SQL(FUNCTION).format(
            name=sql.Identifier(name), zone=zone, fine=sql.Literal(FINE_DAYS), hours=sql.SQL(hours).format(zone=zone)
        )
        for name, hours in (("analytics_hours", STOPPED), ("analytics_hours_so_far", so_far))
    ]


def between(since: str, until: str) -> sql.Composed:
    """SQL: the hours of a clock that stopped."""
    return sql.SQL("analytics_hours({since}, {until})").format(since=sql.SQL(since), until=sql.SQL(until))


def hour_of(moment: datetime) -> int:
    """The number of its hour, as `hour_number` has it."""
    shown = timezone.localtime(moment).replace(tzinfo=None)
    return (shown - datetime.combine(DAY_ZERO, datetime.min.time())) // timedelta(hours=1)


def fine_from(moment: datetime, days: int = FINE_DAYS) -> int:
    """The number of the first hour in which a clock began whose hours are told at `moment`."""
    return ((timezone.localdate(moment) - DAY_ZERO).days - days) * HOURS_PER_DAY


def kept_from(now: datetime) -> int:
    """The number of the first hour that sums made `now` still tell apart."""
    return fine_from(now, KEPT_DAYS)
