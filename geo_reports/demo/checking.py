"""The verifiers' part of an invented history: shown or not, asked, merged, and passed on to an SKPD."""

from dataclasses import dataclass

from geo_reports.demo import showing
from geo_reports.demo.chance import DAY_S, HOUR_S, happens, lognormal_s
from geo_reports.demo.tale import Tale
from geo_reports.demo.targets import Step
from geo_reports.demo.walk import Later
from geo_reports.timers import UNANSWERED
from geo_reports.workflow import Role, Status

# Hours of a manned desk (some four on the clock); one report in fourteen takes more than a day of them.
VERIFY_HOURS, VERIFY_SPREAD = 2.4, 1.2
LATE_WITHHELD_SHARE, LATE_SECRET_SHARE = 0.003, 0.002
WRONG_CLICK_SHARE, SEEN_BY_COLLEAGUE_SHARE = 0.004, 0.5
ASKED_BY_DESK_SHARE, UNANSWERED_SHARE = 0.015, 0.3
EARLY_HAND_OVER_SHARE = 0.012
APPEAL_SHARE, APPEAL_DAYS, JUDGED_DAYS = 0.2, 1.5, 2.5
# Of what the public asks for and nobody has decided on, the newest lies longer.
FRESH_S, LEFT_SHARE = 21 * DAY_S, 0.5


@dataclass(frozen=True, slots=True)
class Plot:
    """What is special about a report: withheld for a reason, maybe by mistake, or a duplicate of another code."""

    withheld: str = ""
    is_mistaken: bool = False
    duplicate_of: str = ""
    is_placed: bool = True


def check(tale: Tale, plot: Plot) -> None:
    """Tell it until an SKPD has the report. Raises Later also when the story ends here."""
    walk, rng = tale.walk, tale.rng
    work_s = lognormal_s(rng, VERIFY_HOURS * HOUR_S / DAY_S, VERIFY_SPREAD)
    at = tale.cast.calendar.desk_after(walk.now, work_s)
    if plot.withheld:
        _withhold(tale, plot, at)
        at = walk.now
    if plot.duplicate_of:
        _merge(tale, plot.duplicate_of, at)
    if walk.status is Status.WAITING:
        _decide(tale, plot, at)
    if walk.status is Status.VERIFIED:
        _pass_on(tale)
    _think_again(tale)


def ask(tale: Tale, role: Role, at: int) -> None:
    """Ask the reporter; who does not answer in time is archived by a timer. Raises Later at the end."""
    walk = tale.walk
    walk.ask(tale.note("needs_info"), role, at)
    deadline = tale.timer(Step.INFORM)
    answered = walk.now + lognormal_s(tale.rng, 1.2, 1.0)
    if happens(tale.rng, UNANSWERED_SHARE) or (deadline is not None and answered >= deadline):
        if deadline is not None:
            walk.move(Status.ARCHIVED, Role.SYSTEM, deadline, str(UNANSWERED))
        raise Later
    walk.inform(tale.note("informed"), answered)
    walk.now = tale.desk_after(0.2, 0.8)


def is_left(tale: Tale) -> bool:
    """Whether what the public has just asked for still lies there at the end of the demo."""
    return tale.walk.now > tale.walk.until - FRESH_S and happens(tale.rng, LEFT_SHARE)


def _decide(tale: Tale, plot: Plot, at: int) -> None:
    walk, rng = tale.walk, tale.rng
    if happens(rng, ASKED_BY_DESK_SHARE):
        ask(tale, Role.VERIFIER, at)
        at = walk.now
    elif not plot.is_placed:
        walk.move(Status.VERIFIED, Role.VERIFIER, at, tale.note("verified"))
        at = tale.desk_after(1.5, 1.0)
    elif happens(rng, EARLY_HAND_OVER_SHARE):
        tale.hand_over(at)
    elif happens(rng, WRONG_CLICK_SHARE):
        _click_wrong(tale, at)
        at = walk.now
    showing.let_pass(walk, at)


def _click_wrong(tale: Tale, at: int) -> None:
    showing.let_pass(tale.walk, at)
    showing.undo(tale.walk, tale.soon(HOUR_S))
    if happens(tale.rng, 0.4):
        showing.withhold(tale.walk, "personal_data", tale.soon(HOUR_S))
        raise Later
    tale.walk.now = tale.soon(HOUR_S)


def _withhold(tale: Tale, plot: Plot, at: int) -> None:
    walk, rng, phrases = tale.walk, tale.rng, tale.cast.phrases
    showing.withhold(walk, plot.withheld, at)
    if plot.is_mistaken and happens(rng, SEEN_BY_COLLEAGUE_SHARE):
        showing.undo(walk, tale.soon(HOUR_S))
        walk.now = tale.soon(HOUR_S)
        return
    if not plot.is_mistaken and not happens(rng, APPEAL_SHARE):
        raise Later
    showing.appeal(walk, rng.choice(phrases.appeals), tale.desk_after(APPEAL_DAYS, 0.8))
    if is_left(tale):
        raise Later
    at = tale.desk_after(JUDGED_DAYS, 0.8)
    if not plot.is_mistaken:
        showing.uphold(walk, rng.choice(phrases.upheld), at)
        raise Later
    showing.overturn(walk, rng.choice(phrases.overturned), at)


def _merge(tale: Tale, code: str, at: int) -> None:
    if happens(tale.rng, 0.6):
        showing.let_pass(tale.walk, at)
        at = tale.desk_after(0.8, 1.0)
    tale.walk.merge(code, at)
    raise Later


def _pass_on(tale: Tale) -> None:
    """A verified report is forwarded once it is known to whom."""
    at = tale.desk_after(1.0, 1.0)
    if not tale.walk.agency:
        tale.hand_over(at)
    if not tale.walk.agency:
        raise Later
    if tale.walk.status is Status.VERIFIED:
        tale.walk.move(Status.FORWARDED, Role.VERIFIER, at)


def _think_again(tale: Tale) -> None:
    """What is shown turns out to be somebody's private matter."""
    if happens(tale.rng, LATE_WITHHELD_SHARE):
        showing.withhold(tale.walk, "personal_data", tale.desk_after(1.0, 1.0))
        raise Later
    if tale.walk.is_published and happens(tale.rng, LATE_SECRET_SHARE):
        showing.make_confidential(tale.walk, tale.desk_after(1.0, 1.0))
