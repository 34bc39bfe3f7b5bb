"""The act of naming who handles a report."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import casework
from geo_reports.forms.handling import HandlerForm
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done, Undo
from geo_reports.workers import Worker, name_of


def _assign(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    person = data["handler"]
    casework.assign_handler(report.pk, person, actor=worker.user)
    undo = Undo(reverse("desk:handler", args=[report.code]), (("handler", str(report.handler_id or "")),))
    if person is None:
        return Done(_("%(code)s sekarang tanpa petugas.") % {"code": report.code}, undo)
    return Done(_("%(code)s ditugaskan kepada %(person)s.") % {"code": report.code, "person": name_of(person)}, undo)


HANDLER = Act(
    "handler",
    gettext_lazy("Tugaskan"),
    gettext_lazy("Tugaskan"),
    HandlerForm,
    possible=lambda worker, report: worker.acts_as is not None and report.is_open,
    perform=_assign,
    icon="user",
    group="main",
)
ACTS = (HANDLER,)
