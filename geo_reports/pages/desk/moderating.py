"""Acts about what the public may see, and the way back from each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from geo_reports import moderation
from geo_reports.forms.desk import ActForm
from geo_reports.forms.moderating import AppealAnswerForm, RedactForm, WithholdForm
from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.pages.desk.acts import Act, Done, Undo
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker
from geo_reports.workflow import Role, Status, is_allowed


def _undoable(report: Report, sentence: str) -> Done:
    """Done, with the button that takes the decision back."""
    last = report.decisions.last()
    return Done(sentence, Undo(reverse("desk:undo-decision", args=[report.code, last.pk])) if last else None)


def _publish(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    fresh = moderation.publish(report.pk, actor=worker.user)
    if fresh.status == Status.VERIFIED:
        return _undoable(
            fresh, _("%(code)s ditayangkan. Tentukan SKPD-nya agar dapat diteruskan.") % {"code": report.code}
        )
    if report.status in moderation.PASSED_ON:
        return _undoable(fresh, _("%(code)s ditayangkan dan diteruskan.") % {"code": report.code})
    return _undoable(fresh, _("%(code)s ditayangkan.") % {"code": report.code})


def _make_confidential(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    fresh = moderation.make_confidential(report.pk, actor=worker.user)
    if fresh.status == Status.VERIFIED:
        return _undoable(
            fresh, _("%(code)s kini rahasia. Tentukan SKPD-nya agar dapat diteruskan.") % {"code": report.code}
        )
    if report.status in moderation.PASSED_ON:
        return _undoable(fresh, _("%(code)s diteruskan secara rahasia.") % {"code": report.code})
    return _undoable(fresh, _("%(code)s kini rahasia.") % {"code": report.code})


def _withhold(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    reason = Report.WithheldReason(data["reason"])
    fresh = moderation.withhold(report.pk, reason, actor=worker.user, note=data["note"])
    return _undoable(fresh, _("%(code)s tidak ditayangkan. Pelapor membaca alasannya.") % {"code": report.code})


def _redact(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    words = moderation.words_of(report).covering(data["spans"]["text"], data["spans"]["address"])
    spans = ((), ()) if data.get("uncover") else (words.text.spans, words.address.spans)
    fresh = moderation.redact(report.pk, *spans, actor=worker.user)
    told = _("Kata di %(code)s dibuka lagi.") if data.get("uncover") else _("Kata di %(code)s ditutup.")
    return _undoable(fresh, told % {"code": report.code})


def _answer_appeal(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    found = moderation.pending_appeal(report)
    if found is None:
        raise NotAllowed(_("Keberatan ini sudah diputuskan."))
    outcome = Appeal.Outcome(data["outcome"])
    moderation.decide_appeal(found.pk, outcome, actor=worker.user, note=data["note"])
    return Done(_("Keberatan atas %(code)s sudah dijawab.") % {"code": report.code})


def _may_answer_appeal(worker: Worker, report: Report) -> bool:
    found = moderation.pending_appeal(report) if report.status == Status.WITHHELD else None
    return found is not None and moderation.may_decide(worker, report, found)


def _is_free(report: Report) -> bool:
    """Whether no objection waits for an answer."""
    return report.status != Status.WITHHELD or moderation.pending_appeal(report) is None


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, worker: Worker, code: str, decision_id: int) -> HttpResponse:
    """Take a decision back. Opened by hand it leads to the report."""
    decision = get_object_or_404(ModerationDecision.objects.select_related("report"), pk=decision_id)
    if decision.report.code != code:
        raise Http404
    if request.method == "POST":
        try:
            moderation.undo(decision.pk, actor=worker.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        except FileNotFoundError:
            messages.error(request, _("Berkas foto ini tidak ditemukan di penyimpanan."))
        else:
            told = {"what": decision.get_kind_display(), "code": code}
            messages.success(request, _("Dibatalkan: “%(what)s” pada %(code)s.") % told)
    return redirect("desk:detail", code)


ANSWER_APPEAL = Act(
    "answer-appeal",
    gettext_lazy("Jawab keberatan"),
    gettext_lazy("Kirim keputusan"),
    AppealAnswerForm,
    possible=_may_answer_appeal,
    perform=_answer_appeal,
    hint=gettext_lazy("Pelapor membaca keputusan dan penjelasan Anda. Keputusan ini akhir."),
    tone="primary",
    fields="geo_reports/desk/_appeal_fields.html",
    group="main",
)
PUBLISH = Act(
    "publish",
    gettext_lazy("Tayangkan"),
    gettext_lazy("Tayangkan dan teruskan"),
    ActForm,
    possible=lambda worker, report: (
        worker.may_moderate(report)
        and not report.wants_confidential
        and not (report.is_published and report.status not in moderation.PASSED_ON)
        and _is_free(report)
    ),
    perform=_publish,
    hint=gettext_lazy("Uraian dan foto tampil untuk umum, laporan diteruskan kepada SKPD."),
    icon="check",
    tone="primary",
    group="main",
)
WITHHOLD = Act(
    "withhold",
    gettext_lazy("Jangan tayangkan"),
    gettext_lazy("Jangan tayangkan"),
    WithholdForm,
    possible=lambda worker, report: (
        worker.may_moderate(report) and is_allowed(Status(report.status), Status.WITHHELD, Role.VERIFIER)
    ),
    perform=_withhold,
    hint=gettext_lazy("Pelapor membaca alasan ini, dapat memperbaiki laporannya, atau mengajukan keberatan."),
    tone="danger",
    group="show",
    is_main=lambda report: report.visibility == Report.Visibility.PENDING,
)
CONFIDENTIAL = Act(
    "make-confidential",
    gettext_lazy("Rahasia"),
    gettext_lazy("Jadikan rahasia"),
    ActForm,
    possible=lambda worker, report: (
        worker.may_moderate(report)
        and (report.visibility != Report.Visibility.CONFIDENTIAL or report.status in moderation.PASSED_ON)
        and _is_free(report)
    ),
    perform=_make_confidential,
    hint=gettext_lazy("Hanya pelapor, verifikator, dan SKPD-nya yang dapat membaca laporan ini."),
    icon="eye-off",
    group="show",
)
REDACT = Act(
    "redact",
    gettext_lazy("Tutup kata"),
    gettext_lazy("Tutup kata ini"),
    RedactForm,
    possible=lambda worker, report: worker.may_moderate(report),
    perform=_redact,
    hint=gettext_lazy("Umum dan SKPD membaca “[disunting]”. Uraian aslinya disimpan terbatas."),
    fields="geo_reports/desk/_redact_fields.html",
    group="show",
)
ACTS = (ANSWER_APPEAL, PUBLISH, WITHHOLD, CONFIDENTIAL, REDACT)
