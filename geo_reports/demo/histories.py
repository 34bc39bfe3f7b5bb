"""What becomes of a report, from the check to the day on which the reporter agrees or does not.

Draws the plot; `walk` keeps it legal. Times are seconds since 1970.
"""

import random

from geo_reports.demo.chance import happens
from geo_reports.demo.checking import Plot, check, is_left
from geo_reports.demo.paces import Pace
from geo_reports.demo.serving import close, serve
from geo_reports.demo.tale import Tale
from geo_reports.demo.targets import Step
from geo_reports.demo.walk import Later
from geo_reports.timers import CONFIRMED
from geo_reports.workflow import OPEN, Role, Status

WITHHELD_SHARE, MISTAKEN_SHARE = 0.028, 0.08
CONFIRMED_SHARE, DISPUTED_SHARE = 0.22, 0.03
PLEA_SHARE, PLEA_DAYS, ACCEPTED_SHARE = 0.02, 4.0, 0.55
NEVER_FORWARDED_SHARE, FIXED_AGAIN_SHARE = 0.05, 0.75
REMARK_SHARE = 0.15
REASONS = {
    "off_topic": 22,
    "incomplete": 22,
    "promotion": 16,
    "duplicate": 12,
    "outside": 8,
    "insult": 8,
    "personal_attack": 4,
    "personal_data": 3,
    "emergency": 3,
    "campaign": 1,
    "hoax": 1,
}


def tell(tale: Tale, plot: Plot) -> None:
    """Let happen what happens until the end of the demo."""
    try:
        check(tale, plot)
        _afterwards(tale, serve(tale))
        if tale.walk.is_published and happens(tale.rng, PLEA_SHARE):
            _plead(tale)
    except Later:
        pass
    if tale.walk.status in OPEN and happens(tale.rng, REMARK_SHARE):
        _remark(tale)


def withheld_reason(rng: random.Random) -> str:
    """Why a report will be withheld; empty for most."""
    if not happens(rng, WITHHELD_SHARE):
        return ""
    return rng.choices(list(REASONS), list(REASONS.values()))[0]


def _afterwards(tale: Tale, pace: Pace) -> None:
    """The reporter looks, and agrees or does not; who stays silent agrees after some time."""
    walk = tale.walk
    deadline, seen, mood = tale.timer(Step.CONFIRM), tale.desk_after(1.5, 1.0), tale.rng.random()
    is_in_time = deadline is None or seen < deadline
    if is_in_time and mood < DISPUTED_SHARE:
        walk.dispute(tale.note("reopened"), seen)
        _work_again(tale, pace)
    elif is_in_time and mood < DISPUTED_SHARE + CONFIRMED_SHARE:
        walk.move(Status.CONFIRMED, Role.REPORTER, seen)
    elif deadline is not None:
        walk.move(Status.CONFIRMED, Role.SYSTEM, deadline, str(CONFIRMED))


def _plead(tale: Tale) -> None:
    """Somebody passes by and finds it still there."""
    walk, rng, phrases = tale.walk, tale.rng, tale.cast.phrases
    plea = walk.plead(rng.choice(phrases.pleas), tale.desk_after(PLEA_DAYS, 0.9))
    if is_left(tale):
        return
    at = tale.desk_after(1.0, 0.9)
    if happens(rng, ACCEPTED_SHARE):
        walk.accept(plea, at)
        _work_again(tale, tale.cast.paces[walk.agency])
    else:
        walk.decline(plea, rng.choice(phrases.plea_declined), at)


def _work_again(tale: Tale, pace: Pace) -> None:
    """A reopened report goes to the verifikator, who forwards it; then some are fixed for good."""
    walk, rng = tale.walk, tale.rng
    if happens(rng, NEVER_FORWARDED_SHARE):
        raise Later
    walk.move(Status.FORWARDED, Role.VERIFIER, tale.desk_after(0.8, 1.0))
    if not happens(rng, FIXED_AGAIN_SHARE):
        raise Later
    again = tale.office_after(pace.respond_days * 2, pace.respond_spread)
    walk.move(Status.IN_PROGRESS, Role.OFFICER, again, tale.note("in_progress"))
    close(tale, tale.office_after(pace.fix_days, pace.fix_spread))
    _afterwards(tale, pace)


def _remark(tale: Tale) -> None:
    """Somebody at the desk leaves a note while it is open."""
    walk = tale.walk
    at = tale.cast.calendar.desk(walk.now + int((walk.until - walk.now) * tale.rng.random()), tale.rng)
    if at <= walk.until:
        walk.remark(tale.note("remarks"), at)
