"""The only writer of a report's status and of the clocks that hang on it.

Each verb takes hold of the row, asks the table in `workflow`, appends to the history and returns the
fresh row. Who is told about it is `notify`'s matter: it listens to `status_changed`.
"""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from geo_reports import deadlines, groups
from geo_reports.locks import group_overtaken, locked
from geo_reports.models import Assignment, Question, Reply, Report, StatusChange
from geo_reports.photos.storing import hide_repair
from geo_reports.workflow import CLOSED, COMPLETED, EXPLAINED, RESPONDED, Role, Status, is_allowed

# Sent after commit, with `change_id`; and with `reply_id`.
status_changed = Signal()
replied = Signal()


# What these say has to be said; each has a verb of its own.
NEEDS_MORE: Final = {
    Status.DONE: _lazy("“Selesai” memerlukan foto sesudah, atau alasan mengapa tidak ada."),
    Status.NEEDS_INFO: _lazy("Tulis apa yang ingin Anda tanyakan kepada pelapor."),
    Status.NOT_OURS: _lazy("“Bukan kewenangan” harus menyebut siapa pemiliknya."),
    Status.MERGED: _lazy("Pilih laporan utama tempat laporan ini digabungkan."),
}


class NotAllowed(Exception):
    """The table has no such move for this role; `str()` is a sentence for people."""


def open_history(
    report: Report, *, at: datetime, role: Role = Role.REPORTER, actor: User | None = None
) -> StatusChange:
    """Append the first entry of a report that was just inserted. Call inside that transaction."""
    return _append(report, StatusChange(from_status="", role=role, actor=actor, at=at))


@transaction.atomic
def change_status(
    report_id: int, to: Status, *, role: Role, actor: User | None = None, note: str = "", at: datetime | None = None
) -> Report:
    """Move a report to `to` and return the fresh row.

    `note` is public. An officer's move stops the clocks of the current assignment spell.
    Raises NotAllowed when the table has no such move, or when `to` needs more than a status: see
    `complete`, `ask`, `disown` and `merge_into`; "declined" needs a note, "forwarded" an SKPD.
    Raises Report.DoesNotExist for an unknown report.
    """
    report = locked(report_id)
    _require_allowed(report, to, role)
    if report.status == Status.MERGED:
        raise NotAllowed(_("Laporan ini digabung. Keluarkan dahulu dari kelompoknya."))
    if to in NEEDS_MORE:
        raise NotAllowed(str(NEEDS_MORE[to]))
    if to in EXPLAINED and not note.strip():
        raise NotAllowed(_("Tulis penjelasan untuk warga: mengapa “%(status)s”.") % {"status": to.label})
    return _move(report, to, StatusChange(role=role, actor=actor, note=note, at=at or timezone.now()))


