"""A table that a page shows and a file carries: the same rows, written for people and for machines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics.numerals import said, said_days, signed
from analytics.survival import Estimate

Kind = Literal["text", "month", "count", "days", "share", "change"]
DECIMALS: Final[dict[Kind, int]] = {"share": 0, "change": 1}
FITTING: Final = 3
NOTHING: Final = "–"  # noqa: RUF001  (a dash, as in print)


@dataclass(frozen=True)
class Column:
    """A head: `name` in files, `label` on pages. An interval is three columns of a file, one of a page.

    A month is its first day. Days and shares (0..1) may be None; of an interval each value is an `Estimate`.
    """

    name: str
    label: str
    kind: Kind = "text"
    has_interval: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is written to the right."""
        return self.kind not in {"text", "month"}

    @property
    def names(self) -> tuple[str, ...]:
        """Its heads in a file."""
        return (self.name, f"{self.name}_bawah_95", f"{self.name}_atas_95") if self.has_interval else (self.name,)

    def shown(self, value: Any) -> str:
        """A value for people."""
        if self.has_interval:
            return self._interval(value)
        if self.kind == "month":
            return date_format(value, "M Y")
        return str(value) if self.kind == "text" else self._number(value)

    def _number(self, value: float | None, *others: float | None) -> str:
        if value is None:
            return NOTHING
        if self.kind == "share":
            return f"{said(value * 100, DECIMALS['share'])}%"
        if self.kind == "change":
            return signed(value, DECIMALS["change"])
        if self.kind == "days":
            return said_days(value, *others)
        return said(value, DECIMALS.get(self.kind, 0))

    def _interval(self, found: Estimate) -> str:
        if found.low is None:
            return self._number(found.value)
        limits = (found.value, found.low, found.high)
        low, high = self._number(found.low, *limits), self._number(found.high, *limits)
        value = _("belum tercapai") if found.value is None else self._number(found.value, *limits)
        if found.high is None:
            return _("%(value)s (%(low)s atau lebih)") % {"value": value, "low": low}
        if self.kind == "change":
            return _("%(value)s (%(low)s sampai %(high)s)") % {"value": value, "low": low, "high": high}
        return f"{value} ({low}–{high})"  # noqa: RUF001  (from ... to)

    def written(self, value: Any) -> Iterator[str]:
        """A value for machines, with a decimal point; empty for what is not known."""
        parts = (value.value, value.low, value.high) if self.has_interval else (value,)
        for part in parts:
            yield "" if part is None else self._plain(part)

    def _plain(self, value: Any) -> str:
        formats: dict[Kind, str] = {"month": "%Y-%m", "share": ".4f", "days": ".2f", "change": ".2f"}
        return format(value, formats.get(self.kind, ""))


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows under their columns; `name` is that of its file, the first column names the row."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]

    @property
    def is_broad(self) -> bool:
        """Whether a phone has no room for its columns: there each row stands as a block."""
        return len(self.columns) > FITTING

    @property
    def shown(self) -> list[list[str]]:
        """The rows for people."""
        return [[column.shown(value) for column, value in zip(self.columns, row, strict=True)] for row in self.rows]

    @property
    def written(self) -> Iterator[list[str]]:
        """The rows for machines, heads first."""
        yield [name for column in self.columns for name in column.names]
        for row in self.rows:
            yield [part for column, value in zip(self.columns, row, strict=True) for part in column.written(value)]
