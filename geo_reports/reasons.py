"""What each reason for withholding means, for everybody, and what its reporter can do about it.

Keyed by the slugs of Report.WithheldReason (a test compares them). Knows no model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """`short` fits a chip, `meaning` stands on the public page, `advice` is what the reporter reads."""

    short: str | Promise
    meaning: str | Promise
    advice: str | Promise


REASONS: Final[Mapping[str, Reason]] = {
    "insult": Reason(
        _("Kata kasar"),
        _("Kata kasar atau hinaan. Kritik yang tajam terhadap layanan tidak termasuk."),
        _(
            "Ada kata kasar atau hinaan di dalamnya. Tuliskan masalahnya tanpa kata itu, lalu kirim lagi; "
            "kritik yang tajam tetap boleh."
        ),
    ),
    "personal_attack": Reason(
        _("Serangan pribadi"),
        _("Serangan terhadap orang tertentu, atau tuduhan tanpa bukti."),
        _(
            "Uraiannya menyerang atau menuduh orang tertentu. Ceritakan apa yang terjadi dan di mana, "
            "tanpa menyebut nama, lalu kirim lagi."
        ),
    ),
    "hate": Reason(
        _("SARA atau kebencian"),
        _("Kebencian terhadap suku, agama, ras, atau golongan."),
        _("Uraiannya merendahkan suatu golongan. Tuliskan masalah layanannya saja, lalu kirim lagi."),
    ),
    "promotion": Reason(
        _("Promosi"),
        _("Iklan, tautan jualan, atau ajakan membeli."),
        _(
            "Isinya seperti iklan. Kalau ada masalah layanan kota yang ingin Anda laporkan, tuliskan itu saja "
            "tanpa tautan dan nomor telepon, lalu kirim lagi."
        ),
    ),
    "off_topic": Reason(
        _("Di luar topik"),
        _("Bukan urusan layanan kota: misalnya sengketa pribadi, ucapan selamat, atau percobaan."),
        _(
            "Isinya bukan urusan layanan kota. Kalau sebenarnya ada masalah yang dapat ditangani kota, "
            "jelaskan apa dan di mana, lalu kirim lagi."
        ),
    ),
    "campaign": Reason(
        _("Kampanye"),
        _("Ajakan memilih atau menolak calon dan partai."),
        _("Isinya bernada kampanye. Tuliskan masalahnya tanpa menyebut calon atau partai, lalu kirim lagi."),
    ),
    "bad_photo": Reason(
        _("Foto tidak sesuai"),
        _("Foto tidak menunjukkan masalahnya, atau terlalu gelap atau kabur."),
        _(
            "Fotonya tidak jelas atau tidak menunjukkan masalahnya. Ganti fotonya, atau hapus saja: "
            "laporan tanpa foto juga diterima."
        ),
    ),
    "personal_data": Reason(
        _("Data pribadi"),
        _("Data pribadi yang tidak dapat ditutup sebagian: wajah, KTP, nomor telepon, alamat rumah seseorang."),
        _(
            "Uraian atau fotonya memuat data pribadi, misalnya nama lengkap, nomor telepon, wajah, atau pelat nomor. "
            "Hapus bagian itu, lalu kirim lagi."
        ),
    ),
    "outside": Reason(
        _("Di luar kota"),
        _("Kejadiannya di luar wilayah kota."),
        _(
            "Tempatnya di luar wilayah kota. Kalau pin meleset, perbaiki letaknya lalu kirim lagi; "
            "kalau memang di luar, laporkan kepada pemerintah setempat."
        ),
    ),
    "duplicate": Reason(
        _("Laporan ganda"),
        _("Isinya sama dengan laporan lain yang sudah tayang."),
        _(
            "Masalah ini sudah dilaporkan dan sedang ditangani. "
            "Kalau masalahnya lain, jelaskan bedanya, lalu kirim lagi."
        ),
    ),
    "hoax": Reason(
        _("Informasi palsu"),
        _("Sudah diperiksa, dan ternyata tidak benar."),
        _(
            "Menurut pemeriksaan kami, isinya tidak sesuai kenyataan. "
            "Kalau Anda punya foto baru, tambahkan, lalu kirim lagi."
        ),
    ),
    "violence": Reason(
        _("Pornografi atau kekerasan"),
        _("Gambar atau uraian porno atau kekerasan."),
        _("Isinya memuat pornografi atau kekerasan. Hapus foto atau kata itu, lalu kirim lagi."),
    ),
    "incomplete": Reason(
        _("Kurang lengkap"),
        _("Terlalu sedikit untuk ditindaklanjuti: apa atau di mana masalahnya belum jelas."),
        _(
            "Masih kurang lengkap untuk ditindaklanjuti. "
            "Tambahkan apa masalahnya dan di mana tepatnya, lalu kirim lagi."
        ),
    ),
    "emergency": Reason(
        _("Darurat"),
        _("Keadaan darurat, yang tidak boleh menunggu petugas membaca laporan."),
        _(
            "Ini keadaan darurat: hubungi 112 sekarang juga. "
            "Kalau bahayanya sudah lewat dan masih ada yang perlu diperbaiki, tuliskan itu dan kirim lagi."
        ),
    ),
}
