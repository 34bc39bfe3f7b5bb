"""What the page of kecamatan says: a row for each area, as a table and as figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd
from django.utils.translation import gettext as _

from analytics import measures, queries
from analytics.addresses import with_filter
from analytics.charts import in_words
from analytics.clocks import COMPLETION, RESPONSE
from analytics.figures.medians import Look, medians
from analytics.measures import NO_ON_TIME, NOTHING, Clock, Share
from analytics.models import ReporterCount
from analytics.numerals import said
from analytics.sheets import Column, Kind, Sheet
from analytics.shown import Shown
from analytics.survival import Estimate
from analytics.timing.question import Key
from geo_reports.filters import ReportFilters
from geo_reports.models import Kecamatan, Kelurahan
from geo_reports.workflow import OPEN, Status

PER: Final = 1000
FACTORS: Final[dict[Kind, int]] = {"days": 1, "share": 100}


@dataclass(frozen=True, eq=False)
class District:
    """A kecamatan or kelurahan; `code` is empty for reports outside of all.

    `merged`: how many of its reports told again what another one had. `reporters`: how many people sent
    its reports of twelve months, whatever the filter; None: too few, or not counted yet.
    """

    code: str
    name: str
    population: int | None
    source: str
    n: int
    response: Clock
    completion: Clock
    closed: Share
    merged: Share
    in_time: Share
    reporters: ReporterCount | None

    @property
    def per_thousand(self) -> float | None:
        """Reports per 1,000 inhabitants, where their number is known."""
        return self.n / self.population * PER if self.population else None

    @property
    def is_hardly_any(self) -> bool:
        """Whether that is more than none and would be written as none."""
        return bool(self.n and self.per_thousand is not None and round(self.per_thousand, 1) == 0)


def level_of(filters: ReportFilters) -> Key:
    """Kelurahan of what is one kecamatan, or where kelurahan are asked for; else kecamatan."""
    return "kelurahan" if len(filters.kecamatan) == 1 or filters.kelurahan else "kecamatan"


def districts(filters: ReportFilters, at: datetime) -> list[District]:
    """By name, what lies outside of all last. 5 queries."""
    level = level_of(filters)
    areas = _areas(level, filters)
    statuses = queries.status_counts(filters, level, at)
    clocks = measures.measured(queries.clock_counts(filters, level, at))
    in_time = measures.on_time(queries.on_time_counts(filters, level, at))
    reporters = {found.area: found for found in ReporterCount.objects.filter(area__in=list(areas))}
    found = []
    for code in [*areas, None] if None in set(statuses["key"]) else areas:
        own = statuses[statuses["key"].isna() if code is None else statuses["key"] == code]
        n, area = int(own["n"].sum()), areas.get(code or "")
        found.append(
            District(
                code or "",
                area.name if area else _outside(level),
                area.population if area else None,
                area.population_source if area else "",
                n,
                clocks.get((RESPONSE, code), NOTHING),
                clocks.get((COMPLETION, code), NOTHING),
                Share(n - int(own.loc[own["status"].isin(OPEN), "n"].sum()), n),
                Share(int(own.loc[own["status"] == Status.MERGED, "n"].sum()), n),
                in_time.get(code, NO_ON_TIME).share,
                reporters.get(code or ""),
            )
        )
    return found


def _areas(level: Key, filters: ReportFilters) -> Mapping[str, Kecamatan | Kelurahan]:
    if level == "kecamatan":
        chosen = Kecamatan.objects.filter(pk__in=filters.kecamatan) if filters.kecamatan else Kecamatan.objects.all()
        return {area.code: area for area in chosen.order_by("name")}
    kelurahan = Kelurahan.objects.order_by("name")
    if filters.kelurahan:
        kelurahan = kelurahan.filter(pk__in=filters.kelurahan)
    return {area.code: area for area in kelurahan.filter(**_within(filters))}


def _outside(level: Key) -> str:
    return _("Di luar kecamatan") if level == "kecamatan" else _("Di luar kelurahan")


@dataclass(frozen=True)
class Spread:
    """The shortest and the longest median of the first response, and whether all intervals have days in common."""

    shortest: float
    longest: float
    is_common: bool


def spread(found: Sequence[District]) -> Spread | None:
    """Of the areas with enough answers; None of fewer than two."""
    medians = [each.response.median_days for each in found if each.code]
    values = [each.value for each in medians if each.value is not None]
    if len(values) <= 1:
        return None
    known = [each for each in medians if each.low is not None]
    highest_low = max(each.low or 0.0 for each in known)
    is_common = all(each.high is None or each.high >= highest_low for each in known)
    return Spread(min(values), max(values), is_common)


def _within(filters: ReportFilters) -> dict[str, Any]:
    return {"kecamatan__in": filters.kecamatan} if filters.kecamatan else {}


def sheet(found: Sequence[District], level: Key) -> Sheet:
    """The whole table, for the file."""
    columns = (
        Column("kode", _("Kode")),
        Column(level, _area_name(level)),
        Column("laporan", _("Laporan"), "count"),
        Column("penduduk", _("Penduduk"), "count"),
        Column("per_1000_penduduk", _("Per 1.000 penduduk"), "days"),
        Column("tanggapan_median_hari", _("Tanggapan pertama (median)"), "days", has_interval=True),
        Column("selesai_median_hari", _("Penyelesaian (median)"), "days", has_interval=True),
        Column("ditutup", _("Ditutup"), "share", has_interval=True),
        Column("tepat_waktu", _("Selesai tepat waktu"), "share", has_interval=True),
        Column("dinilai_tepat_waktu", _("Dinilai"), "count"),
        Column("ganda", _("Laporan ganda"), "share", has_interval=True),
        Column("pelapor_setahun", _("Pelapor dalam 12 bulan"), "count"),
    )
    rows = [
        (
            each.code,
            each.name,
            each.n,
            each.population,
            each.per_thousand,
            each.response.median_days,
            each.completion.median_days,
            each.closed.estimate,
            each.in_time.estimate,
            each.in_time.n,
            each.merged.estimate,
            each.reporters.reporters if each.reporters else None,
        )
        for each in found
    ]
    return Sheet(level, columns, rows)


@dataclass(frozen=True, eq=False)
class Dot:
    """One area in a figure."""

    name: str
    estimate: Estimate
    n: int
    words: str


def figures(found: Sequence[District], filters: ReportFilters) -> list[Shown]:
    """Dots with intervals: both clocks, what is closed, what was in time. Those without enough events are absent."""
    named: tuple[tuple[str, str, Kind, list[Dot]], ...] = (
        ("response", _("Tanggapan pertama"), "days", _clocks(found, lambda each: each.response)),
        ("completion", _("Penyelesaian"), "days", _clocks(found, lambda each: each.completion)),
        ("closed", _("Bagian yang sudah ditutup"), "share", _shares(found, lambda each: each.closed)),
        ("in_time", _("Bagian yang selesai tepat waktu"), "share", _shares(found, lambda each: each.in_time)),
    )
    return [_shown(name, title, kind, dots, filters) for name, title, kind, dots in named if dots]


def _shown(name: str, title: str, kind: Kind, dots: list[Dot], filters: ReportFilters) -> Shown:
    level = level_of(filters)
    axis = _("Median dalam hari") if kind == "days" else _("Persen")
    area = _area_name(level)
    columns = (Column(level, area), Column("nilai", axis, kind, has_interval=True), Column("n", "n", "count"))
    return Shown(
        name,
        title,
        _("Menurut abjad. Garis: selang 95%."),
        _("Grafik titik dan selang per %(area)s; angkanya sama dengan tabel.") % {"area": area},
        medians(_frame(dots, FACTORS[kind]), Look(axis, is_sorted=False)),
        Sheet("titik", columns, [(dot.name, dot.estimate, dot.n) for dot in dots]),
        with_filter("analytics:kecamatan_csv", filters),
    )


def _area_name(level: Key) -> str:
    return _("Kecamatan") if level == "kecamatan" else _("Kelurahan")


def _clocks(found: Sequence[District], pick: Callable[[District], Clock]) -> list[Dot]:
    shown = [(each.name, clock) for each in found if not (clock := pick(each)).is_few]
    return [Dot(name, clock.median_days, clock.n, in_words(clock)) for name, clock in shown]


def _shares(found: Sequence[District], pick: Callable[[District], Share]) -> list[Dot]:
    column = Column("", "", "share", has_interval=True)
    shown = [(each.name, share) for each in found if not (share := pick(each)).is_few]
    return [
        Dot(name, share.estimate, share.n, f"{column.shown(share.estimate)}, n = {said(share.n)}")
        for name, share in shown
    ]


def _frame(dots: Sequence[Dot], factor: int) -> pd.DataFrame:
    """As `medians` wants it."""
    frame = pd.DataFrame(
        {
            "label": [dot.name for dot in dots],
            "hover": [f"<b>{dot.name}</b><br>{dot.words}" for dot in dots],
        }
    )
    for name, part in (("median", "value"), ("low", "low"), ("high", "high")):
        frame[name] = pd.Series([getattr(dot.estimate, part) for dot in dots], dtype="float64") * factor
    return frame