@transaction.atomic
def complete(
    report_id: int,
    *,
    has_photo: bool,
    no_photo_reason: str = "",
    actor: User | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Report:
    """The SKPD claims that the problem is fixed. The caller stores the after-photo in the same transaction.

    Raises NotAllowed when the table has no such move, or there is neither a photo nor a reason why not.
    """
    report = locked(report_id)
    _require_allowed(report, Status.DONE, Role.OFFICER)
    if not has_photo and not no_photo_reason.strip():
        raise NotAllowed(str(NEEDS_MORE[Status.DONE]))
    change = StatusChange(role=Role.OFFICER, actor=actor, note=note, at=at or timezone.now())
    change.no_photo_reason = "" if has_photo else no_photo_reason.strip()
    return _move(report, Status.DONE, change)


@transaction.atomic
def answer(report_id: int, text: str, *, actor: User | None = None, at: datetime | None = None) -> Report:
    """Publish the responsible agency's answer; the status becomes "answered" unless it already is.

    Raises NotAllowed when the report is not in an SKPD's hands.
    """
    report = locked(report_id)
    at, agency = at or timezone.now(), report.agency
    if agency is None:
        raise NotAllowed(_("Laporan ini belum mempunyai SKPD."))
    if report.status != Status.ANSWERED:
        _require_allowed(report, Status.ANSWERED, Role.OFFICER)
        report = _move(report, Status.ANSWERED, StatusChange(role=Role.OFFICER, actor=actor, at=at))
    reply = Reply.objects.create(report=report, agency=agency, author=actor, text=text, at=at)
    transaction.on_commit(lambda: replied.send(Reply, reply_id=reply.pk))
    return report


@transaction.atomic
def ask(report_id: int, text: str, *, role: Role, actor: User | None = None, at: datetime | None = None) -> Question:
    """Ask the reporter; the report waits for the answer. A question is open exactly while its report waits.

    Raises NotAllowed when the table has no such move, or nothing is asked.
    """
    report = locked(report_id)
    at = at or timezone.now()
    _require_allowed(report, Status.NEEDS_INFO, role)
    if not text.strip():
        raise NotAllowed(str(NEEDS_MORE[Status.NEEDS_INFO]))
    question = Question.objects.create(report=report, text=text, role=role, asked_by=actor, at=at)
    _move(report, Status.NEEDS_INFO, StatusChange(role=role, actor=actor, at=at))
    return question


@transaction.atomic
def disown(
    report_id: int, *, owner: str, note: str, role: Role, actor: User | None = None, at: datetime | None = None
) -> Report:
    """Not the city's to do: says in public whose it is, and why.

    Raises NotAllowed when the table has no such move, or the owner or the explanation is missing.
    """
    report = locked(report_id)
    _require_allowed(report, Status.NOT_OURS, role)
    if not owner.strip():
        raise NotAllowed(str(NEEDS_MORE[Status.NOT_OURS]))
    if not note.strip():
        raise NotAllowed(_("Tulis penjelasan untuk warga: mengapa “%(status)s”.") % {"status": Status.NOT_OURS.label})
    change = StatusChange(role=role, actor=actor, note=note, owner=owner.strip(), at=at or timezone.now())
    return _move(report, Status.NOT_OURS, change)


@transaction.atomic
def merge_into(report_id: int, head: Report, *, actor: User | None = None, at: datetime | None = None) -> Report:
    """Put a report, with the group that it heads, below `head`; see `casework.merge`, which locks them all.

    Raises NotAllowed when the table has no such move.
    """
    report = locked(report_id)
    _require_allowed(report, Status.MERGED, Role.VERIFIER)
    groups.join(report, head)
    return _move(report, Status.MERGED, StatusChange(role=Role.VERIFIER, actor=actor, at=at or timezone.now()))


@transaction.atomic
def take_back(change_id: int, *, actor: User | None, at: datetime | None = None) -> Report:
    """Undo the last status change of a report: append a change that leads back, and give back its clocks.

    A claimed repair takes its after-photos along: they are kept, and not shown.

    What was undone before does not count, so that several steps can be taken back, the last one first.
    Raises NotAllowed when it is not the last one, is the first entry, was undone or an undo itself,
    was the reporter's, or changed the SKPD as well (that is handed back instead).
    """
    change = StatusChange.objects.get(pk=change_id)
    report = _held_with_followers(change.report_id)
    _require_undoable(report, change)
    spell = report.assignments.filter(ended_at=None)
    spell.filter(responded_at=change.at).update(responded_at=None)
    spell.filter(completed_at=change.at).update(completed_at=None)
    if report.forwarded_at == change.at and _is_first_forwarding(report, change):
        report.forwarded_at = None
    if change.to_status == Status.DONE:
        hide_repair(report, change.at)
    undo = StatusChange(role=change.role, actor=actor, undoes=change, at=max(at or timezone.now(), change.at))
    if change.from_status == Status.NEEDS_INFO:
        for question in report.questions.filter(closed_at=change.at, answered_at=None).order_by("-at", "-pk")[:1]:
            question.closed_at = None
            question.save(update_fields=["closed_at"])
    return _move(report, Status(change.from_status), undo)


def last_step(report: Report) -> StatusChange | None:
    """The last status change that is still in force: neither undone nor an undo itself."""
    return steps_in_force(report).last()


def steps_in_force(report: Report) -> QuerySet[StatusChange]:
    """The status changes that are neither undone nor an undo themselves, oldest first."""
    return report.changes.filter(undoes=None, undone_by=None).order_by("at", "pk")


def changed_agency(report: Report, change: StatusChange) -> bool:
    """Whether a spell of an SKPD began or ended with this step."""
    return report.assignments.filter(Q(started_at=change.at) | Q(ended_at=change.at)).exists()


def _held_with_followers(report_id: int) -> Report:
    """The report, locked with the members of its group that leave with it, always in the same order."""
    brought = groups.brought_by(Report.objects.get(pk=report_id))
    held = {pk: locked(pk) for pk in sorted({report_id, *brought})}
    if groups.brought_by(held[report_id]) != brought:
        raise group_overtaken()
    return held[report_id]


def _is_first_forwarding(report: Report, change: StatusChange) -> bool:
    forwardings = steps_in_force(report).filter(to_status=Status.FORWARDED)
    return change.to_status == Status.FORWARDED and not forwardings.exclude(pk=change.pk).exists()


def _require_undoable(report: Report, change: StatusChange) -> None:
    if last_step(report) != change or not change.from_status:
        raise NotAllowed(_("Hanya langkah terakhir yang dapat dibatalkan, dan sesudahnya sudah ada langkah lain."))
    if change.role == Role.REPORTER:
        raise NotAllowed(_("Langkah pelapor tidak dapat dibatalkan."))
    if change.at > report.submitted_at and changed_agency(report, change):
        raise NotAllowed(_("Langkah ini juga mengganti SKPD. Serahkan laporan kepada SKPD yang seharusnya."))


def _require_allowed(report: Report, to: Status, role: Role) -> None:
    current = Status(report.status)
    if not is_allowed(current, to, role):
        raise NotAllowed(
            _("Laporan berstatus “%(current)s” tidak dapat diubah menjadi “%(to)s” oleh %(role)s.")
            % {"current": current.label, "to": to.label, "role": role.label}
        )
    if role is Role.OFFICER and (report.forwarded_at is None or report.agency_id is None):
        raise NotAllowed(_("Laporan ini belum diteruskan kepada SKPD."))
    if to is Status.WITHHELD and report.duplicates.exists():
        raise NotAllowed(_("Laporan lain digabung ke laporan ini. Keluarkan dahulu, agar tidak ikut hilang."))
    if to is Status.FORWARDED and report.agency_id is None:
        raise NotAllowed(_("Tentukan dulu SKPD yang menangani laporan ini."))


def _move(report: Report, to: Status, change: StatusChange) -> Report:
    """Write the new status with everything that follows from it; `change` says who, when and why."""
    change.from_status, report.status = report.status, to
    if to is Status.FORWARDED and report.forwarded_at is None:
        report.forwarded_at = change.at
    report.closed_at = _reached_at(report, change) if to in CLOSED else None
    if change.from_status == Status.NEEDS_INFO:
        report.questions.filter(closed_at=None).update(closed_at=change.at)
    if change.from_status == Status.MERGED:
        groups.leave(report)
    report.save(update_fields=["status", "forwarded_at", "closed_at"])
    if change.role == Role.OFFICER and change.undoes_id is None:
        _stop_clocks(report, to, change.at)
    _append(report, change)
    report.refresh_from_db(fields=["due_on", "due_step"])
    return report


def _reached_at(report: Report, change: StatusChange) -> datetime:
    """Since when the report is in the status that `change` gives it; an undo leads back to an earlier day."""
    before = steps_in_force(report).exclude(pk=change.undoes_id).last() if change.undoes_id else None
    return before.at if before else change.at


def _stop_clocks(report: Report, to: Status, at: datetime) -> None:
    """The first response and the first completion of a spell count; later ones change nothing."""
    spell = report.assignments.filter(ended_at=None)
    if to in RESPONDED:
        spell.filter(responded_at=None).update(responded_at=at)
    if to in COMPLETED:
        spell.filter(completed_at=None).update(completed_at=at)


def _append(report: Report, change: StatusChange) -> StatusChange:
    change.report = report
    change.assignment = Assignment.objects.filter(report=report, ended_at=None).first()
    change.to_status = report.status
    change.save(force_insert=True)
    deadlines.update([report.pk])
    transaction.on_commit(lambda: status_changed.send(StatusChange, change_id=change.pk))
    return change
