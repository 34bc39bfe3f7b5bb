"""What the scripts of the desk say, here so that it is translated like everything else.

Parts in braces are filled in by the script.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: Final[dict[str, Promise]] = {
    "failed": _("Laporan tidak dapat dimuat karena gangguan jaringan. Coba lagi."),
    "notSent": _("Belum terkirim karena gangguan jaringan. Yang Anda ketik masih ada. Coba kirim lagi."),
    "changed": _("{who} baru saja mengubah laporan ini: {what}."),
    "changedBySomebody": _("Laporan ini baru saja diubah."),
    "draftKept": _("Draf dipulihkan dari perangkat ini."),
    "chosen": _("{n} dipilih"),
    "markers": _("{n} dari {total} laporan di halaman ini mempunyai titik di peta."),
    "pin": _("Pin lokasi laporan"),
    "pinMap": _("Peta untuk menggeser pin"),
    "pinHint": _("Tekan peta atau seret pin. Dengan papan ketik: pilih pin, lalu tombol panah."),
    "pinMiddle": _("Taruh pin di tengah peta"),
}
