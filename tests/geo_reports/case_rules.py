"""What is true of every report at every moment, whatever was done to it; asked of the database."""

from itertools import pairwise

from geo_reports.models import Assignment, Report, ResponseTarget, StatusChange
from geo_reports.workflow import AT_AGENCY, AT_VERIFIER, CLOSED, Role, Status, is_allowed


def check(report: Report) -> None:
    """Every rule, for one fresh row."""
    steps = list(StatusChange.objects.filter(report=report).order_by("at", "pk").select_related("undoes"))
    check_history(report, steps)
    check_clocks(report, steps)
    check_spells(report)
    check_waiting(report)
    check_group(report)


def check_history(report: Report, steps: list[StatusChange]) -> None:
    """A chain without gaps; each step is the table's, or takes back the last one in force."""
    assert steps[0].from_status == ""
    in_force = steps[:1]
    for before, step in pairwise(steps):
        assert step.from_status == before.to_status
        assert step.at >= before.at
        if step.undoes:
            assert step.undoes == in_force.pop()
            assert (step.from_status, step.to_status) == (step.undoes.to_status, step.undoes.from_status)
            assert step.undoes.role != Role.REPORTER
        else:
            in_force.append(step)
            assert is_allowed(Status(step.from_status), Status(step.to_status), Role(step.role))
            assert bool(step.owner) == (step.to_status == Status.NOT_OURS)
            if step.to_status in {Status.NOT_OURS, Status.DECLINED}:
                assert step.note
    assert steps[-1].to_status == report.status


def check_clocks(report: Report, steps: list[StatusChange]) -> None:
    """closed_at iff closed; forwarded_at is the first forwarding that stands; a clock runs iff the desk has it."""
    undone = {step.undoes_id for step in steps}
    in_force = [step for step in steps if not step.undoes_id and step.pk not in undone]
    assert report.closed_at == (in_force[-1].at if report.status in CLOSED else None)
    standing = [step.at for step in in_force if step.to_status == Status.FORWARDED]
    assert report.forwarded_at == (standing[0] if standing else None)
    runs = report.status in AT_VERIFIER or (report.status in AT_AGENCY and report.agency_id is not None)
    has_target = ResponseTarget.objects.filter(step=report.due_step).exists()
    assert (report.due_on is not None) == runs
    assert has_target == runs


def check_spells(report: Report) -> None:
    """Exactly one open spell iff there is an SKPD; spells follow each other; clocks stop inside them."""
    spells = list(Assignment.objects.filter(report=report).order_by("started_at", "pk"))
    assert [spell.agency_id for spell in spells if spell.ended_at is None] == (
        [report.agency_id] if report.agency_id else []
    )
    for spell, following in pairwise(spells):
        assert spell.ended_at is not None
        assert spell.ended_at <= following.started_at
    for spell in spells:
        for stopped in (spell.responded_at, spell.completed_at):
            assert stopped is None or stopped >= spell.started_at
            assert stopped is None or spell.ended_at is None or stopped <= spell.ended_at


def check_waiting(report: Report) -> None:
    """One question is open iff the report waits for its reporter."""
    assert report.questions.filter(closed_at=None).count() == (1 if report.status == Status.NEEDS_INFO else 0)
    assert not report.questions.filter(answered_at__isnull=False, closed_at=None).exists()


def check_group(report: Report) -> None:
    """Merged iff it has a head; a head is in no group itself; whoever came along came via a member of the group."""
    assert (report.merged_into_id is not None) == (report.status == Status.MERGED)
    if report.merged_into:
        assert report.merged_into.merged_into_id is None
        assert report.merged_into.status != Status.WITHHELD
    if report.merged_via:
        assert report.merged_via.merged_into_id == report.merged_into_id
