"""Acts of answering: in public, to the reporter, to colleagues; and moving the work along."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import casework, transitions
from geo_reports.forms.answering import AnswerForm, AskForm, NoteForm
from geo_reports.forms.desk import ActForm, StatusForm
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done
from geo_reports.workers import Worker
from geo_reports.workflow import Role, Status, is_allowed


def can_move(worker: Worker, report: Report, to: Status) -> bool:
    """Whether the table lets this person move the report to `to`."""
    role = worker.acts_as
    is_theirs = role is not Role.OFFICER or report.forwarded_at is not None
    return role is not None and is_theirs and is_allowed(Status(report.status), to, role)


def role_of(worker: Worker) -> Role:
    """The role that the history shows. Raises NotAllowed for one who only reads."""
    if worker.acts_as is None:
        raise transitions.NotAllowed(_("Peran Anda hanya membaca."))
    return worker.acts_as


def _may_answer(worker: Worker, report: Report) -> bool:
    status = Status(report.status)
    return worker.is_officer and (status is Status.ANSWERED or is_allowed(status, Status.ANSWERED, Role.OFFICER))


def _answer(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    transitions.answer(report.pk, data["text"], actor=worker.user)
    return Done(_("Jawaban untuk %(code)s ditayangkan.") % {"code": report.code})


def _change_status(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    to = Status(data["status"])
    transitions.change_status(report.pk, to, role=role_of(worker), actor=worker.user, note=data["note"])
    return Done(_("%(code)s: %(status)s.") % {"code": report.code, "status": to.label})


def _ask(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.ask(report.pk, data["text"], role=role_of(worker), actor=worker.user)
    return Done(_("Pertanyaan tentang %(code)s dikirim kepada pelapor. Tenggatnya berhenti.") % {"code": report.code})


def _withdraw(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.withdraw_question(report.pk, role=role_of(worker), actor=worker.user)
    return Done(_("Pertanyaan tentang %(code)s ditarik. Tenggatnya berjalan lagi.") % {"code": report.code})


def _is_asked(worker: Worker, report: Report) -> bool:
    return report.status == Status.NEEDS_INFO and report.questions.filter(closed_at=None).exists()


def _note(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.note(report.pk, data["text"], author=worker.user)
    return Done(_("Catatan pada %(code)s disimpan.") % {"code": report.code})


ANSWER = Act(
    "answer",
    gettext_lazy("Jawab warga"),
    gettext_lazy("Tayangkan jawaban"),
    AnswerForm,
    possible=_may_answer,
    perform=_answer,
    tone="primary",
    fields="geo_reports/desk/_answer_fields.html",
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
ASK = Act(
    "ask",
    gettext_lazy("Tanya pelapor"),
    gettext_lazy("Kirim pertanyaan"),
    AskForm,
    possible=lambda worker, report: can_move(worker, report, Status.NEEDS_INFO),
    perform=_ask,
    hint=gettext_lazy(
        "Hanya pelapor dan petugas yang membaca pertanyaan dan jawabannya. Tenggat berhenti sampai dijawab."
    ),
    icon="question",
    group="more",
)
WITHDRAW = Act(
    "withdraw-question",
    gettext_lazy("Tarik pertanyaan"),
    gettext_lazy("Tarik pertanyaan"),
    ActForm,
    possible=lambda worker, report: worker.acts_as is not None and _is_asked(worker, report),
    perform=_withdraw,
    hint=gettext_lazy("Laporan berjalan lagi tanpa menunggu jawaban pelapor."),
    icon="undo",
    group="main",
)
NOTE = Act(
    "note",
    gettext_lazy("Catatan internal"),
    gettext_lazy("Simpan catatan"),
    NoteForm,
    possible=lambda worker, report: worker.acts_as is not None,
    perform=_note,
    hint=gettext_lazy("Hanya untuk petugas: tidak pernah tampil untuk umum atau pelapor."),
    icon="lock",
    group="more",
)
ACTS = (ANSWER, STATUS, WITHDRAW, ASK, NOTE)
