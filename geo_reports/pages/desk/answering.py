"""Acts of the SKPD: answering in public and moving the work along."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import transitions
from geo_reports.forms.desk import AnswerForm, StatusForm
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done
from geo_reports.workers import Worker
from geo_reports.workflow import Role, Status, is_allowed


def _may_answer(worker: Worker, report: Report) -> bool:
    status = Status(report.status)
    return worker.is_officer and (status is Status.ANSWERED or is_allowed(status, Status.ANSWERED, Role.OFFICER))


def _answer(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    transitions.answer(report.pk, data["text"], actor=worker.user)
    return Done(_("Tanggapan untuk %(code)s ditayangkan.") % {"code": report.code})


def _change_status(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    to, role = Status(data["status"]), worker.acts_as
    if role is None:
        raise transitions.NotAllowed(_("Peran Anda hanya membaca."))
    transitions.change_status(report.pk, to, role=role, actor=worker.user, note=data["note"])
    return Done(_("%(code)s: %(status)s.") % {"code": report.code, "status": to.label})


ANSWER = Act(
    "answer",
    gettext_lazy("Jawab warga"),
    gettext_lazy("Tayangkan tanggapan"),
    AnswerForm,
    possible=_may_answer,
    perform=_answer,
    tone="primary",
    group="main",
)
STATUS = Act(
    "status",
    gettext_lazy("Ubah status"),
    gettext_lazy("Simpan status"),
    StatusForm,
    possible=lambda worker, report: bool(StatusForm.moves(report, worker.acts_as)),
    perform=_change_status,
    group="main",
)
ACTS = (ANSWER, STATUS)
