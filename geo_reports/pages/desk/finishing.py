"""Acts that end a report honestly: fixed, somebody else's, not to be done; and the request to open it again."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import casework
from geo_reports.forms.answering import DeclineForm, FinishForm, NotOursForm
from geo_reports.forms.grouping import ReopenDecisionForm
from geo_reports.models import ReopenRequest, Report
from geo_reports.pages.desk.acts import Act, Done
from geo_reports.pages.desk.answering import can_move, role_of
from geo_reports.workers import Worker
from geo_reports.workflow import Status


def _finish(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.finish(
        report.pk,
        photo=data["photo"],
        no_photo_reason=data["no_photo_reason"],
        note=data["note"],
        actor=worker.user,
    )
    return Done(_("%(code)s dinyatakan selesai. Pelapor diminta mengonfirmasinya.") % {"code": report.code})


def _not_ours(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.not_ours(report.pk, owner=data["owner"], text=data["text"], role=role_of(worker), actor=worker.user)
    told = {"code": report.code, "owner": data["owner"]}
    return Done(_("%(code)s bukan kewenangan Pemkot, melainkan %(owner)s.") % told)


def _decline(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.decline(report.pk, data["text"], actor=worker.user)
    return Done(_("%(code)s tidak dikerjakan; penjelasannya ditayangkan.") % {"code": report.code})


def _decide(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    if data["decision"] == ReopenDecisionForm.ACCEPT:
        casework.accept_reopening(data["request"], actor=worker.user)
        return Done(_("%(code)s dibuka kembali; foto barunya tampil untuk umum.") % {"code": report.code})
    casework.decline_reopening(data["request"], data["note"], actor=worker.user)
    return Done(_("%(code)s tetap ditutup; penjelasannya tampil untuk umum.") % {"code": report.code})


FINISH = Act(
    "finish",
    gettext_lazy("Nyatakan selesai"),
    gettext_lazy("Nyatakan selesai"),
    FinishForm,
    possible=lambda worker, report: worker.is_officer and can_move(worker, report, Status.DONE),
    perform=_finish,
    hint=gettext_lazy("Lampirkan foto sesudah, atau tulis mengapa tidak ada. Pelapor diminta mengonfirmasinya."),
    icon="check",
    group="main",
)
NOT_OURS = Act(
    "not-ours",
    gettext_lazy("Bukan kewenangan"),
    gettext_lazy("Tutup sebagai bukan kewenangan"),
    NotOursForm,
    possible=lambda worker, report: can_move(worker, report, Status.NOT_OURS),
    perform=_not_ours,
    hint=gettext_lazy("Warga membaca siapa pemiliknya dan penjelasan Anda."),
    icon="arrow-out",
    tone="danger",
    group="end",
)
DECLINE = Act(
    "decline",
    gettext_lazy("Tidak dikerjakan"),
    gettext_lazy("Tutup sebagai tidak dikerjakan"),
    DeclineForm,
    possible=lambda worker, report: worker.is_officer and can_move(worker, report, Status.DECLINED),
    perform=_decline,
    hint=gettext_lazy("Warga membaca penjelasan ini."),
    icon="status-declined",
    tone="danger",
    group="end",
)
DECIDE_REOPENING = Act(
    "reopen-request",
    gettext_lazy("Permintaan buka kembali"),
    gettext_lazy("Simpan keputusan"),
    ReopenDecisionForm,
    possible=lambda worker, report: (
        worker.is_verifier and report.reopen_requests.filter(outcome=ReopenRequest.Outcome.PENDING).exists()
    ),
    perform=_decide,
    hint=gettext_lazy("Bila dibuka kembali, foto baru ini tampil untuk umum; bila tidak, tetap tersembunyi."),
    tone="primary",
    fields="geo_reports/desk/_reopen_fields.html",
    group="main",
)
ACTS = (DECIDE_REOPENING, FINISH, NOT_OURS, DECLINE)
