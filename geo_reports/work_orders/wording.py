"""The words of the form in the language of the request."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from geo_reports.work_orders.order import Order
from geo_reports.work_orders.words import Words


def words_for(order: Order) -> Words:
    """Everything that the paper says by itself."""
    count = len(order.stops)
    return Words(
        language=get_language() or "id",
        title=_("Surat tugas lapangan"),
        count=ngettext("%(count)d laporan", "%(count)d laporan", count) % {"count": count},
        printed=_("Dicetak %(when)s oleh %(who)s") % {"when": order.printed_at, "who": order.printed_by},
        page=_("Halaman %(page)d dari %(pages)d"),
        confidential=_("RAHASIA"),
        confidential_note=_("Rahasia: jangan ditunjukkan kepada orang lain."),
        way_note=_(
            "Urutan jalan kasar: mulai dari titik paling barat laut, lalu ke titik terdekat berikutnya. "
            "Garis putus-putus bukan jalan."
        ),
        map_note=_("Batas: %(source)s, indikatif."),
        no_map=_("Tidak ada peta: tidak satu pun laporan ini mempunyai titik."),
        without_point=_("Tanpa titik di peta: nomor %(numbers)s."),
        north=_("U"),
        number=_("No."),
        code=_("Kode"),
        category=_("Kategori"),
        place=_("Tempat"),
        due=_("Tenggat"),
        overdue=_("LEWAT"),
        problem=_("Uraian"),
        no_place=_("Lokasi belum diketahui"),
        no_point=_("Tanpa titik: cari menurut alamat atau uraian."),
        coordinates=_("Koordinat"),
        scan=_("Pindai: buka di peta"),
        broken_photo=_("Foto tidak dapat dibuka"),
        done_on=_("Dikerjakan tanggal"),
        done_by=_("oleh"),
        note=_("Catatan"),
        photo_after=_("Foto sesudah"),
        yes=_("ada"),
        no=_("tidak ada, karena"),
    )
