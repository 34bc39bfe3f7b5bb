"""What clocks, ends and classes of age are called on the page of an SKPD."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from analytics.clocks import COMPLETION, CONFIRMATION, FIXED, MOVED, REFUSED, RESPONSE, RUNNING, WITHDRAWN

CLOCKS: Final[Mapping[str, Promise]] = {
    RESPONSE: gettext_lazy("Tanggapan pertama"),
    COMPLETION: gettext_lazy("Penyelesaian"),
    CONFIRMATION: gettext_lazy("Dikonfirmasi selesai"),
}
# At the ends of lines, where there is little room.
SHORT_CLOCKS: Final[Mapping[str, Promise]] = {
    RESPONSE: gettext_lazy("Ditanggapi"),
    COMPLETION: gettext_lazy("Diselesaikan"),
    CONFIRMATION: gettext_lazy("Dikonfirmasi"),
}
ENDS: Final[Mapping[str, Promise]] = {
    FIXED: pgettext_lazy("akhir laporan", "Selesai"),
    REFUSED: pgettext_lazy("akhir laporan", "Ditolak"),
    MOVED: pgettext_lazy("akhir laporan", "Dialihkan"),
    WITHDRAWN: pgettext_lazy("akhir laporan", "Ditutup"),
    RUNNING: pgettext_lazy("akhir laporan", "Masih terbuka"),
}
