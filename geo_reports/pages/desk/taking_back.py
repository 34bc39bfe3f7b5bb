"""The act of taking back the last step of a report, by whoever took it; offered after each step that allows it."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import transitions
from geo_reports.forms.desk import ActForm
from geo_reports.models import ModerationDecision, Report, StatusChange
from geo_reports.pages.desk.acts import Act, Done, Undo
from geo_reports.transitions import NotAllowed
from geo_reports.workers import Worker
from geo_reports.workflow import Status

# These are taken back in ways of their own, or have been read by the reporter: an answer stays an answer.
ELSEWHERE: Final = frozenset({Status.ANSWERED, Status.NEEDS_INFO, Status.MERGED, Status.WITHHELD})


def own_step(worker: Worker, report: Report) -> StatusChange | None:
    """The last step, if this person took it and may take it back; at most 3 queries."""
    last = transitions.last_step(report) if worker.acts_as else None
    if last is None or not last.from_status or last.actor_id != worker.user.pk or last.to_status in ELSEWHERE:
        return None
    if transitions.changed_agency(report, last) or ModerationDecision.objects.filter(change=last).exists():
        return None
    return last


def undo_after(worker: Worker, report: Report, before: StatusChange | None) -> Undo | None:
    """The button that takes back the step that was just taken; none when there was no step."""
    last = own_step(worker, report)
    if last is None or last == before:
        return None
    return Undo(reverse("desk:take-back", args=[report.code]))


def _take_back(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    last = own_step(worker, report)
    if last is None:
        raise NotAllowed(_("Hanya langkah terakhir Anda sendiri yang dapat dibatalkan."))
    transitions.take_back(last.pk, actor=worker.user)
    told = {"code": report.code, "status": last.get_to_status_display()}
    return Done(_("%(code)s: “%(status)s” dibatalkan.") % told)


TAKE_BACK: Final = Act(
    "take-back",
    gettext_lazy("Batalkan langkah terakhir"),
    gettext_lazy("Batalkan langkah terakhir"),
    ActForm,
    possible=lambda worker, report: own_step(worker, report) is not None,
    perform=_take_back,
    hint=gettext_lazy("Status kembali seperti sebelum langkah Anda. Riwayat mencatat keduanya."),
    icon="undo",
    group="more",
)
ACTS = (TAKE_BACK,)
