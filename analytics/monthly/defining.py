"""What the clocks and numbers of a monthly report mean, in the language of the reader."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics import measures
from analytics.monthly.words import Measures


def definitions(names: Measures, *, is_city: bool) -> tuple[tuple[str, str], ...]:
    """Terms with their meaning; those of the analytics page in the same words."""
    flow = _of_the_city(names) if is_city else _of_an_agency(names)
    in_time = _(
        "Bagian yang selesai sampai tenggatnya, di antara yang sudah selesai atau sudah lewat tenggat. "
        "Tenggat dalam hari kerja, tanpa hari menunggu jawaban pelapor. Bila lebih dari sepersepuluh belum jatuh "
        "tempo, bagian itu belum dapat dinilai."
    )
    return (*flow, (names.in_time, in_time), *_of_clocks(), *_of_statistics())


def _of_the_city(names: Measures) -> tuple[tuple[str, str], ...]:
    return (
        (names.came, _("Laporan publik yang dikirim bulan itu.")),
        (names.left, _("Yang ditutup bulan itu, apa pun hasilnya.")),
        (names.backlog, _("Yang masih terbuka saat bulan berakhir.")),
    )


def _of_an_agency(names: Measures) -> tuple[tuple[str, str], ...]:
    return (
        (names.came, _("Yang sampai di instansi ini, juga yang dialihkan.")),
        (names.left, _("Yang diselesaikan atau dialihkan bulan itu.")),
        (names.backlog, _("Yang ada padanya saat bulan berakhir.")),
    )


def _of_clocks() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Tanggapan pertama"),
            _(
                "Dari laporan diteruskan kepada SKPD sampai SKPD pertama kali menanggapi secara terbuka: "
                "menjawab, menjadwalkan, atau mulai mengerjakan."
            ),
        ),
        (
            _("Penyelesaian"),
            _(
                "Sampai SKPD menyatakan masalah selesai atau bukan kewenangannya. "
                "Dinyatakan selesai belum tentu sudah dikonfirmasi pelapor. Bila laporan kemudian dibuka lagi, yang "
                "dihitung tetap pernyataan pertama."
            ),
        ),
        (
            _("Hari"),
            _(
                "Hari kalender; hari libur ikut dihitung. Dua minggu pertama dihitung per jam, "
                "sesudahnya per hari penuh."
            ),
        ),
    )


def _of_statistics() -> tuple[tuple[str, str], ...]:
    few = measures.MIN_EVENTS
    return (
        (
            _("Median"),
            _(
                "Waktu yang dibutuhkan separuh laporan. Laporan yang masih terbuka ikut dihitung sebagai “sudah "
                "menunggu sekian lama” (metode Kaplan–Meier), tidak dibuang. “Belum tercapai”: belum separuh yang "  # noqa: RUF001  (the sentence of the analytics page)
                "selesai."
            ),
        ),
        (
            _("Selang 95%"),
            _(
                "Rentang yang wajar bagi median sebenarnya. Makin sedikit laporan, makin lebar. Selang dua SKPD yang "
                "bertumpang tindih tidak menjawab apakah yang satu lebih cepat; halaman Bandingkan mengujinya."
            ),
        ),
        (
            _("Terlalu sedikit"),
            ngettext(
                "Kurang dari %(n)s yang sudah ditanggapi atau selesai: lamanya tidak ditampilkan karena lebih banyak "
                "kebetulan daripada kinerja.",
                "Kurang dari %(n)s yang sudah ditanggapi atau selesai: lamanya tidak ditampilkan karena lebih banyak "
                "kebetulan daripada kinerja.",
                few,
            )
            % {"n": few},
        ),
        (
            _("n, Diikuti"),
            _("Banyaknya laporan yang diikuti. Per SKPD: banyaknya penugasan, juga yang kemudian dialihkan."),
        ),
        (
            _("Dinilai"),
            _("Banyaknya laporan yang sudah selesai atau sudah lewat tenggat."),
        ),
    )
