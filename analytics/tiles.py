"""The numbers of the last full month in words: what they stand on, the year before, and whether that is chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics.last_month import Kind, Number
from analytics.numerals import said, said_days, signed
from analytics.survival import Estimate

FACTORS: Final[dict[Kind, int]] = {"count": 1, "share": 100, "days": 1}
PLACES: Final[dict[Kind, int]] = {"count": 0, "share": 0, "days": 1}


@dataclass(frozen=True)
class Tile:
    """One number; `is_real`: the change is more than chance would make, None where that cannot be told."""

    label: str
    month: str
    value: str
    backing: str
    compared: str
    verdict: str
    is_real: bool | None
    trend: tuple[float | None, ...]
    trend_words: str


def tiles(numbers: Sequence[Number]) -> list[Tile]:
    """All of them, in the reader's language."""
    labels = {
        "came": _("Laporan masuk"),
        "left": _("Laporan ditutup"),
        "backlog": _("Tunggakan di akhir bulan"),
        "in_time": _("Selesai tepat waktu"),
        "response": _("Tanggapan pertama (median)"),
        "completion": _("Penyelesaian (median)"),
    }
    return [_tile(number, labels[number.name]) for number in numbers]


def _tile(number: Number, label: str) -> Tile:
    year_before = number.month.replace(year=number.month.year - 1)
    known = [value for value in number.trend if value is not None]
    return Tile(
        label,
        date_format(number.month, "M Y"),
        _value(number, number.now),
        _backing(number),
        _("%(month)s: %(value)s")
        % {
            "month": date_format(year_before, "M Y"),
            "value": _("tersaring") if number.is_cut else _value(number, number.before),
        },
        _verdict(number),
        number.is_more_than_chance,
        number.trend,
        _("Dua belas bulan: paling rendah %(low)s, paling tinggi %(high)s")
        % {"low": _written(number.kind, min(known)), "high": _written(number.kind, max(known))}
        if known
        else "",
    )


def _written(kind: Kind, value: float) -> str:
    if kind == "days":
        return _("%(value)s hari") % {"value": said_days(value)}
    text = said(value * FACTORS[kind], PLACES[kind])
    return f"{text}%" if kind == "share" else text


def _value(number: Number, found: Estimate) -> str:
    if found.value is not None:
        return _written(number.kind, found.value)
    if found.low is not None:
        return _("belum tercapai")
    return _("terlalu sedikit")


def _backing(number: Number) -> str:
    """The interval and n; of a count that it is complete."""
    if number.is_partial:
        return _("hanya dari laporan yang dipilih")
    if number.n is None:
        return _("hitungan lengkap")
    n = said(number.n)
    if number.now.low is None:
        return f"n = {n}"
    return f"{_limits(number.kind, number.now)} · n = {n}"


def _limits(kind: Kind, found: Estimate) -> str:
    low, high = (None if part is None else _written(kind, part) for part in (found.low, found.high))
    if high is None:
        return _("%(low)s atau lebih") % {"low": low}
    return _("%(low)s sampai %(high)s") % {"low": low, "high": high}


def _verdict(number: Number) -> str:
    """The change with its interval, and whether it is more than chance."""
    value = number.change.value
    if value is None:
        return _not_compared(number)
    if number.name == "backlog":
        return _signed(value, "share")
    is_count = number.kind == "count"
    unit: Kind = "share" if is_count or number.kind == "share" else "days"
    change = _signed(value, unit, is_points=number.kind == "share")
    low, high = (
        None if part is None else _signed(part, unit, is_bare=True) for part in (number.change.low, number.change.high)
    )
    if low is not None and high is not None:
        change = _("%(change)s (95%%: %(low)s sampai %(high)s)") % {"change": change, "low": low, "high": high}
    if number.is_more_than_chance:
        return _("%(change)s: lebih dari kebetulan") % {"change": change}
    return _("%(change)s: tidak dapat dibedakan dari kebetulan") % {"change": change}


def _not_compared(number: Number) -> str:
    if number.is_cut or number.is_partial:
        return _("tidak dibandingkan")
    return _("terlalu sedikit untuk dibandingkan") if number.kind == "count" else _("belum dapat dibandingkan")


def _signed(value: float, kind: Kind, *, is_points: bool = False, is_bare: bool = False) -> str:
    """With a sign, of zero without: "+12%", "+0,4 hari"."""
    text = signed(value * FACTORS[kind], PLACES[kind])
    if is_bare:
        return text
    if kind == "days":
        return _("%(value)s hari") % {"value": text}
    return _("%(value)s poin persen") % {"value": text} if is_points else f"{text}%"
