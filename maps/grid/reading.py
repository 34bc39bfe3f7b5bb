"""SQL that counts the reports of a filter, from tallies, spots and what is pending, in one statement.

Every part is a SELECT of (cell, kecamatan, kelurahan, status, n, x, y, ids); the reader groups them
as it likes. Values are bound, never written into the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from maps.grid.slices import CITY, Known, Part, each_day, month_end, needs_bounds, parts
from maps.world import BITS

# Read from the ends of the indexes spot_day and spot_due.
BOUNDS: Final = (
    "SELECT (SELECT min(day) FROM maps_spot), (SELECT max(day) FROM maps_spot), (SELECT min(due) FROM maps_spot)"
)
TALLIES: Final = """
SELECT {cell}, kecamatan, kelurahan, status, n, x, y, ids FROM maps_tally
WHERE level = %s AND slice = ANY(%s){where}
"""
PENDING: Final = """
SELECT {cell}, kecamatan, kelurahan, status, sign, sign::bigint * x, sign::bigint * y, sign * report FROM maps_pending
WHERE true{where}
"""
SPOTS: Final = """
SELECT {cell}, kecamatan, kelurahan, status, 1, x::bigint, y::bigint, id FROM maps_spot
WHERE true{where}
"""
FEW_DAYS: Final = 62  # a list of days is found in an index that goes on with the key; a range of days is not
MONTH_OF_SLICE: Final = "right(slice, 7)"
MONTH_OF_DAY: Final = "to_char(day, 'YYYY-MM')"
IN_CITY: Final = "(key IS NOT NULL)::integer::bigint"


Run = tuple[int, int]  # first and last of neighbouring Morton codes


@dataclass(frozen=True)
class Ranges:
    """Runs of neighbouring cells of one zoom, by their Morton codes."""

    zoom: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Cells:
    """What the reader groups by, as an expression over a tally and over a spot."""

    of_tally: str
    of_spot: str


@dataclass(frozen=True)
class Statement:
    """A piece of SQL and its bound parameters, in order."""

    text: str
    params: tuple[Any, ...] = ()


NOTHING: Final = Statement(SPOTS.format(cell="key", where=" AND false"))


class _Conditions:
    """Restrictions joined with AND, each with its parameters."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.params: list[Any] = []

    def add(self, text: str, *params: Any) -> None:
        self.texts.append(f" AND {text}")
        self.params += params

    def among(self, column: str, values: Sequence[str]) -> None:
        if values:
            self.add(f"{column} = ANY(%s)", list(values))

    @property
    def text(self) -> str:
        return "".join(self.texts)


def by_month(filters: ReportFilters) -> Statement:
    """All public reports of the filter whatever their day; `cell` is the month of submission, `YYYY-MM`.

    One more query.
    """
    known = _bounds()
    if known.first is None or known.last is None:
        return NOTHING
    all_months = replace(filters, dari=known.first.replace(day=1), sampai=month_end(known.last))
    found = parts(all_months, CITY, known)
    return _joined(
        [piece for part in found for piece in _pieces(part, CITY, None, Cells(MONTH_OF_SLICE, MONTH_OF_DAY))]
    )


def in_city(filters: ReportFilters) -> Statement:
    """All public reports of the filter; `cell` is 1 where there is a point, else 0. At most one more query."""
    found = parts(filters, CITY, _known(filters))
    return _joined([piece for part in found for piece in _pieces(part, CITY, None, Cells("cell", IN_CITY))])


def in_cells(filters: ReportFilters, window: Ranges) -> Statement:
    """The public reports with a point in some cells; `cell` is their Morton code. At most one more query."""
    level = window.zoom
    pieces = []
    for part in parts(filters, level, _known(filters)):
        cells = Cells(f"cell >> {2 * (part.level - level)}", f"key >> {2 * (BITS - level)}")
        pieces += _pieces(part, level, window, cells)
    return _joined(pieces)


def _joined(pieces: list[Statement]) -> Statement:
    if not pieces:
        return NOTHING
    return Statement(
        " UNION ALL ".join(piece.text for piece in pieces), tuple(p for piece in pieces for p in piece.params)
    )


def _known(filters: ReportFilters) -> Known:
    return _bounds() if needs_bounds(filters) else Known(timezone.localdate())


def _bounds() -> Known:
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS)
        return Known(timezone.localdate(), *cursor.fetchone())


def _pieces(part: Part, level: int, window: Ranges | None, cells: Cells) -> list[Statement]:
    raw = _raw(part)
    if window is not None:
        _within(raw, "key", _scaled(window.runs, 2 * (BITS - level)))
    if part.slices is None:
        return [Statement(SPOTS.format(cell=cells.of_spot, where=raw.text), tuple(raw.params))]
    pending = Statement(PENDING.format(cell=cells.of_spot, where=raw.text), tuple(raw.params))
    return [_tallies(part, level, window, cells), pending]


def _tallies(part: Part, level: int, window: Ranges | None, cells: Cells) -> Statement:
    where = _Conditions()
    _areas_and_statuses(where, part)
    if window is not None:
        _within(where, "cell", _scaled(window.runs, 2 * (part.level - level)))
    statement = TALLIES.format(cell=cells.of_tally, where=where.text)
    return Statement(statement, (part.level, list(part.slices or ()), *where.params))


def _scaled(runs: Sequence[Run], shift: int) -> list[Run]:
    """The same squares in codes of `shift` more bits."""
    return [(first << shift, (last + 1 << shift) - 1) for first, last in runs]


def _within(where: _Conditions, column: str, runs: Sequence[Run]) -> None:
    """Bounds as plain comparisons: the planner knows how much lies between them."""
    texts = " OR ".join(f"{column} BETWEEN %s AND %s" for _run in runs)
    where.add(f"({texts})", *(bound for run in runs for bound in run))


def _areas_and_statuses(where: _Conditions, part: Part) -> None:
    where.among("kecamatan", part.kecamatan)
    where.among("kelurahan", part.kelurahan)
    if part.statuses is not None:
        where.add("status = ANY(%s)", list(part.statuses))
    if part.without:
        where.add("status <> ALL(%s)", list(part.without))


def _raw(part: Part) -> _Conditions:
    """All restrictions of a part, on the columns of a spot."""
    where = _Conditions()
    _areas_and_statuses(where, part)
    where.among("category", part.kategori)
    where.among("agency", part.skpd)
    for column, span in (("day", part.day), ("due", part.due)):
        if span.first and span.last and (span.last - span.first).days < FEW_DAYS:
            where.add(f"{column} = ANY(%s)", each_day(span.first, span.last))
            continue
        if span.first:
            where.add(f"{column} >= %s", span.first)
        if span.last:
            where.add(f"{column} <= %s", span.last)
    if part.q:
        text, params = (
            Report.objects.public().matching(ReportFilters(q=part.q)).order_by().values("pk").query.sql_with_params()
        )
        where.add(f"id IN ({text})", *params)
    return where
