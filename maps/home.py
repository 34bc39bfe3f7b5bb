"""What the map page shows before any script runs: filter chips, area table, latest reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import STATUS_CHOICES
from geo_reports.models import Agency, Category, Kecamatan, Kelurahan, ReportQuerySet
from geo_reports.pages.choices import active_filters
from geo_reports.templatetags.look import category_label
from geo_reports.workflow import Status
from maps import scripts
from maps.collections import reports
from maps.measures import AreaCount, summarise
from maps.params import Level, Measure
from maps.scripts import FIRST_RESPONSE, ON_TIME

LATEST: Final = 20
MEASURES: Final = {
    Measure.OPEN: gettext_lazy("Laporan terbuka"),
    Measure.ALL: gettext_lazy("Semua laporan"),
    Measure.PER_CAPITA: gettext_lazy("Laporan per 1.000 penduduk"),
    FIRST_RESPONSE: gettext_lazy("Hari ke tanggapan pertama"),
    ON_TIME: gettext_lazy("Selesai tepat waktu"),
    Measure.TREND: gettext_lazy("Dibanding tahun lalu"),
}


@dataclass(frozen=True)
class Option:
    """One thing to tick in a chip's panel."""

    value: str
    label: str
    is_chosen: bool
    icon: str = ""


@dataclass(frozen=True)
class Chip:
    """One filter: its name, what is chosen in words, and what can be."""

    name: str
    label: str
    chosen: str
    options: tuple[Option, ...]
    is_single: bool = False


@dataclass(frozen=True)
class AreaRow:
    """An area in the table, with the query of its map and its list."""

    area: AreaCount
    query: str


@dataclass(frozen=True)
class Crumb:
    """A step of Kota > Kecamatan > Kelurahan."""

    label: str
    query: str


def latest(filters: ReportFilters) -> dict[str, Any]:
    """The list beside the map: counts, the areas as a table, the newest reports.

    4 queries, and one for each kind of reference data that the filter names.
    """
    is_inside = bool(filters.kecamatan or filters.kelurahan)
    summary = summarise(filters, Level.KELURAHAN if is_inside else Level.KECAMATAN, Measure.PER_CAPITA)
    return {
        "filters": filters,
        "active": active_filters(filters),
        "at": timezone.now(),
        "query": filters.query(),
        "summary": summary,
        "rows": [_row(area, filters, summary.level) for area in summary.areas],
        "latest": newest(filters),
    }


def newest(filters: ReportFilters) -> ReportQuerySet:
    """The cards of the latest reports."""
    return reports(filters).for_cards()[:LATEST]


def _row(area: AreaCount, filters: ReportFilters, level: Level) -> AreaRow:
    return AreaRow(area, filters.query(**{level: area.code}))


def frame(filters: ReportFilters, measure: str) -> dict[str, Any]:
    """What stands around map and list; 3 queries, one more inside a kecamatan."""
    kecamatan = list(Kecamatan.objects.all())
    categories = list(Category.objects.all())
    chosen = measure if measure in MEASURES else Measure.OPEN
    crumbs = _crumbs(filters, kecamatan)
    area = crumbs[-1].label if len(crumbs) > 1 else ""
    return {
        "chips": _chips(filters, kecamatan, categories, area),
        "crumbs": crumbs,
        "import_map": scripts.import_map(),
        "modules": scripts.needed_at_once(),
        "next_modules": scripts.needed_next(),
        "data": scripts.first_data(filters, chosen),
        "measures": [Option(value, str(label), value == chosen) for value, label in MEASURES.items()],
        "config": report_config(categories)
        | {
            "measures": {str(value): str(label) for value, label in MEASURES.items()},
            "hasBasemap": bool(settings.BASEMAP_URL),
        },
    }


def report_config(categories: Iterable[Category]) -> dict[str, Any]:
    """What scripts need to show reports on a map: addresses, names of categories and statuses, sentences."""
    return {
        "urls": scripts.addresses(),
        "categories": {row.slug: {"name": category_label(row), "icon": row.icon} for row in categories},
        "statuses": {status.value: str(status.label) for status in Status},
        "texts": _texts(),
    }


def _chips(
    filters: ReportFilters, kecamatan: Iterable[Kecamatan], categories: Iterable[Category], area: str
) -> list[Chip]:
    agencies = Agency.objects.order_by("-kind", "short_name")
    places = tuple(Option(row.code, row.label, row.code in filters.kecamatan) for row in kecamatan)
    return [
        Chip("kecamatan", _("Wilayah"), area, places, is_single=True),
        _chip(
            "kategori",
            _("Kategori"),
            filters.kategori,
            ((c.slug, category_label(c), f"category-{c.icon}") for c in categories),
        ),
        _chip("status", _("Status"), filters.status, ((str(s), str(label), _icon(s)) for s, label in STATUS_CHOICES)),
        _chip("skpd", _("SKPD"), filters.skpd, ((a.slug, a.short_name, "") for a in agencies)),
    ]


def _icon(status: str) -> str:
    return f"status-{status}" if status in Status.values else ""


