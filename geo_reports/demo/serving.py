"""The agency's part of an invented history: first response, work, completion or an honest no."""

from geo_reports.demo.chance import DAY_S, HOUR_S, happens
from geo_reports.demo.checking import ask
from geo_reports.demo.paces import OUTSIDE, Pace
from geo_reports.demo.tale import Tale
from geo_reports.demo.walk import Later
from geo_reports.workflow import Role, Status

HAND_OVER_SHARE, GIVE_BACK_SHARE, ASKED_BY_OFFICER_SHARE = 0.035, 0.015, 0.03
NOT_OURS_SHARE, DECLINED_SHARE = 0.025, 0.012
ANSWER_FIRST_SHARE, SCHEDULE_FIRST_SHARE, WORK_FIRST_SHARE = 0.4, 0.2, 0.3
OWN_ANSWER_SHARE, CLOSING_ANSWER_SHARE, AFTER_PHOTO_SHARE = 0.75, 0.6, 0.55
ARCHIVED_SHARE, ARCHIVED_AFTER_DAYS = 0.5, 30


def serve(tale: Tale) -> Pace:
    """Tell it until the SKPD says that it is done; the pace of that SKPD. Raises Later when the story ends here."""
    walk, rng = tale.walk, tale.rng
    if happens(rng, HAND_OVER_SHARE):
        tale.hand_over(tale.office_after(1.5, 0.9))
    elif tale.others and happens(rng, GIVE_BACK_SHARE):
        _give_back(tale)
    pace = tale.cast.paces[walk.agency]
    if happens(rng, pace.silent):
        raise Later
    at = tale.office_after(pace.respond_days, pace.respond_spread)
    if happens(rng, ASKED_BY_OFFICER_SHARE):
        ask(tale, Role.OFFICER, at)
        at = tale.office_after(pace.respond_days, pace.respond_spread)
    if pace is not OUTSIDE:
        _refuse(tale, at)
    _respond(tale, at)
    _finish(tale, pace)
    return pace


def close(tale: Tale, at: int) -> None:
    """The SKPD says that it is done, and shows it or says why it cannot."""
    walk, rng = tale.walk, tale.rng
    has_photo = walk.is_published and happens(rng, AFTER_PHOTO_SHARE)
    why_not = "" if has_photo else tale.note("no_photo")
    if happens(rng, CLOSING_ANSWER_SHARE):
        walk.answer(rng.choice(tale.problem.results), at)
        walk.complete(walk.now + rng.randrange(60, 2 * HOUR_S), "", why_not)
    else:
        walk.complete(at, tale.note("done"), why_not)


def _give_back(tale: Tale) -> None:
    """To the verifikator, who names another SKPD."""
    first = tale.walk.agency
    if all(other.agency == first for other in tale.others):
        return
    tale.walk.give_back(tale.note("given_back"), tale.office_after(1.0, 0.8))
    tale.hand_over(tale.desk_after(0.8, 0.9), but_not=first)


def _refuse(tale: Tale, at: int) -> None:
    if happens(tale.rng, NOT_OURS_SHARE):
        owner, text = _owner(tale)
        if owner:
            tale.walk.disown(owner, text, at)
            raise Later
    if happens(tale.rng, DECLINED_SHARE):
        tale.walk.move(Status.DECLINED, Role.OFFICER, at, tale.note("declined"))
        raise Later


def _owner(tale: Tale) -> tuple[str, str]:
    """Whose it is instead, and the sentence that says so; empty when nobody comes to mind."""
    outside = [other for other in tale.others if other.agency in tale.cast.outside and other.reason]
    if outside:
        other = tale.rng.choice(outside)
        owner = tale.cast.outside[other.agency]
        return owner, tale.note("outside").format(owner=owner, reason=other.reason)
    if not tale.problem.notes["not_ours"]:
        return "", ""
    owner, _bar, text = tale.note("not_ours").partition(" | ")
    return owner, text.format(owner=owner)


def _respond(tale: Tale, at: int) -> None:
    walk, rng = tale.walk, tale.rng
    kind = rng.random()
    if kind < ANSWER_FIRST_SHARE:
        # The answers of the list are those of the agency that the rules name.
        is_own = len(walk.spells) == 1 and happens(rng, OWN_ANSWER_SHARE)
        walk.answer(rng.choice(tale.problem.answers if is_own else tale.problem.notes["answered"]), at)
    elif kind < ANSWER_FIRST_SHARE + SCHEDULE_FIRST_SHARE:
        walk.move(Status.SCHEDULED, Role.OFFICER, at, tale.note("scheduled"))
    elif kind < ANSWER_FIRST_SHARE + SCHEDULE_FIRST_SHARE + WORK_FIRST_SHARE:
        walk.move(Status.IN_PROGRESS, Role.OFFICER, at, tale.note("in_progress"))
    else:
        close(tale, at)


def _finish(tale: Tale, pace: Pace) -> None:
    walk, rng = tale.walk, tale.rng
    if walk.status is Status.DONE:
        return
    if happens(rng, pace.stalled):
        _forget(tale)
    at = tale.office_after(pace.fix_days * tale.theme.fix, pace.fix_spread)
    if walk.status in {Status.ANSWERED, Status.SCHEDULED} and happens(rng, 0.6):
        started = tale.cast.calendar.office(walk.now + int((at - walk.now) * rng.uniform(0.4, 0.95)), rng)
        walk.move(Status.IN_PROGRESS, Role.OFFICER, min(started, at), tale.note("in_progress"))
    close(tale, at)


def _forget(tale: Tale) -> None:
    """Nobody finishes it; an answer without follow-up is archived by the verifikator one day."""
    walk = tale.walk
    if walk.status is Status.ANSWERED and happens(tale.rng, ARCHIVED_SHARE):
        after = int(ARCHIVED_AFTER_DAYS * DAY_S * tale.rng.uniform(1, 2))
        at = tale.cast.calendar.desk(walk.now + after, tale.rng)
        walk.move(Status.ARCHIVED, Role.VERIFIER, at, tale.note("archived"))
    raise Later
