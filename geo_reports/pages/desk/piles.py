"""The piles of the queue: which reports lie together for whom, and in which order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo_reports.models import Appeal, DeskRole, Nudge, ReopenRequest
from geo_reports.pages.desk.paging import BY_DUE, NEWEST, Order
from geo_reports.workers import Worker
from geo_reports.workflow import OPEN, Status

NOTHING: Final = _("Tidak ada laporan di tumpukan ini.")
Condition = Callable[[Worker, date], Q]


@dataclass(frozen=True)
class Pile:
    """One pile. `condition` gets the worker and today; `empty` is what an empty pile says."""

    slug: str
    label: str | Promise
    condition: Condition
    order: Order = BY_DUE
    empty: str | Promise = NOTHING
    is_urgent: bool = False


def _having(**conditions: object) -> Condition:
    return lambda worker, today: Q(**conditions)


def _open(**conditions: object) -> Condition:
    """Open reports only, so that the partial indexes of the queue can answer."""
    return _having(status__in=sorted(OPEN), **conditions)


_OVERDUE = Pile(
    "lewat-tenggat",
    _("Lewat tenggat"),
    lambda worker, today: Q(status__in=sorted(OPEN), due_on__lt=today),
    empty=_("Tidak ada yang lewat tenggat."),
    is_urgent=True,
)
_ALL_OPEN = Pile("terbuka", _("Semua terbuka"), _open())
_ALL = Pile("semua", _("Semua"), _having(), order=NEWEST)
_RETURNED = Q(status=Status.REOPENED) | Q(status=Status.VERIFIED, forwarded_at__isnull=False)

_VERIFIER: Final = (
    Pile("menunggu", _("Menunggu verifikasi"), _having(status=Status.WAITING), empty=_("Semua sudah diperiksa.")),
    Pile("tanpa-skpd", _("Tanpa SKPD"), _open(agency=None), empty=_("Semua laporan terbuka mempunyai SKPD.")),
    Pile("tanpa-lokasi", _("Tanpa lokasi"), _open(kelurahan=None), empty=_("Semua laporan terbuka ada di peta.")),
    Pile("dikembalikan", _("Dikembalikan atau dibuka kembali"), lambda worker, today: _RETURNED),
    Pile(
        "keberatan",
        _("Keberatan"),
        lambda worker, today: Q(
            pk__in=Appeal.objects.filter(outcome=Appeal.Outcome.PENDING).values("decision__report")
        ),
        empty=_("Tidak ada keberatan yang menunggu keputusan."),
    ),
    Pile(
        "buka-kembali",
        _("Permintaan buka kembali"),
        lambda worker, today: Q(
            pk__in=ReopenRequest.objects.filter(outcome=ReopenRequest.Outcome.PENDING).values("report")
        ),
        empty=_("Tidak ada permintaan yang menunggu keputusan."),
    ),
    _OVERDUE,
    _ALL_OPEN,
    _ALL,
)
_OFFICER: Final = (
    Pile(
        "milik-saya",
        _("Milik saya"),
        lambda worker, today: Q(status__in=sorted(OPEN), handler=worker.user),
        empty=_("Belum ada laporan yang ditugaskan kepada Anda. Ambil dari tumpukan “Baru”."),
    ),
    Pile("baru", _("Baru"), _having(status=Status.FORWARDED), empty=_("Tidak ada laporan baru.")),
    Pile(
        "dikerjakan",
        _("Dikerjakan"),
        _having(status__in=sorted([Status.SCHEDULED, Status.IN_PROGRESS, Status.ANSWERED])),
    ),
    _OVERDUE,
    Pile("menunggu-pelapor", _("Menunggu pelapor"), _having(status=Status.NEEDS_INFO)),
    _ALL_OPEN,
    _ALL,
)
_LEADER: Final = (
    _OVERDUE,
    Pile(
        "eskalasi",
        _("Eskalasi"),
        lambda worker, today: Q(
            status__in=sorted(OPEN),
            pk__in=Nudge.objects.filter(kind=Nudge.Kind.ESCALATION).values("report"),
        ),
        empty=_("Tidak ada eskalasi yang masih terbuka."),
    ),
    _ALL,
)
PILES: Final[Mapping[DeskRole, tuple[Pile, ...]]] = {
    DeskRole.VERIFIER: _VERIFIER,
    DeskRole.ADMINISTRATOR: _VERIFIER,
    DeskRole.OFFICER: _OFFICER,
    DeskRole.LEADER: _LEADER,
}