def _chip(name: str, label: str, chosen: tuple[str, ...], known: Iterable[tuple[str, str, str]]) -> Chip:
    options = tuple(Option(value, text, value in chosen, icon) for value, text, icon in known)
    names = [option.label for option in options if option.is_chosen]
    if len(names) > 1:
        words = ngettext("%(n)s pilihan", "%(n)s pilihan", len(names)) % {"n": len(names)}
    else:
        words = "".join(names)
    return Chip(name, label, words, options)


def _crumbs(filters: ReportFilters, kecamatan: Iterable[Kecamatan]) -> list[Crumb]:
    """From the whole city down to the area that the filter names, if it names one."""
    crumbs: list[Crumb] = []
    if len(filters.kelurahan) == 1:
        kelurahan = Kelurahan.objects.select_related("kecamatan").get(pk=filters.kelurahan[0])
        parent = kelurahan.kecamatan
        crumbs = [
            Crumb(parent.label, filters.query(kelurahan="", kecamatan=parent.code)),
            Crumb(f"Kel. {kelurahan.name}", filters.query()),
        ]
    elif len(filters.kecamatan) == 1:
        crumbs = [Crumb(area.label, filters.query()) for area in kecamatan if area.code == filters.kecamatan[0]]
    return [Crumb(_("Seluruh kota"), filters.query(kecamatan="", kelurahan="")), *crumbs]


def _texts() -> dict[str, str]:
    """Sentences that scripts put on the page; {…} is filled in there."""
    return {
        "city": _("Seluruh kota"),
        "reports": _("{n} laporan"),
        "open": _("{n} terbuka"),
        "areaAll": _("{label}: {value}. {total} laporan, {open} terbuka. Tekan Enter untuk memperbesar."),
        "cluster": _("{n} laporan, {open} terbuka: {statuses}. Tekan Enter untuk melihat isinya."),
        "place": _("{n} laporan di titik ini"),
        "inView": _("{n} laporan di layar"),
        "inViewAt": _("{n} laporan di layar, sekitar {place}"),
        "arrived": _("{n} laporan baru"),
        "old": _("Sambungan terputus. Data pukul {time}."),
        "more": _("dan {n} laporan lain"),
        "view": _("Buka laporan"),
        "close": _("Tutup"),
        "noData": _("Belum ada data"),
        "noPopulation": _("Jumlah penduduk belum tersedia"),
        "tooFew": _("Terlalu sedikit laporan"),
        "onTime": _("{n}% selesai tepat waktu (antara {low}% dan {high}%)"),
        "trendUp": _("naik {n}% dibanding periode sama tahun lalu"),
        "trendDown": _("turun {n}% dibanding periode sama tahun lalu"),
        "trendSame": _("sama banyak dengan periode sama tahun lalu"),
        "trendUp2": _("Naik lebih dari 25%"),
        "trendUp1": _("Naik, di atas 5% sampai 25%"),
        "trendFlat": _("Hampir sama, beda paling banyak 5%"),
        "trendDown1": _("Turun, di atas 5% sampai 25%"),
        "trendDown2": _("Turun lebih dari 25%"),
        "hintTrend": _(
            "Laporan pada tanggal yang dipilih dibanding tanggal yang sama setahun sebelumnya; tanpa pilihan waktu, "
            "setahun terakhir dibanding setahun sebelumnya."
        ),
        "hintOnTime": _(
            "Bagian laporan yang selesai dalam tenggatnya, di antara yang tenggatnya sudah dapat dinilai. "
            "Paling banyak lima kelas, masing-masing berisi kira-kira sama banyak wilayah."
        ),
        "copied": _("Alamat tampilan ini sudah disalin."),
        "codeCopied": _("Kode sudah disalin."),
        "codeByHand": _("Kode sudah dipilih: salin dengan Ctrl+C."),
        "copyByHand": _("Salin alamat ini:"),
        "notReached": _("Kurang dari separuh sudah ditanggapi"),
        "noBasemap": _("Peta dasar tidak tersedia"),
        "failed": _("Data peta tidak dapat dimuat. Periksa sambungan internet, lalu coba lagi."),
        "retry": _("Coba lagi"),
        "noPosition": _("Lokasi Anda tidak dapat diketahui."),
        "outsideMap": _("Anda berada di luar wilayah kota."),
        "you": _("Lokasi Anda"),
        "always": _("semua waktu"),
        "sentIn": _("Dikirim {range}: {n} laporan, {open} terbuka"),
        "monthSpoken": _("{month}: {n} laporan, {open} terbuka"),
        "choices": _("{n} pilihan"),
        "since": _("sejak {day}"),
        "until": _("sampai {day}"),
        "range": _("{from} sampai {to}"),
        "week": _("7 hari terakhir"),
        "month": _("30 hari terakhir"),
        "year": _("Tahun ini"),
        "foundAreas": _("Wilayah"),
        "foundStreets": _("Jalan"),
        "foundReports": _("Laporan"),
        "foundWords": _("Cari di uraian dan alamat"),
        "streetOnMap": _("tampilkan di peta"),
        "streetInTexts": _("laporan yang menyebutnya"),
        "wordsInTexts": _("Laporan yang memuat “{q}”"),
        "suggestions": _("{n} saran. Pilih dengan panah atas dan bawah."),
        "updated": _("{n} laporan sesuai saringan"),
    }
