"""Windows of days: what is counted in one, and that windows next to each other share nothing."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from analytics import measures, queries
from analytics.timing import folding
from geo_reports.filters import ReportFilters

EVERYTHING = ReportFilters()
NOON = datetime.fromisoformat("2025-03-03T05:00:00+00:00")
NOW = NOON + timedelta(days=100)
START = date(2025, 3, 3)


def seen(since: date, until: date, filters: ReportFilters = EVERYTHING, clock: str = "completion") -> list[tuple]:
    """(entry, time, events, censored, waiting), sorted."""
    frame = queries.window_counts(filters, since, until, NOW)
    rows = frame[frame["clock"] == clock].drop(columns=["clock", "key"])
    return sorted(rows.itertuples(index=False, name=None))


def test_what_comes_and_ends_within_the_window_is_an_event(add):
    add({"agency": "pu", "responded": 5, "completed": 30}, status="done", closed=30)

    assert seen(START, START + timedelta(days=5)) == [(0, 30, 1, 0, 0)]


def test_what_waited_before_enters_late_and_what_is_not_over_is_censored_at_the_end(add):
    add({"agency": "pu", "completed": 24 * 60}, status="done", closed=24 * 60)

    # From day 20 to the end of day 29: it began on day 0.
    assert seen(START + timedelta(days=20), START + timedelta(days=29)) == [(20 * 24 - 0.5, 30 * 24 - 0.5, 0, 1, 1)]


def test_the_first_day_of_a_window_counts(add):
    add({"agency": "pu", "completed": 24 * 20}, status="done", closed=24 * 20)

    assert seen(START + timedelta(days=20), START + timedelta(days=25)) == [(479.5, 480, 1, 0, 0)]
    assert seen(START + timedelta(days=15), START + timedelta(days=19)) == [(359.5, 479.5, 0, 1, 1)]


def test_what_is_over_before_or_begins_later_is_not_seen(add):
    add({"agency": "pu", "completed": 24}, status="done", closed=24)
    add({"agency": "pu", "started": 24 * 40}, forwarded=24 * 40)

    assert seen(START + timedelta(days=20), START + timedelta(days=25)) == []


def test_a_hand_over_within_the_window_censors_the_spell_then(add):
    add({"agency": "lampu", "ended": 48}, {"agency": "pu", "started": 48})

    assert seen(START, START + timedelta(days=9), ReportFilters(skpd=("lampu",))) == [(0, 48, 0, 1, 0)]


def test_a_window_that_is_not_over_reaches_until_now(add):
    add({"agency": "pu"})

    assert seen(START, date(2026, 1, 1)) == [(0, 2400, 0, 1, 1)]


def _many(add) -> None:
    chance = random.Random(11)  # noqa: S311  (test data)
    for _ in range(60):
        began = chance.uniform(0, 24 * 80)
        takes = chance.choice([chance.uniform(0, 30), chance.uniform(0, 24 * 40)])
        ends = began + takes
        is_done = chance.random() < 0.8 and ends < 2400
        spell = {"agency": "pu", "started": began, **({"completed": ends} if is_done else {})}
        add(spell, forwarded=began, submitted_at=NOON + timedelta(hours=began), **_closed(is_done, ends))


def _closed(is_done: bool, ends: float) -> dict[str, object]:
    return {"status": "done", "closed": ends} if is_done else {}


@pytest.mark.parametrize("is_folded", [False, True])
def test_windows_next_to_each_other_share_no_event_and_lose_none(add, is_folded):
    _many(add)
    if is_folded:
        folding.fold_all()
    edges = [START + timedelta(days=days) for days in (0, 1, 9, 25, 26, 60, 101)]
    windows = [seen(first, last - timedelta(days=1)) for first, last in pairwise(edges)]
    every = queries.clock_counts(EVERYTHING, "city", NOW)
    done = every[every["clock"] == "completion"]

    assert sum(row[2] for rows in windows for row in rows) == done["events"].sum()
    # Who waits at the end of one is there at the beginning of the next.
    for before, after in pairwise(windows):
        assert sum(row[4] for row in before) == sum(row[2] + row[3] for row in after if row[0] > 0 or row[1] == 0)


def test_a_window_over_everything_is_the_whole_curve(add):
    _many(add)
    window = queries.window_counts(EVERYTHING, date(2025, 1, 1), date(2026, 1, 1), NOW)
    every = queries.clock_counts(EVERYTHING, "city", NOW)
    of_window, of_all = (measures.measured(frame)["completion", None].curve for frame in (window, every))

    assert of_window.times.tolist() == of_all.times.tolist()
    assert of_window.survival.tolist() == of_all.survival.tolist()


def test_one_query_when_nothing_has_changed(add, django_assert_num_queries):
    add({"agency": "pu"})
    folding.fold_all()

    with django_assert_num_queries(1):
        seen(START, START + timedelta(days=9))


def test_a_window_that_has_not_begun_holds_nothing(add):
    add({"agency": "pu"})

    tomorrow = NOW.date() + timedelta(days=1)
    assert seen(tomorrow, tomorrow) == []
