"""The spots that the words of a search found, as columns of numbers: narrowed by a part and counted by cell. Pure.

A frequent word finds a hundred thousand of a million. Rows in the order of their keys lie together where
they lie together on the map: a tile is a few slices of the columns, and is counted in a millisecond or two.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from maps.grid.slices import Part
from maps.grid.spans import Days
from maps.world import BITS

Numbers: TypeAlias = NDArray[np.integer]
At: TypeAlias = slice | NDArray[np.integer]

NOWHERE: Final = -1  # the key of a report without a point: before all others
NEVER: Final = 2**31 - 1  # the due date of a report that has none
NUMBERS: Final = ("key", "id", "x", "y", "day", "due")  # and n, how many reports a row stands for
LABELS: Final = ("status", "category", "agency", "kecamatan", "kelurahan")  # and month, of the day
SUMS: Final = ("n", "x", "y", "id")
EVERYTHING: Final = slice(None)
GATHERED: Final = 17  # level of cells that lie in no more than a few thousand: those of a tile at zoom 14
GATHERED_BY: Final = ("kecamatan", "kelurahan", "status")


@dataclass(frozen=True)
class Labels:
    """A column of few different values: the number of each row's value, and the values."""

    numbers: Numbers
    values: tuple[str | int, ...]

    def among(self, wanted: Collection[str]) -> NDArray[np.bool_]:
        """Of each row, whether its value is one of these."""
        return np.array([value in wanted for value in self.values], bool)[self.numbers]

    def spelled(self) -> list[Any]:
        """The value of each row."""
        return [self.values[at] for at in self.numbers.tolist()]

    def with_others(self, others: "Labels") -> "Labels":
        """These rows and then the others."""
        values = tuple(dict.fromkeys(self.values + others.values))
        renumbered = np.array([values.index(value) for value in others.values], np.intp)[others.numbers]
        numbers = np.concatenate([self.numbers, renumbered])
        return Labels(numbers.astype(np.min_scalar_type(len(values))), values)


@dataclass(frozen=True, eq=False)
class Found:
    """Spots in ascending order of their keys, or `gathered` ones. Days as date.toordinal() counts them."""

    numbers: dict[str, Numbers]
    labels: dict[str, Labels]

    @cached_property
    def gathered(self) -> "Found":
        """A row for all reports of a cell of level GATHERED that have the same areas and status, and for those nowhere.

        It answers whatever asks for no more, at a cost that does not grow with what was found.
        """
        rows = Rows(self, EVERYTHING)
        (cells, *others), sums = _count(rows, [rows.cells(GATHERED), *map(rows.label, GATHERED_BY)])
        codes = np.array(cells.values, np.int64)[cells.numbers]
        key = np.where(codes == NOWHERE, NOWHERE, codes << 2 * (BITS - GATHERED))
        return Found({"key": key} | dict(zip(SUMS, sums, strict=True)), dict(zip(GATHERED_BY, others, strict=True)))

    def __len__(self) -> int:
        return len(self.numbers["key"])

    def without(self, ids: Collection[int]) -> "Found":
        """All but the reports with these ids."""
        return self._taken(~np.isin(self.numbers["id"], list(ids)))

    def with_others(self, others: "Found") -> "Found":
        """These and others, none of which is among these."""
        return Found(
            {name: np.concatenate([column, others.numbers[name]]) for name, column in self.numbers.items()},
            {name: column.with_others(others.labels[name]) for name, column in self.labels.items()},
        ).in_order()

    def in_order(self) -> "Found":
        """The same, for those that come in any order."""
        return self._taken(np.argsort(self.numbers["key"], kind="stable"))

    def _taken(self, rows: NDArray[Any]) -> "Found":
        return Found(
            {name: column[rows] for name, column in self.numbers.items()},
            {name: Labels(column.numbers[rows], column.values) for name, column in self.labels.items()},
        )

    def within(self, runs: Iterable[tuple[int, int]]) -> "list[Rows]":
        """Those whose keys lie in some runs that do not overlap: of the longest, and of the others together."""
        keys = self.numbers["key"]
        first, last = np.array(sorted(runs), np.int64).reshape(-1, 2).T
        edges = zip(np.searchsorted(keys, first), np.searchsorted(keys, last, "right"), strict=True)
        slices = [slice(start, stop) for start, stop in edges]
        longest = max(slices, key=lambda at: at.stop - at.start, default=slice(0))
        others = [np.arange(at.start, at.stop) for at in slices if at is not longest]
        return [Rows(self, longest), Rows(self, np.concatenate([np.arange(0), *others]))]


@dataclass(frozen=True)
class Rows:
    """Some of what was found, in its order."""

    found: Found
    at: At

    def number(self, name: str) -> Numbers:
        """A column of NUMBERS, or n."""
        return self.found.numbers[name][self.at]

    def label(self, name: str) -> Labels:
        """A column of LABELS, or month."""
        column = self.found.labels[name]
        return Labels(column.numbers[self.at], column.values)

    def of(self, part: Part) -> "Rows":
        """Those that satisfy a part, but for the words it searches."""
        kept = [
            self.label(name).among(wanted)
            for name, wanted in (
                ("category", part.kategori),
                ("agency", part.skpd),
                ("kecamatan", part.kecamatan),
                ("kelurahan", part.kelurahan),
            )
            if wanted
        ]
        if part.statuses is not None:
            kept.append(self.label("status").among(part.statuses))
        if part.without:
            kept.append(~self.label("status").among(part.without))
        for name, span in (("day", part.day), ("due", part.due)):
            if span != Days():
                kept.append(self.number(name) < NEVER)
            if span.first:
                kept.append(self.number(name) >= span.first.toordinal())
            if span.last:
                kept.append(self.number(name) <= span.last.toordinal())
        if not kept:
            return self
        return Rows(self.found, np.arange(len(self.found))[self.at][np.logical_and.reduce(kept)])

    def cells(self, zoom: int) -> Labels:
        """The cell of each, as its Morton code; nowhere stays nowhere."""
        codes = self.number("key") >> 2 * (BITS - zoom)
        first = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
        numbers = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(codes))))
        return Labels(numbers, tuple(codes[first].tolist()))

    def placed(self) -> Labels:
        """1 with a point, 0 without."""
        return Labels((self.number("key") != NOWHERE).astype(np.intp), (0, 1))


def count(pieces: Iterable[Rows], labels: Callable[[Rows], list[Labels]]) -> list[list[Any]]:
    """How many reports each combination of labels has, in each piece.

    Columns: the labels, and the sums of SUMS.
    """
    columns = []
    for rows in pieces:
        combined, sums = _count(rows, labels(rows))
        columns.append([*(label.spelled() for label in combined), *(each.tolist() for each in sums)])
    return [list(chain(*parts)) for parts in zip(*columns, strict=True)]


def _count(rows: Rows, labels: list[Labels]) -> tuple[list[Labels], list[Numbers]]:
    """The combinations that occur, in the order of their labels, and the sums of each: exact up to 2^53."""
    shape = tuple(max(len(label.values), 1) for label in labels)
    combined = labels[0].numbers.astype(np.intp)
    for label, size in zip(labels[1:], shape[1:], strict=True):
        combined = combined * size + label.numbers
    occurs = np.flatnonzero(np.bincount(combined))
    sums: list[Numbers] = [np.bincount(combined, rows.number(name))[occurs].astype(np.int64) for name in SUMS]
    numbers = np.unravel_index(occurs, shape)
    return [Labels(each, label.values) for label, each in zip(labels, numbers, strict=True)], sums
