"""How far two sides of a comparison differ: a sentence, a table, a figure for each clock; and all of it as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _

from analytics import measures
from analytics.clocks import COMPLETION, RESPONSE
from analytics.comparison import Side
from analytics.contrasts import Contrast, contrasts
from analytics.figures.curves import curves
from analytics.measures import TOLD_DAYS, Clock
from analytics.sheets import Column, Sheet
from analytics.shown import Shown
from analytics.verdicts import Verdict, verdict

CURVE_DAYS: Final = 60
# What files call the clocks, here as elsewhere.
IN_FILES: Final = {RESPONSE: "tanggapan", COMPLETION: "selesai"}


@dataclass(frozen=True, eq=False)
class Difference:
    """One clock of both sides: `sizes` are their names and clocks."""

    name: str
    title: str
    verdict: Verdict
    sizes: tuple[tuple[str, Clock], ...]
    contrasts: Sequence[Contrast]
    figure: Shown | None

    @property
    def is_few(self) -> bool:
        """Whether nothing can be compared: one side has too few events."""
        return any(clock.is_few for _label, clock in self.sizes)


def differences(one: Side, other: Side, csv: str) -> list[Difference]:
    """Of the first response and of the completion. `csv`: the address of the whole as a file."""
    titles = {RESPONSE: _("Tanggapan pertama"), COMPLETION: _("Penyelesaian")}
    return [_difference(name, title, one, other, csv) for name, title in titles.items()]


def _difference(name: str, title: str, one: Side, other: Side, csv: str) -> Difference:
    found = contrasts(one.clocks[name], other.clocks[name])
    sizes = tuple((_whole_name(side), side.clocks[name]) for side in (one, other))
    said = verdict(one, other, name, found)
    return Difference(name, title, said, sizes, found, _figure(name, title, one, other, csv))


def _whole_name(side: Side) -> str:
    return side.label if side.short == side.label else f"{side.short} ({side.label})"


def _figure(name: str, title: str, one: Side, other: Side, csv: str) -> Shown | None:
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
        curves(pd.concat(points), styles, _("Hari"), _("Bagian laporan"), hover),
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
    columns = [Column("hari", _("Hari"), "count")]
    for key, side in (("a", one), ("b", other)):
        columns.append(Column(key, side.short, "share", has_interval=True))
        columns.append(Column(f"{key}_diikuti", _("%(side)s: masih diikuti") % {"side": side.short}, "count"))
    clocks = [side.clocks[name] for side in (one, other)]
    rows = [(day, *(part for clock in clocks for part in clock.followed(day))) for day in TOLD_DAYS]
    return Sheet("kurva", tuple(columns), rows)


def whole(found: list[Difference], one: Side, other: Side, common: str) -> Sheet:
    """All of it as one file; every row says what was compared, and under which filter both were (`common`)."""
    columns = (
        Column("tahap", ""),
        Column("ukuran", ""),
        Column("a", "", "share", has_interval=True),
        Column("b", "", "share", has_interval=True),
        Column("selisih", "", "share", has_interval=True),
        Column("p_log_rank", ""),
        Column("pembanding_a", ""),
        Column("a_diikuti", "", "count"),
        Column("a_peristiwa", "", "count"),
        Column("pembanding_b", ""),
        Column("b_diikuti", "", "count"),
        Column("b_peristiwa", "", "count"),
        Column("saringan", ""),
    )
    rows = [
        (
            IN_FILES[each.name],
            row.name,
            row.first,
            row.second,
            row.apart,
            "" if each.verdict.p_value is None else f"{each.verdict.p_value:.2g}",
            *_size(one, each.name),
            *_size(other, each.name),
            common,
        )
        for each in found
        for row in each.contrasts
    ]
    name = "-".join(("bandingkan", *(side.key.replace("/", "_") for side in (one, other))))
    return Sheet(name, columns, rows)


def _size(side: Side, clock: str) -> tuple[str, int, int]:
    return side.key, side.clocks[clock].n, side.clocks[clock].events
