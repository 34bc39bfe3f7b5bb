"""What clocks, ends and classes of age are called on the page of an SKPD."""

from collections.abc import Mapping
from math import isnan
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
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


def age(since: int, until: float) -> str:
    """A class of days; `until` is NaN for no end."""
    older = f"≥ {since}" if isnan(until) else f"{since}–{until:.0f}"  # noqa: RUF001  (from ... to)
    return _("%(days)s hari") % {"days": older if since else f"< {until:.0f}"}
