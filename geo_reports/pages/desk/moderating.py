"""Acts about what the public may see."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import moderation
from geo_reports.forms.desk import ActForm, WithholdForm
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done
from geo_reports.workers import Worker
from geo_reports.workflow import Role, Status, is_allowed


def _publish(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    fresh = moderation.publish(report.pk, actor=worker.user)
    if fresh.status == Status.FORWARDED:
        return Done(_("%(code)s ditayangkan dan diteruskan.") % {"code": report.code})
    return Done(_("%(code)s ditayangkan. Tentukan SKPD-nya agar dapat diteruskan.") % {"code": report.code})


def _withhold(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    moderation.withhold(report.pk, Report.WithheldReason(data["reason"]), actor=worker.user)
    return Done(_("%(code)s tidak ditayangkan.") % {"code": report.code})


PUBLISH = Act(
    "publish",
    gettext_lazy("Tayangkan"),
    gettext_lazy("Tayangkan dan teruskan"),
    ActForm,
    possible=lambda worker, report: worker.may_moderate(report) and not report.is_published,
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
    hint=gettext_lazy("Pelapor membaca alasan ini dan dapat mengirim ulang."),
    tone="danger",
    group="show",
)
ACTS = (PUBLISH, WITHHOLD)
