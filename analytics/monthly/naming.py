"""Names of numbers, charts and columns of the monthly report in the language of the reader."""

from django.utils import formats
from django.utils.translation import gettext as _

from analytics.monthly.words import Chart, Charts, Measures, Numerals, Phrases, Tables


def phrases() -> Phrases:
    """How measured values are said."""
    return Phrases(
        numerals=Numerals(str(formats.get_format("DECIMAL_SEPARATOR")), str(formats.get_format("THOUSAND_SEPARATOR"))),
        days=_("%(value)s hari"),
        points=_("%(value)s poin persen"),
        percent="%(percent)s%%",
        range="%(low)s\N{EN DASH}%(high)s",
        at_least="\N{GREATER-THAN OR EQUAL TO}%(low)s",
        at_most="\N{LESS-THAN OR EQUAL TO}%(high)s",
        between=_("%(low)s sampai %(high)s"),
        no_range=_("selang belum diketahui"),
        confidence="95%%: %(range)s",
        nothing=_("tidak ada"),
        few=_("terlalu sedikit"),
        few_of=_("%(events)s dari %(n)s"),
        unreached=_("belum tercapai"),
        undecided=_("belum dapat dinilai"),
        undecided_of=_("%(n)s dari %(all)s belum jatuh tempo"),
        running=_("bulan belum berakhir"),
        n="n = %(n)s",
    )


def measures(*, is_city: bool) -> Measures:
    """Names of the key numbers. What leaves an SKPD may be handed over; what leaves the city is closed."""
    return Measures(
        measure=_("Ukuran"),
        difference=_("Selisih setahun"),
        twelve_months=_("12 bulan"),
        came=_("Laporan masuk"),
        left=_("Laporan ditutup") if is_city else _("Laporan keluar"),
        backlog=_("Tunggakan akhir bulan"),
        in_time=_("Selesai tepat waktu"),
        response=_("Tanggapan pertama (median)"),
        completion=_("Penyelesaian (median)"),
        note=_(
            "Tepat waktu, tanggapan, dan penyelesaian: dari laporan yang dikirim dalam bulan itu, menurut "
            "keadaan saat ini; yang masih terbuka ikut dihitung. 95%: selang kepercayaan. "
            "Selisih dihitung sebelum dibulatkan."
        ),
    )


def charts(*, is_city: bool) -> Charts:
    """Titles, notes and axes of the drawings."""
    flow = _("Masuk, ditutup, dan tunggakan") if is_city else _("Masuk, keluar, dan tunggakan")
    curve = _("Laporan bulan ini. Pita: selang 95%; putus-putus: median.")
    medians = _("Titik: median; pita: 95%; panah: terbuka; setrip: sedikit.")
    return Charts(
        flow=Chart(flow, _("Jumlah laporan per bulan; tunggakan pada akhir bulan.")),
        response_curve=Chart(_("Berapa bagian sudah ditanggapi"), curve),
        completion_curve=Chart(_("Berapa bagian sudah selesai"), curve),
        response_medians=Chart(_("Tanggapan pertama per bulan, hari"), medians),
        completion_medians=Chart(_("Penyelesaian per bulan, hari"), medians),
        ageing=Chart(
            _("Umur laporan yang belum selesai"),
            _("Hari sejak diterima SKPD, dari bulan mana pun; keadaan saat ini."),
        ),
        day_axis=_("Hari sejak diterima SKPD; baris bawah: masih diikuti"),
        age_open=_("%(since)s hari atau lebih"),
        nothing_open=_("Tidak ada laporan yang menunggu penyelesaian."),
        nothing_came=_("Tidak ada laporan dalam bulan-bulan ini."),
        too_few=_("Terlalu sedikit untuk digambar."),
    )


def tables() -> Tables:
    """Titles and heads of the tables."""
    return Tables(
        by_category=_("Per kategori"),
        by_kecamatan=_("Per kecamatan"),
        by_agency=_("Per SKPD"),
        category=_("Kategori"),
        kecamatan=_("Kecamatan"),
        agency=_("SKPD"),
        reports=_("Laporan"),
        open=_("Masih terbuka"),
        followed=_("Diikuti"),
        response=_("Tanggapan, hari (95%)"),
        completion=_("Penyelesaian, hari (95%)"),
        judged=_("Dinilai"),
        in_time=_("Tepat waktu (95%)"),
        note=_("Laporan yang masuk bulan ini, terbanyak di atas. Waktu: median dan selang 95%."),
        agency_note=_(
            "Terbanyak di atas; bukan peringkat. Laporan: yang kini ada pada instansi itu. "
            "Diikuti: penugasan, juga yang kemudian dialihkan."
        ),
    )
