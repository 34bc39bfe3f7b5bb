"""SQL: what timed rows add to the sums, for folding, rebuilding, checking and reading alike."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.utils import timezone
from psycopg2 import sql

from analytics.timing.hours import kept_from
from analytics.timing.slices import DIMENSIONS, LATELY, MEASURES, PARTS, SLICES, Slice, Subject

KEY: Final = sql.SQL("slice, measure, agency, category, kecamatan, kelurahan, month, outcome, time")
EVER: Final = "2000-01-01"  # the month of sums that are not kept by month

ADDED: Final = """
SELECT {slice} AS slice, counted.measure, {columns}, {month} AS month, counted.outcome, counted.time, sum(sign) AS n
FROM {rows} timed CROSS JOIN LATERAL ({counted}) counted
WHERE part IN {parts} AND counted.month IS NOT NULL AND counted.outcome <> ''
GROUP BY {grouped}counted.measure, {month}, counted.outcome, counted.time
"""
COARSENED: Final = """
SELECT {slice} AS slice, measure, {columns}, {month} AS month, outcome, time, sum(n) AS n
FROM {sums} sums WHERE slice = {finer} AND measure = ANY({measures})
GROUP BY {grouped}measure, {month}, outcome, time
"""


def counted(subject: Subject, measures: Iterable[str]) -> sql.Composed:
    """VALUES of (measure, month, outcome, time) over one timed row, as it is counted now; see `slices.Counted`."""
    known: dict[str, sql.Composable] = {
        "zone": sql.Literal(settings.TIME_ZONE),
        "kept_from": sql.Literal(kept_from(timezone.now())),
    }
    rows = [
        sql.SQL("({}, {}, {}, {})").format(
            sql.Literal(name), *(sql.SQL(part).format(**known) for part in (each.month, each.outcome, each.time))
        )
        for name, each in MEASURES[subject].items()
        if name in measures
    ]
    return sql.SQL("SELECT * FROM (VALUES {}) AS one (measure, month, outcome, time)").format(sql.SQL(", ").join(rows))


def _columns(each: Slice) -> dict[str, sql.Composable]:
    columns = [
        sql.Identifier(name) if name in each.columns else sql.SQL("''::text AS {}").format(sql.Identifier(name))
        for name in DIMENSIONS
    ]
    return {
        "slice": sql.Literal(each.name),
        "columns": sql.SQL(", ").join(columns),
        "grouped": sql.SQL("").join(sql.SQL("{}, ").format(sql.Identifier(name)) for name in each.columns),
    }


def addition(each: Slice, rows: sql.Composable) -> sql.Composed:
    """SELECT of KEY and n: what `rows`, timed rows with a sign, add to a slice."""
    return sql.SQL(ADDED).format(
        **_columns(each),
        month=sql.SQL("counted.month" if each.is_monthly else f"date '{EVER}'"),
        rows=rows,
        counted=counted(each.subject, each.counted),
        parts=sql.Literal(PARTS[each.subject]),
    )


def coarsened(each: Slice, sums: sql.Composable) -> sql.Composed:
    """SELECT of KEY and n: a slice added up from its finer one in a table of sums."""
    return sql.SQL(COARSENED).format(
        **_columns(each),
        month=sql.SQL("month" if each.is_monthly else f"date '{EVER}'"),
        sums=sums,
        finer=sql.Literal(each.finer),
        measures=sql.Literal(list(each.counted)),
    )


def is_forgotten() -> sql.Composed:
    """Condition on a sum: of clocks that began too long ago for their hours to be told, which nothing keeps exact."""
    return sql.SQL("measure = ANY({}) AND time < {}").format(
        sql.Literal(list(LATELY)), sql.Literal(kept_from(timezone.now()))
    )


def additions(rows: sql.Composable) -> sql.Composed:
    """The same for all slices together."""
    return sql.SQL(" UNION ALL ").join(addition(each, rows) for each in SLICES)
