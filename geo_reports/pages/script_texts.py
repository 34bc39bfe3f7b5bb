"""What the script of the reporting page says, here so that it is translated like everything else.

Parts in braces are filled in by the script.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: Final[dict[str, Promise]] = {
    "tooMany": _("Paling banyak {max} foto. Foto selebihnya tidak ditambahkan."),
    "tooLarge": _("Foto “{name}” lebih besar dari 15 MB. Pilih foto yang lebih kecil."),
    "noPicture": _("“{name}” bukan foto. Gunakan JPEG, PNG, WebP, atau HEIC."),
    "photo": _("Foto {n}"),
    "removePhoto": _("Hapus foto {n}"),
    "noPreview": _("Tanpa pratinjau"),
    "zoomIn": _("Perbesar peta sampai jalannya terlihat, lalu tepatkan pin."),
    "checking": _("Memeriksa lokasi…"),
    "cannotCheck": _("Lokasi belum dapat diperiksa karena jaringan terputus. Anda tetap dapat mengirim."),
    "fromPhoto": _("Titik diambil dari foto. Geser peta bila kurang tepat."),
    "fromPhone": _("Titik dari ponsel, ketelitian sekitar {m} meter. Geser peta bila kurang tepat."),
    "fromMap": _("Titik ditetapkan di peta."),
    "locating": _("Mencari lokasi Anda…"),
    "denied": _("Izin lokasi ditolak. Geser peta ke tempat kejadian, atau pilih kelurahan."),
    "noPosition": _("Ponsel tidak menemukan lokasi. Geser peta ke tempat kejadian, atau pilih kelurahan."),
    "pinUnused": _("Kelurahan dipilih dari daftar; titik di peta tidak dipakai."),
    "goesTo": _("Akan diteruskan ke {agency} karena {reason}."),
    "noAgency": _("Belum pasti siapa yang bertanggung jawab: {reason}."),
    "send": _("Kirim laporan"),
    "sendTo": _("Kirim ke {agency}"),
    "sending": _("Mengirim… {percent}%"),
    "received": _("Terkirim, sedang disimpan…"),
    "offline": _("Jaringan terputus. Laporan tersimpan di perangkat ini dan dikirim begitu jaringan kembali."),
    "failed": _("Laporan belum terkirim karena gangguan jaringan. Semuanya masih tersimpan di sini. Coba kirim lagi."),
    "server": _("Server sedang terganggu. Semuanya masih tersimpan di sini. Coba kirim lagi beberapa menit lagi."),
    "expired": _("Halaman ini sudah terlalu lama terbuka. Muat ulang: isian Anda dipulihkan, lalu kirim lagi."),
    "tooBig": _("Foto-foto ini terlalu besar untuk dikirim sekaligus. Hapus satu foto, lalu coba lagi."),
    "retry": _("Coba kirim lagi"),
}
