"""Many reports at once for the fixture `add`: random ones, and some whose numbers are known."""

import random
from datetime import timedelta

from tests.analytics.conftest import NOON, NOW

WAITING = ["waiting"]
FORWARDED = ["forwarded", "in_progress", "done", "done", "done", "archived"]


def scattered(add, number: int, seed: int) -> None:
    """Random reports with waits, hand-overs, withdrawals and unverified ones."""
    chance = random.Random(seed)  # noqa: S311  (test data)
    for _ in range(number):
        forwarded = chance.choice([None, 0, chance.uniform(0, 200)])
        began = (forwarded or 0) + chance.uniform(-30, 0)
        spells, at = [], began
        for agency in chance.choice([["pu"], ["pu"], ["lampu", "pu"], ["lampu"], ["lampu", "pu", "lampu"], []]):
            spells.append({"agency": agency, "started": at})
            at += chance.uniform(1, 300)
            spells[-1]["ended"] = at
        status = chance.choice(WAITING if forwarded is None else FORWARDED)
        if spells:
            spells[-1]["ended"] = None
            if status in {"in_progress", "done"}:
                spells[-1]["responded"] = max(spells[-1]["started"], forwarded or 0) + chance.uniform(0, 400)
            if status == "done":
                spells[-1]["completed"] = spells[-1]["responded"] + chance.uniform(0, 900)
        closed = at + chance.uniform(0, 500) if status in {"done", "archived"} else None
        add(*spells, forwarded=forwarded, closed=closed, status=status, area=chance.choice(["1", "2", ""]))


def lately(add, number: int, seed: int) -> None:
    """Random reports of the last three weeks before NOW; an SKPD has them, and has answered some."""
    chance, now = random.Random(seed), (NOW - NOON).total_seconds() / 3600  # noqa: S311  (test data)
    for _ in range(number):
        began = now - chance.uniform(0, 500)
        responded = chance.choice([None, None, chance.uniform(began, now)])
        spell = {"agency": chance.choice(["pu", "lampu"]), "started": began, "responded": responded}
        add(spell, forwarded=began, submitted_at=NOON + timedelta(hours=began - 1), area=chance.choice(["1", "2", ""]))


def thirty_answered(add) -> None:
    """Thirty answered by PU in 1 to 30 hours, twelve silent ones at Lampu, one unverified, one without SKPD."""
    for number in range(1, 31):
        add({"agency": "pu", "responded": number, "completed": number + 50}, status="done", closed=number + 50)
    for _ in range(12):
        add({"agency": "lampu"}, area="2")
    add({"agency": "pu"}, forwarded=None, status="waiting")
    add(area="", forwarded=None, status="waiting")
