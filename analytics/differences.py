"""How far two sides of a comparison differ: a table, a sentence, a figure for each clock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _

from analytics import measures
from analytics.clocks import COMPLETION, RESPONSE
from analytics.comparing import difference, log_rank, quantile_difference
from analytics.comparison import Side
from analytics.figures.curves import curves
from analytics.figures.style import as_json
from analytics.measures import Clock
from analytics.numerals import said
from analytics.sheets import Column, Sheet
from analytics.shown import Shown
from analytics.survival import UNKNOWN, Estimate

WITHIN_DAYS: Final = (3, 14, 60)
CURVE_DAYS: Final = 60
SIGNIFICANT: Final = 0.05
LEAST_P: Final = 0.001


@dataclass(frozen=True, eq=False)
class Difference:
    """One clock of both sides: `sizes` are their names and clocks.

    `verdict` says what can be said of the whole of it, `is_real` whether that is more than chance.
    """

    name: str
    title: str
    verdict: str
    is_real: bool
    sizes: tuple[tuple[str, Clock], ...]
    sheet: Sheet
    figure: Shown | None


def differences(one: Side, other: Side, csv: str) -> list[Difference]:
    """Of the first response and of the completion. `csv`: the address of the whole as a file."""
    titles = {RESPONSE: _("Tanggapan pertama"), COMPLETION: _("Penyelesaian")}
    return [_difference(name, title, one, other, csv) for name, title in titles.items()]


def _difference(name: str, title: str, one: Side, other: Side, csv: str) -> Difference:
    verdict, is_real = _verdict(one, other, name)
    sheet = Sheet("bandingkan", _columns(one, other), list(rows(one.clocks[name], other.clocks[name])))
    sizes = tuple((_whole_name(side), side.clocks[name]) for side in (one, other))
    return Difference(name, title, verdict, is_real, sizes, sheet, _figure(name, title, one, other, sheet, csv))


def _whole_name(side: Side) -> str:
    return side.label if side.short == side.label else f"{side.short} ({side.label})"


def _columns(one: Side, other: Side) -> tuple[Column, ...]:
    return (
        Column("ukuran", _("Ukuran")),
        Column("a", one.short, "days", has_interval=True),
        Column("b", other.short, "days", has_interval=True),
        Column("selisih", _("Selisih"), "change", has_interval=True),
    )


def rows(first: Clock, second: Clock) -> list[tuple[str, Estimate, Estimate, Estimate]]:
    """Measure, both sides and the first minus the second; days, or per cent. Unknown where one has too few events."""
    is_few = first.is_few or second.is_few
    found = [
        (label, first.quantile_days(share), second.quantile_days(share), _apart(first, second, share, is_few=is_few))
        for label, share in ((_("Median (hari)"), 0.5), (_("90% dalam (hari)"), 0.9))
    ]
    for days in WITHIN_DAYS:
        one, other = first.share_within(days), second.share_within(days)
        label = _("Dalam %(days)s hari (%%)") % {"days": days}
        found.append((label, _percent(one), _percent(other), _percent(difference(one, other))))
    return found


def _apart(first: Clock, second: Clock, share: float, *, is_few: bool) -> Estimate:
    if is_few:
        return UNKNOWN
    found = quantile_difference(first.curve, second.curve, share)
    return _scaled(found, 1 / first.per_day)


def _percent(found: Estimate) -> Estimate:
    return _scaled(found, 100)


def _scaled(found: Estimate, factor: float) -> Estimate:
    return Estimate(*(None if part is None else part * factor for part in (found.value, found.low, found.high)))


def _verdict(one: Side, other: Side, name: str) -> tuple[str, bool]:
    """By the log-rank test over the whole of both curves."""
    first, second = one.clocks[name], other.clocks[name]
    if first.is_few or second.is_few:
        few = one if first.is_few else other
        return _("Terlalu sedikit untuk dibandingkan: %(side)s baru %(n)s peristiwa.") % {
            "side": few.label,
            "n": said(few.clocks[name].events),
        }, False
    test = log_rank(first.curve, second.curve)
    if test.p_value is None:
        return _("Tidak ada peristiwa yang dapat membedakan keduanya."), False
    p = (_("p < 0,001") if test.p_value < LEAST_P else f"p = {said(test.p_value, 3)}").replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    if test.p_value >= SIGNIFICANT:
        return _("Perbedaannya tidak dapat dibedakan dari kebetulan (%(p)s).") % {"p": p}, False
    sooner = one if test.observed > test.expected else other
    return _("%(side)s lebih cepat, lebih dari kebetulan (%(p)s).") % {"side": sooner.label, "p": p}, True


def _figure(name: str, title: str, one: Side, other: Side, sheet: Sheet, csv: str) -> Shown | None:
    shown = [(key, side) for key, side in (("a", one), ("b", other)) if not side.clocks[name].is_few]
    if not shown:
        return None
    points = [
        measures.curve_points(side.clocks[name], CURVE_DAYS).assign(slug=key, label=side.short) for key, side in shown
    ]
    hover = "%{fullData.name}: " + _("%{y:.0%} dalam %{x:.1f} hari") + "<extra></extra>"
    styles = {"a": one.style, "b": other.style}
    return Shown(
        name,
        title,
        _note(one, other),
        _("Grafik bagian laporan menurut hari untuk %(one)s dan %(other)s; angkanya sama dengan tabel.")
        % {"one": one.label, "other": other.label},
        as_json(curves(pd.concat(points), styles, _("Hari"), _("Bagian laporan"), hover)),
        curve_sheet(one, other, name),
        csv,
        is_wide=True,
    )


def _note(one: Side, other: Side) -> str:
    """What the lines are, where they are not called what they are."""
    band = _("Pita: selang 95%.")
    if one.short == one.label:
        return band
    return f"{one.short}: {one.label}. {other.short}: {other.label}. {band}"


def curve_sheet(one: Side, other: Side, name: str) -> Sheet:
    """Both curves at some days, with how many are followed then."""
    days = (1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60)
    columns = [Column("hari", _("Hari"), "count")]
    readers: list[Callable[[int], tuple[Estimate, int]]] = []
    for key, side in (("a", one), ("b", other)):
        columns.append(Column(key, side.short, "share", has_interval=True))
        columns.append(Column(f"{key}_diikuti", _("%(side)s: masih diikuti") % {"side": side.short}, "count"))
        readers.append(_reader(side.clocks[name]))
    return Sheet("kurva", tuple(columns), [(day, *(part for read in readers for part in read(day))) for day in days])


def _reader(clock: Clock) -> Callable[[int], tuple[Estimate, int]]:
    return lambda day: (clock.share_within(day), clock.curve.number_at_risk(day * clock.per_day))


def whole(found: list[Difference], one: Side, other: Side) -> Sheet:
    """All of it as one file."""
    columns = (Column("tahap", _("Tahap")), *_columns(one, other))
    return Sheet("bandingkan", columns, [(each.name, *row) for each in found for row in each.sheet.rows])
