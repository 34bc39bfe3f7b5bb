"""Acts about where a report is, what it is about and who answers for it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import casework, routing
from geo_reports.forms.answering import GiveBackForm
from geo_reports.forms.desk import CorrectionForm, HandOverForm
from geo_reports.intake.submit import outside_sentence
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done
from geo_reports.pages.desk.answering import role_of
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker
from geo_reports.workflow import AT_AGENCY


def _hand_over(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    role = role_of(worker)
    casework.hand_over(report.pk, data["agency"], role=role, reason=data["reason"], actor=worker.user)
    return Done(_("%(code)s diserahkan kepada %(agency)s.") % {"code": report.code, "agency": data["agency"]})


def _give_back(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    casework.give_back(report.pk, reason=data["reason"], actor=worker.user)
    return Done(_("%(code)s dikembalikan kepada verifikator.") % {"code": report.code})


def _correct(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    placement = routing.place(data["point"]) if data["point"] else routing.placement_of(report)
    if data["point"] and placement.outcome is routing.Outcome.OUTSIDE:
        raise NotAllowed(outside_sentence(placement))
    fresh = routing.correct(
        report.pk,
        category=data["category"],
        kind=data["kind"] or None,
        street=data["street"],
        placement=placement,
        actor=worker.user,
    )
    told = {"code": report.code, "agency": fresh.agency or _("verifikator")}
    return Done(_("%(code)s diperbaiki. Penanggung jawab: %(agency)s.") % told)


HAND_OVER = Act(
    "hand-over",
    gettext_lazy("Serahkan ke SKPD lain"),
    gettext_lazy("Serahkan"),
    HandOverForm,
    possible=lambda worker, report: worker.is_verifier or (worker.is_officer and report.status in AT_AGENCY),
    perform=_hand_over,
    icon="hand-over",
    group="assign",
)
GIVE_BACK = Act(
    "give-back",
    gettext_lazy("Kembalikan"),
    gettext_lazy("Kembalikan kepada verifikator"),
    GiveBackForm,
    possible=lambda worker, report: worker.is_officer and report.status in AT_AGENCY,
    perform=_give_back,
    hint=gettext_lazy("Verifikator menentukan SKPD lain. Warga membaca alasan Anda."),
    icon="undo",
    group="assign",
)
CORRECT = Act(
    "correct",
    gettext_lazy("Perbaiki laporan"),
    gettext_lazy("Simpan dan tentukan ulang"),
    CorrectionForm,
    possible=lambda worker, report: worker.is_verifier,
    perform=_correct,
    hint=gettext_lazy("Setelah disimpan, SKPD ditentukan ulang."),
    group="assign",
)
ACTS = (HAND_OVER, GIVE_BACK, CORRECT)
