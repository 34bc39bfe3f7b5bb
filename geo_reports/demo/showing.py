"""What everybody may see of an invented report: the mirror of `moderation`, on a Walk."""

from geo_reports.demo.facts import Objection, Ruling, Shown
from geo_reports.demo.walk import Visibility, Walk
from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.workflow import Role, Status

Kind = ModerationDecision.Kind


def let_pass(walk: Walk, at: int) -> None:
    """Mirror of `moderation.publish`, or of `make_confidential` when the reporter wants that."""
    if walk.is_secret:
        _let_pass(walk, Visibility.CONFIDENTIAL, Kind.CONFIDENTIAL, at)
    else:
        _let_pass(walk, Visibility.PUBLISHED, Kind.PUBLISH, at)


def make_confidential(walk: Walk, at: int) -> None:
    """Mirror of `moderation.make_confidential`."""
    _let_pass(walk, Visibility.CONFIDENTIAL, Kind.CONFIDENTIAL, at)


def withhold(walk: Walk, reason: str, at: int) -> None:
    """Mirror of `moderation.withhold`."""
    was, waited = walk.shown, _waiting_since(walk)
    walk.move(Status.WITHHELD, Role.VERIFIER, at, str(Report.WithheldReason(reason).label))
    walk.shown = Shown(Visibility.WITHHELD, reason)
    walk.rulings.append(Ruling(Kind.WITHHOLD, walk.now, was, walk.shown, [len(walk.steps) - 1], waited))


def undo(walk: Walk, at: int) -> None:
    """Mirror of `moderation.undo` for the last ruling."""
    ruling = walk.rulings[-1]
    at = walk.pass_time(at)
    for number in reversed(ruling.steps):
        walk.take_back(number, at)
    walk.shown, ruling.undone = ruling.was, at


def appeal(walk: Walk, text: str, at: int) -> None:
    """Mirror of `moderation.appeal` against the last ruling."""
    walk.rulings[-1].objection = Objection(text, walk.pass_time(at))


def uphold(walk: Walk, note: str, at: int) -> None:
    """Mirror of `moderation.decide_appeal`: it stays as it is."""
    _judge(walk, Appeal.Outcome.UPHELD, note, at)


def overturn(walk: Walk, note: str, at: int) -> None:
    """Mirror of `moderation.decide_appeal`: the report is as before, and passes the check."""
    _judge(walk, Appeal.Outcome.OVERTURNED, note, at)
    undo(walk, walk.now)
    if walk.status is Status.WAITING:
        let_pass(walk, walk.now)


def _judge(walk: Walk, outcome: Appeal.Outcome, note: str, at: int) -> None:
    objection = walk.rulings[-1].objection
    if objection is None:
        raise ValueError("nobody has objected")
    objection.decided = walk.pass_time(at)
    objection.outcome, objection.note = outcome, note


def _let_pass(walk: Walk, visibility: Visibility, kind: Kind, at: int) -> None:
    at = walk.pass_time(at)
    was, waited, first = walk.shown, _waiting_since(walk), len(walk.steps)
    if walk.status is Status.WAITING:
        walk.move(Status.FORWARDED if walk.agency else Status.VERIFIED, Role.VERIFIER, at)
    walk.shown = Shown(visibility)
    walk.rulings.append(Ruling(kind, at, was, walk.shown, list(range(first, len(walk.steps))), waited))


def _waiting_since(walk: Walk) -> int | None:
    if walk.status is not Status.WAITING:
        return None
    step = walk.last_step()
    return step.at if step.to is Status.WAITING else walk.submitted
