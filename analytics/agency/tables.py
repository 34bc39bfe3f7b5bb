"""The tables of the page of an SKPD: each is beside its figure, and a file of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from analytics import ages
from analytics.agency import names
from analytics.agency.finding import ENDS, Findings, Group
from analytics.clocks import COMPLETION, RESPONSE, RUNNING
from analytics.competing import Incidences
from analytics.measures import Clock
from analytics.sheets import Column, Sheet
from analytics.survival import Estimate

# Days from the arrival at which curves and ends are written down.
DAYS: Final = (0, 7, 14, 30, 60)
MEAN_HORIZON_DAYS: Final = 180


@dataclass(frozen=True)
class Names:
    """What slugs and codes are called; those of None: outside of all."""

    agencies: Mapping[str, str]
    categories: Mapping[str, str]
    kecamatan: Mapping[str | None, str]


def clocks(found: Findings, _names: Names) -> Sheet:
    """Median, p90, restricted mean and the plain mean of each clock."""
    columns = (
        Column("tolok_ukur", _("Tolok ukur")),
        Column("median_hari", _("Median"), "days", has_interval=True),
        Column("p90_hari", _("90% dalam"), "days", has_interval=True),
        Column("rata_rata_dibatasi_hari", _("Rata-rata dibatasi"), "days", has_interval=True),
        Column("batas_rata_rata_hari", _("Batasnya"), "count"),
        Column("rata_rata_tercapai_hari", _("Rata-rata yang sudah saja"), "days"),
        Column("diikuti", _("Diikuti"), "count"),
        Column("peristiwa", _("Peristiwa"), "count"),
    )
    return Sheet("waktu", columns, [(str(names.CLOCKS[name]), *_clock(clock)) for name, clock in found.clocks.items()])


def _clock(clock: Clock) -> tuple[Any, ...]:
    mean = clock.restricted_mean_days(MEAN_HORIZON_DAYS)
    return (
        clock.median_days,
        clock.p90_days,
        mean.estimate,
        int(mean.horizon) or None,
        None if clock.is_few else clock.mean_days,
        clock.n,
        clock.events,
    )


def curves(found: Findings, _names: Names) -> Sheet:
    """The share of each clock by day, and how many are still followed."""
    columns: list[Column] = [Column("hari", _("Hari"), "count")]
    for name in found.clocks:
        label = str(names.SHORT_CLOCKS[name])
        columns += [
            Column(name, label, "share", has_interval=True),
            Column(f"{name}_diikuti", _("masih diikuti"), "count"),
        ]
    rows = [(day, *(part for clock in found.clocks.values() for part in clock.followed(day))) for day in DAYS]
    return Sheet("kurva", tuple(columns), rows)


def ends(found: Findings, _names: Names) -> Sheet:
    """The share that has ended in each way by day."""
    columns = [Column("hari", _("Hari"), "count")]
    columns += [Column(kind, str(names.ENDS[kind]), "share", has_interval=True) for kind in ENDS]
    columns.append(Column(RUNNING, str(names.ENDS[RUNNING]), "share"))
    rows = _ended(found.ends, found.asked.per_day) if found.ends else []
    return Sheet("akhir", tuple(columns), rows)


def _ended(known: Incidences, per_day: int) -> list[tuple[Any, ...]]:
    return [
        (day, *(known.at(kind, day * per_day) for kind in ENDS), known.overall.at(day * per_day).value)
        for day in DAYS[1:]
    ]


def response_months(found: Findings, _names: Names) -> Sheet:
    """The first response by the month of submission."""
    return _by_month("bulan-tanggapan", found, RESPONSE)


def completion_months(found: Findings, _names: Names) -> Sheet:
    """The completion by the month of submission."""
    return _by_month("bulan-penyelesaian", found, COMPLETION)


def _by_month(name: str, found: Findings, clock: str) -> Sheet:
    return _grouped(name, Column("bulan", _("Bulan"), "month"), [(each.key, each) for each in found.months], (clock,))


def categories(found: Findings, known: Names) -> Sheet:
    """Both clocks by category."""
    rows = [(known.categories.get(each.key, each.key), each) for each in found.categories]
    return _grouped("kategori", Column("kategori", _("Kategori")), rows)


def kecamatan(found: Findings, known: Names) -> Sheet:
    """Both clocks by kecamatan."""
    rows = [(known.kecamatan[each.key], each) for each in found.kecamatan]
    return _grouped("kecamatan", Column("kecamatan", _("Kecamatan")), rows)


def _grouped(
    name: str, first: Column, groups: list[tuple[Any, Group]], clocks: Sequence[str] = (RESPONSE, COMPLETION)
) -> Sheet:
    columns = [first, Column("n", _("n"), "count")]
    for clock in clocks:
        written, label = ("tanggapan", _("Tanggapan")) if clock == RESPONSE else ("selesai", _("Penyelesaian"))
        columns += [
            Column(f"{written}_median_hari", _("%(clock)s: median") % {"clock": label}, "days", has_interval=True),
            Column(f"{written}_p90_hari", _("%(clock)s: 90%% dalam") % {"clock": label}, "days", has_interval=True),
            Column(f"{written}_peristiwa", _("%(clock)s: peristiwa") % {"clock": label}, "count"),
            Column(f"{written}_diikuti_pada_median", _("%(clock)s: diikuti pada median") % {"clock": label}, "count"),
        ]
    rows = [
        (label, group.n, *(part for clock in clocks for part in _quantiles(getattr(group, clock))))
        for label, group in groups
    ]
    return Sheet(name, tuple(columns), rows)


def _quantiles(clock: Clock) -> tuple[Estimate, Estimate, int, int | None]:
    return clock.median_days, clock.p90_days, clock.events, clock.followed_at_median


def flow(found: Findings, _names: Names) -> Sheet:
    """What came, left and stayed, of all months, the last first."""
    columns = (
        Column("bulan", _("Bulan"), "month"),
        Column("masuk", _("Laporan masuk"), "count"),
        Column("keluar", _("Laporan keluar"), "count"),
        Column("sisa", _("Tunggakan di akhir bulan"), "count"),
    )
    rows = zip(*(found.flow[name].tolist() for name in ("month", "came", "left", "backlog")), strict=True)
    return Sheet("arus", columns, list(rows)[::-1])


def ageing(found: Findings, _names: Names) -> Sheet:
    """What waits, by how long it has."""
    return ages.sheet(found.ageing)


def handovers(found: Findings, known: Names) -> Sheet:
    """From whom it comes and to whom it goes."""
    columns = (Column("dari", _("Dari")), Column("kepada", _("Kepada")), Column("n", _("Laporan"), "count"))
    rows = zip(*(found.handovers[name].tolist() for name in ("source", "target", "n")), strict=True)
    return Sheet("alihan", columns, [(known.agencies[source], known.agencies[target], n) for source, target, n in rows])


SHEETS: Final[Mapping[str, Callable[[Findings, Names], Sheet]]] = {
    "waktu": clocks,
    "kurva": curves,
    "akhir": ends,
    "bulan-tanggapan": response_months,
    "bulan-penyelesaian": completion_months,
    "kategori": categories,
    "kecamatan": kecamatan,
    "arus": flow,
    "umur": ageing,
    "alihan": handovers,
}
