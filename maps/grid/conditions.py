"""Restrictions as SQL: what a part asks of a spot or tally, and where a window lies among Morton codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from maps.grid.slices import Part
from maps.grid.spans import each_day
from maps.world import BITS, ranges

FEW_DAYS: Final = 62  # a list of days is found in an index that goes on with the key; a range of days is not


class Conditions:
    """Restrictions joined with AND, each with its parameters."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.params: list[Any] = []

    def add(self, text: str, *params: Any) -> None:
        """One more restriction with its parameters."""
        self._texts.append(f" AND {text}")
        self.params += params

    def among(self, column: str, values: Sequence[str]) -> None:
        """One of some values; none given means any."""
        if values:
            self.add(f"{column} = ANY(%s)", list(values))

    @property
    def text(self) -> str:
        """To follow a restriction that is there already."""
        return "".join(self._texts)


@dataclass(frozen=True)
class Window:
    """A run of neighbouring cells, first and last code, and single ones around it (of `rim_zoom`).

    What is counted in it is told apart by the cells of `zoom`.
    """

    zoom: int
    run: tuple[int, int]
    rim: tuple[int, ...] = ()
    rim_zoom: int = 0

    def restrict(self, where: Conditions, column: str, zoom: int) -> None:
        """Only what lies in it: `column` holds codes of a `zoom` at least as deep as the window's."""
        first, last = self._scaled(self.run, zoom - self.zoom)
        if not self.rim:
            where.add(f"{column} BETWEEN %s AND %s", first, last)
            return
        shift = 2 * (zoom - self.rim_zoom)
        rim = f"{{{','.join(map(str, self.rim))}}}"  # a list of numbers would be quoted one by one
        if shift == 0:
            where.add(f"({column} BETWEEN %s AND %s OR {column} = ANY(%s))", first, last, rim)
            return
        low, high = self._scaled((self.rim[0], self.rim[-1]), zoom - self.rim_zoom)
        around = f"({column} BETWEEN %s AND %s AND {column} >> {shift} = ANY(%s))"
        where.add(f"({column} BETWEEN %s AND %s OR {around})", first, last, low, high, rim)

    def keys(self) -> tuple[list[int], list[int]]:
        """First and last key of each run in it."""
        runs = [self._scaled(self.run, BITS - self.zoom)]
        runs += [self._scaled(run, BITS - self.rim_zoom) for run in ranges(self.rim)]
        return [first for first, _last in runs], [last for _first, last in runs]

    @staticmethod
    def _scaled(run: tuple[int, int], deeper: int) -> tuple[int, int]:
        return run[0] << 2 * deeper, (run[1] + 1 << 2 * deeper) - 1


def of_tally(part: Part) -> Conditions:
    """What a part asks of the tallies of its slices."""
    where = Conditions()
    where.among("kecamatan", part.kecamatan)
    where.among("kelurahan", part.kelurahan)
    if part.statuses is not None:
        where.add("status = ANY(%s)", list(part.statuses))
    if part.without:
        where.add("status <> ALL(%s)", list(part.without))
    return where


def of_spot(part: Part, *, without_days: bool = False) -> Conditions:
    """What a part asks of a spot, but for the words it searches; without few days, where these are already found."""
    where = of_tally(part)
    where.among("category", part.kategori)
    where.among("agency", part.skpd)
    for column, days in few_days(part).items():
        if not without_days:
            where.add(f"{column} = ANY(%s)", days)
    for column, span in (("day", part.day), ("due", part.due)):
        if column in few_days(part):
            continue
        if span.first:
            where.add(f"{column} >= %s", span.first)
        if span.last:
            where.add(f"{column} <= %s", span.last)
    return where


def few_days(part: Part) -> dict[str, list[Any]]:
    """Column -> days, for each range of a part that is short."""
    return {
        column: each_day(span.first, span.last)
        for column, span in (("day", part.day), ("due", part.due))
        if span.first and span.last and (span.last - span.first).days < FEW_DAYS
    }
