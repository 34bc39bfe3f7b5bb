"""Publish, withhold, make confidential: who may read a report, and how it goes on from there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from geo_reports.locks import locked
from geo_reports.models import ModerationDecision, Report, StatusChange
from geo_reports.moderation.deciding import Effect, fields_of, held, require_no_appeal, waiting_since, write_down
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import Role, Status

FIELDS = ("visibility", "withheld_reason")
Kind = ModerationDecision.Kind
# Showing a report in one of these takes it on to its SKPD as well.
PASSED_ON: Final = frozenset({Status.WAITING, Status.WITHHELD})


@transaction.atomic
def publish(report_id: int, *, actor: User, at: datetime | None = None) -> Report:
    """Show text, photos and name, and pass a waiting report on to its SKPD; the fresh row.

    A report that no rule could assign stays "verified" until a person names the SKPD. Raises NotYours,
    and NotAllowed when the reporter wants it confidential, objects, or it is shown already.
    """
    report = held(report_id, actor)
    if report.wants_confidential:
        raise NotAllowed(_("Pelapor meminta laporan ini dirahasiakan: teruskan secara rahasia, jangan ditayangkan."))
    return _let_pass(report, Report.Visibility.PUBLISHED, Kind.PUBLISH, actor, at or timezone.now())


@transaction.atomic
def make_confidential(report_id: int, *, actor: User, at: datetime | None = None) -> Report:
    """Let only the desk, the SKPD and the reporter read it; a waiting report is passed on all the same.

    Raises NotYours, and NotAllowed when the reporter objects, or when nothing would change.
    """
    report = held(report_id, actor)
    return _let_pass(report, Report.Visibility.CONFIDENTIAL, Kind.CONFIDENTIAL, actor, at or timezone.now())


@transaction.atomic
def withhold(
    report_id: int, reason: Report.WithheldReason, *, actor: User, note: str = "", at: datetime | None = None
) -> Report:
    """Take a report off the public pages; the fresh row. The reporter reads reason and `note` and may send again.

    Raises NotYours, and transitions.NotAllowed when the report's status has no way to "withheld".
    """
    report = held(report_id, actor)
    at = at or timezone.now()
    was, waited = fields_of(report, FIELDS), waiting_since(report)
    with translation.override(settings.LANGUAGE_CODE):  # kept for others, whatever language the moderator reads
        label = str(reason.label)
    change_status(report_id, Status.WITHHELD, role=Role.VERIFIER, actor=actor, note=label, at=at)
    effect = Effect(was, _write(report, Report.Visibility.WITHHELD, reason), _steps(report, 1))
    decision = ModerationDecision(kind=Kind.WITHHOLD, reason=reason, note=note, actor=actor, at=at)
    decision.waited_since = waited
    write_down(report, effect, decision)
    return Report.objects.get(pk=report_id)


@transaction.atomic
def await_check(report_id: int, *, at: datetime) -> Report:
    """The reporter has changed the report: a person has to read it again before anybody else does. The fresh row."""
    report = locked(report_id)
    is_secret = stays_secret(report)
    if report.status == Status.WITHHELD:
        change_status(report_id, Status.WAITING, role=Role.REPORTER, at=at)
    _write(report, Report.Visibility.CONFIDENTIAL if is_secret else Report.Visibility.PENDING, "")
    return Report.objects.get(pk=report_id)


def stays_secret(report: Report) -> bool:
    """Whether even place and category are kept from the public, by the reporter's wish or a decision in force."""
    if report.wants_confidential or report.visibility == Report.Visibility.CONFIDENTIAL:
        return True
    last = report.decisions.filter(kind=Kind.WITHHOLD, undone_at=None).last()
    was = last.before.get("was", {}) if last and report.visibility == Report.Visibility.WITHHELD else {}
    return was.get("visibility") == Report.Visibility.CONFIDENTIAL


def _let_pass(report: Report, visibility: Report.Visibility, kind: Kind, actor: User, at: datetime) -> Report:
    require_no_appeal(report)
    was, waited, moves = fields_of(report, FIELDS), waiting_since(report), _moves(report)
    if report.visibility == visibility and not moves:
        raise NotAllowed(_("Laporan ini sudah %(state)s.") % {"state": visibility.label.lower()})
    became = _write(report, visibility, "")
    for to in moves:
        change_status(report.pk, to, role=Role.VERIFIER, actor=actor, at=at)
    effect = Effect(was, became, _steps(report, len(moves)))
    write_down(report, effect, ModerationDecision(kind=kind, actor=actor, at=at, waited_since=waited))
    return Report.objects.get(pk=report.pk)


def _moves(report: Report) -> list[Status]:
    """The steps that take a report which waits, or was withheld, to its SKPD or to the search for one."""
    if report.status not in PASSED_ON:
        return []
    onward = Status.FORWARDED if report.agency_id else Status.VERIFIED
    return [Status.WAITING, onward] if report.status == Status.WITHHELD else [onward]


def _write(report: Report, visibility: Report.Visibility, reason: str) -> dict[str, str]:
    became = {"visibility": str(visibility), "withheld_reason": str(reason)}
    Report.objects.filter(pk=report.pk).update(**became)
    return became


def _steps(report: Report, count: int) -> Sequence[StatusChange]:
    """The last `count` steps of the history."""
    steps = report.changes.order_by("-at", "-pk")[:count]
    return list(steps)[::-1]
