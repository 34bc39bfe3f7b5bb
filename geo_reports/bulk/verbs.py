"""What can be done to many reports at once: for each verb whom it would refuse, what it does, how it is undone.

`objections` is asked before anybody confirms and writes nothing; `run` and `undo` decide under lock and
raise NotAllowed with a sentence. What `run` returns is kept with the report, for `undo` to read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import casework, moderation, transitions
from geo_reports.models import Agency, Report
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker
from geo_reports.workflow import AT_AGENCY, Role, Status, is_allowed

Data = Mapping[str, Any]  # as JSON keeps it: ids and slugs, no objects


@dataclass(frozen=True)
class Verb:
    """One act on many. `objection(worker, report)` is a sentence, or "" when nothing stands against it.

    `run(worker, report, data)` returns what `undo(user, report, before)` needs.
    """

    slug: str
    label: str | Promise
    plan: str | Promise  # what will become of those that it can be done to
    outcome: str | Promise  # what has become of them
    objection: Callable[[Worker, Report], str]
    run: Callable[[Worker, Report, Data], dict[str, Any]]
    undo: Callable[[User, Report, Data], object]
    icon: str = ""
    tone: str = ""  # "danger" or plain


def _cannot_publish(worker: Worker, report: Report) -> str:
    if not worker.may_moderate(report):
        return _("laporan tentang SKPD Anda sendiri diperiksa orang lain")
    if report.wants_confidential:
        return _("pelapor meminta laporannya dirahasiakan")
    if report.is_published and report.status not in moderation.PASSED_ON:
        return _("sudah ditayangkan")
    if report.status == Status.WITHHELD and moderation.pending_appeal(report) is not None:
        return _("Pelapor mengajukan keberatan. Putuskan keberatan itu lebih dulu.")
    return ""


def _publish(worker: Worker, report: Report, data: Data) -> dict[str, Any]:
    moderation.publish(report.pk, actor=worker.user)
    return _last_decision(report)


def _cannot_withhold(worker: Worker, report: Report) -> str:
    if not worker.may_moderate(report):
        return _("laporan tentang SKPD Anda sendiri diperiksa orang lain")
    if not is_allowed(Status(report.status), Status.WITHHELD, Role.VERIFIER):
        return _("berstatus “%(status)s”") % {"status": report.get_status_display()}
    return ""


def _withhold(worker: Worker, report: Report, data: Data) -> dict[str, Any]:
    reason = Report.WithheldReason(data["reason"])
    moderation.withhold(report.pk, reason, actor=worker.user, note=data.get("note", ""))
    return _last_decision(report)


def _last_decision(report: Report) -> dict[str, Any]:
    return {"decision": report.decisions.values_list("pk", flat=True).last()}


def _undo_decision(user: User, report: Report, before: Data) -> object:
    return moderation.undo(before["decision"], actor=user)


def _cannot_assign(worker: Worker, report: Report) -> str:
    return "" if report.is_open else _("sudah ditutup")


def _assign(worker: Worker, report: Report, data: Data) -> dict[str, Any]:
    person = User.objects.get(pk=data["handler"]) if data["handler"] else None
    casework.assign_handler(report.pk, person, actor=worker.user)
    return {"handler": report.handler_id, "given_to": data["handler"]}


def _unassign(user: User, report: Report, before: Data) -> object:
    if report.handler_id != before["given_to"]:
        raise NotAllowed(_("Sesudahnya ditugaskan kepada orang lain."))
    person = User.objects.filter(pk=before["handler"]).first()
    return casework.assign_handler(report.pk, person, actor=user)


def _cannot_start(worker: Worker, report: Report) -> str:
    if is_allowed(Status(report.status), Status.IN_PROGRESS, Role.OFFICER):
        return ""
    return _("berstatus “%(status)s”") % {"status": report.get_status_display()}


def _start(worker: Worker, report: Report, data: Data) -> dict[str, Any]:
    fresh = transitions.change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER, actor=worker.user)
    return {"change": _last_step(fresh)}


def _take_back(user: User, report: Report, before: Data) -> object:
    return transitions.take_back(before["change"], actor=user)


def _cannot_hand_over(worker: Worker, report: Report) -> str:
    if not report.is_open:
        return _("sudah ditutup")
    if worker.is_officer and report.status not in AT_AGENCY:
        return _("sedang tidak di tangan SKPD")
    return ""


def _hand_over(worker: Worker, report: Report, data: Data) -> dict[str, Any]:
    agency = Agency.objects.get(pk=data["agency"])
    role = Role.OFFICER if worker.is_officer else Role.VERIFIER
    fresh = casework.hand_over(report.pk, agency, role=role, reason=data["reason"], actor=worker.user)
    return {"agency": report.agency_id, "given_to": agency.pk, "role": role.value, "step": _last_step(fresh)}


def _last_step(report: Report) -> int | None:
    step = transitions.last_step(report)
    return step.pk if step else None


def _hand_back(user: User, report: Report, before: Data) -> object:
    if report.agency_id != before["given_to"]:
        raise NotAllowed(_("Sesudahnya diserahkan kepada SKPD lain."))
    if before["step"] != _last_step(report):
        raise NotAllowed(_("Sesudahnya SKPD penerima sudah mengerjakannya."))
    if before["agency"] is None:
        raise NotAllowed(_("Sebelumnya tanpa SKPD; serahkan kepada SKPD yang benar."))
    previous = Agency.objects.get(pk=before["agency"])
    with translation.override(settings.LANGUAGE_CODE):  # kept for others, whatever language this person reads
        reason = _("Penyerahan kepada %(agency)s dibatalkan.") % {"agency": report.agency}
    return casework.hand_over(report.pk, previous, role=Role(before["role"]), reason=reason, actor=user)


PUBLISH: Final = Verb(
    "publish",
    gettext_lazy("Tayangkan dan teruskan"),
    gettext_lazy("akan ditayangkan dan diteruskan"),
    gettext_lazy("ditayangkan dan diteruskan"),
    _cannot_publish,
    _publish,
    _undo_decision,
    icon="check",
)
WITHHOLD: Final = Verb(
    "withhold",
    gettext_lazy("Jangan tayangkan"),
    gettext_lazy("tidak akan ditayangkan"),
    gettext_lazy("tidak ditayangkan"),
    _cannot_withhold,
    _withhold,
    _undo_decision,
    icon="eye-off",
    tone="danger",
)
ASSIGN: Final = Verb(
    "handler",
    gettext_lazy("Tugaskan"),
    gettext_lazy("akan ditugaskan"),
    gettext_lazy("ditugaskan"),
    _cannot_assign,
    _assign,
    _unassign,
    icon="user",
)
START: Final = Verb(
    "start",
    gettext_lazy("Mulai kerjakan"),
    gettext_lazy("akan mulai dikerjakan"),
    gettext_lazy("mulai dikerjakan"),
    _cannot_start,
    _start,
    _take_back,
    icon="status-in_progress",
)
HAND_OVER: Final = Verb(
    "hand-over",
    gettext_lazy("Serahkan"),
    gettext_lazy("akan diserahkan"),
    gettext_lazy("diserahkan"),
    _cannot_hand_over,
    _hand_over,
    _hand_back,
    icon="hand-over",
)
VERBS: Final[Mapping[str, Verb]] = {verb.slug: verb for verb in (PUBLISH, WITHHOLD, ASSIGN, START, HAND_OVER)}
FOR_VERIFIER: Final[Sequence[Verb]] = (PUBLISH, WITHHOLD, ASSIGN, HAND_OVER)
FOR_OFFICER: Final[Sequence[Verb]] = (START, ASSIGN, HAND_OVER)


def verbs_of(worker: Worker) -> Sequence[Verb]:
    """What this person may do to many reports."""
    if worker.is_verifier:
        return FOR_VERIFIER
    return FOR_OFFICER if worker.is_officer else ()
