"""What every decision about showing has in common: who may take it, and how it is written down for undoing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from geo_reports.locks import locked
from geo_reports.models import Appeal, ModerationDecision, Report, StatusChange
from geo_reports.transitions import NotAllowed, last_step
from geo_reports.workers import worker_of
from geo_reports.workflow import Status


class NotYours(NotAllowed):
    """This person may not decide about this report; `str()` is a sentence for people."""


@dataclass(frozen=True)
class Effect:
    """What a decision did to a report: its fields before and after, and its steps in the history, in order."""

    was: dict[str, str]
    became: dict[str, str]
    steps: Sequence[StatusChange] = ()
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def stored(self) -> dict[str, Any]:
        """As `ModerationDecision.before` keeps it."""
        return {"was": self.was, "became": self.became, "steps": [step.pk for step in self.steps]} | self.more


def held(report_id: int, actor: User) -> Report:
    """The report, locked, for a decision of this person. Call inside a transaction.

    Raises NotYours for everybody who does not moderate and for reports about the own SKPD, and
    Report.DoesNotExist.
    """
    report = locked(report_id)
    worker = worker_of(actor)
    if worker is None or not worker.may_moderate(report):
        raise NotYours(_("Penayangan laporan ini tidak Anda putuskan: itu tugas verifikator di luar SKPD-nya."))
    return report


def fields_of(report: Report, names: Sequence[str]) -> dict[str, str]:
    """These text fields as they are now."""
    return {name: str(getattr(report, name)) for name in names}


def write_down(report: Report, effect: Effect, decision: ModerationDecision) -> None:
    """Append `decision`, which says what, who, when and why, with its effect."""
    decision.report, decision.before = report, effect.stored
    decision.change = effect.steps[-1] if effect.steps else None
    decision.save(force_insert=True)


def waiting_since(report: Report) -> datetime | None:
    """Since when the report waits for a decision; None when it does not."""
    if report.status != Status.WAITING:
        return None
    step = last_step(report)
    return step.at if step and step.to_status == Status.WAITING else report.submitted_at


def require_no_appeal(report: Report) -> None:
    """Leave a report whose reporter objects to whoever judges that. Raises NotAllowed."""
    if Appeal.objects.filter(decision__report=report, outcome=Appeal.Outcome.PENDING).exists():
        raise NotAllowed(_("Pelapor mengajukan keberatan. Putuskan keberatan itu lebih dulu."))
