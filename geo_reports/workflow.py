"""The life of a report as one table: its statuses and who may move it from which to which.

Imports nothing of ours. `transitions.py` is the only caller that acts on it. The statuses are
those of Indonesian complaint practice (SP4N-LAPOR, Jakarta CRM), with "answered" kept apart from
"fixed" and "claimed fixed" apart from "confirmed fixed".
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    WAITING = "waiting", _("Menunggu verifikasi")
    VERIFIED = "verified", _("Terverifikasi")
    FORWARDED = "forwarded", _("Diteruskan")
    SCHEDULED = "scheduled", _("Dijadwalkan")
    IN_PROGRESS = "in_progress", _("Diproses")
    ANSWERED = "answered", _("Dijawab")
    NEEDS_INFO = "needs_info", _("Perlu informasi")
    REOPENED = "reopened", _("Dibuka kembali")
    DONE = "done", _("Selesai")
    CONFIRMED = "confirmed", _("Dikonfirmasi selesai")
    MERGED = "merged", _("Digabung")
    NOT_OURS = "not_ours", _("Bukan kewenangan Pemkot")
    DECLINED = "declined", _("Tidak dikerjakan")
    WITHHELD = "withheld", _("Tidak ditayangkan")
    ARCHIVED = "archived", _("Diarsipkan")


class Role(models.TextChoices):
    """Who acts. SYSTEM is a timer or an import; REPORTER is the person who sent the report."""

    VERIFIER = "verifier", _("Verifikator")
    OFFICER = "officer", _("Petugas SKPD")
    REPORTER = "reporter", _("Pelapor")
    SYSTEM = "system", _("Sistem")


CLOSED: Final = frozenset(
    {
        Status.DONE,
        Status.CONFIRMED,
        Status.MERGED,
        Status.NOT_OURS,
        Status.DECLINED,
        Status.WITHHELD,
        Status.ARCHIVED,
    }
)
OPEN: Final = frozenset(Status) - CLOSED

# The SKPD has shown in public that it took the report up: this stops the first-response clock.
RESPONDED: Final = frozenset(
    {
        Status.SCHEDULED,
        Status.IN_PROGRESS,
        Status.ANSWERED,
        Status.NEEDS_INFO,
        Status.DONE,
        Status.CONFIRMED,
        Status.NOT_OURS,
        Status.DECLINED,
    }
)
# The SKPD says that the matter is settled: this stops the completion clock.
COMPLETED: Final = frozenset({Status.DONE, Status.CONFIRMED, Status.NOT_OURS, Status.DECLINED})
# Which end states are an answer, and which take the report out of the SKPD's hands unanswered.
WITHDRAWN: Final = frozenset({Status.MERGED, Status.WITHHELD, Status.ARCHIVED})
# In whose hands an open report is: the verifikator's, or its SKPD's. In NEEDS_INFO it waits for the reporter.
AT_VERIFIER: Final = frozenset({Status.WAITING, Status.VERIFIED, Status.REOPENED})
AT_AGENCY: Final = frozenset({Status.FORWARDED, Status.SCHEDULED, Status.IN_PROGRESS, Status.ANSWERED})
# End states that must say why in a public text.
EXPLAINED: Final = frozenset({Status.NOT_OURS, Status.DECLINED})

_V, _O, _R, _S = Role.VERIFIER, Role.OFFICER, Role.REPORTER, Role.SYSTEM
_WORKING: Final[Mapping[Status, frozenset[Role]]] = {
    Status.VERIFIED: frozenset({_O}),  # given back to the verifikator, with a reason
    Status.FORWARDED: frozenset({_V, _O}),  # handed over: the next SKPD starts anew
    Status.SCHEDULED: frozenset({_O}),
    Status.IN_PROGRESS: frozenset({_O}),
    Status.ANSWERED: frozenset({_O}),
    Status.NEEDS_INFO: frozenset({_V, _O}),
    Status.DONE: frozenset({_O}),
    Status.NOT_OURS: frozenset({_V, _O}),
    Status.DECLINED: frozenset({_O}),
    Status.MERGED: frozenset({_V}),
    Status.WITHHELD: frozenset({_V}),
}


def _working(*without: Status, **more: frozenset[Role]) -> dict[Status, frozenset[Role]]:
    """The moves that any report in an SKPD's hands has in common."""
    moves = {status: roles for status, roles in _WORKING.items() if status not in without}
    return moves | {Status(name): roles for name, roles in more.items()}


TRANSITIONS: Final[Mapping[Status, Mapping[Status, frozenset[Role]]]] = {
    Status.WAITING: {
        Status.VERIFIED: frozenset({_V}),
        Status.FORWARDED: frozenset({_V, _S}),
        Status.NEEDS_INFO: frozenset({_V}),
        Status.NOT_OURS: frozenset({_V}),
        Status.MERGED: frozenset({_V}),
        Status.WITHHELD: frozenset({_V}),
    },
    Status.VERIFIED: {
        Status.FORWARDED: frozenset({_V, _S}),
        Status.NEEDS_INFO: frozenset({_V}),
        Status.NOT_OURS: frozenset({_V}),
        Status.MERGED: frozenset({_V}),
        Status.WITHHELD: frozenset({_V}),
    },
    Status.FORWARDED: _working(Status.FORWARDED),
    Status.SCHEDULED: _working(Status.SCHEDULED),
    Status.IN_PROGRESS: _working(Status.IN_PROGRESS),
    Status.ANSWERED: _working(Status.ANSWERED, reopened=frozenset({_V, _R}), archived=frozenset({_V, _S})),
    Status.NEEDS_INFO: _working(
        Status.NEEDS_INFO,
        waiting=frozenset({_V, _R}),
        forwarded=frozenset({_V, _O, _R}),
        archived=frozenset({_V, _S}),
    ),
    Status.REOPENED: {
        Status.FORWARDED: frozenset({_V}),
        Status.NEEDS_INFO: frozenset({_V}),
        Status.NOT_OURS: frozenset({_V}),
        Status.MERGED: frozenset({_V}),
        Status.WITHHELD: frozenset({_V}),
    },
    Status.DONE: {
        Status.CONFIRMED: frozenset({_R, _S}),
        Status.REOPENED: frozenset({_V, _R}),
        Status.WITHHELD: frozenset({_V}),
    },
    Status.CONFIRMED: {Status.REOPENED: frozenset({_V, _R}), Status.WITHHELD: frozenset({_V})},
    Status.NOT_OURS: {Status.REOPENED: frozenset({_V, _R}), Status.WITHHELD: frozenset({_V})},
    Status.DECLINED: {Status.REOPENED: frozenset({_V, _R}), Status.WITHHELD: frozenset({_V})},
    Status.MERGED: {
        Status.WAITING: frozenset({_V}),
        Status.VERIFIED: frozenset({_V}),
        Status.FORWARDED: frozenset({_V}),
        Status.REOPENED: frozenset({_V}),
    },
    Status.WITHHELD: {Status.WAITING: frozenset({_V, _R})},
    Status.ARCHIVED: {Status.REOPENED: frozenset({_V, _R})},
}


def allowed(current: Status, role: Role) -> list[Status]:
    """The statuses that `role` may give a report that is in `current`, in the order of the enum."""
    moves = TRANSITIONS[current]
    return [status for status in Status if role in moves.get(status, frozenset())]


def is_allowed(current: Status, to: Status, role: Role) -> bool:
    """Whether the table lets `role` move a report from `current` to `to`."""
    return role in TRANSITIONS[current].get(to, frozenset())
