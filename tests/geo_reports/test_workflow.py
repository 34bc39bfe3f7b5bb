"""The table of statuses, read as a civil servant would."""

import pytest

from geo_reports.workflow import CLOSED, OPEN, TRANSITIONS, Role, Status, allowed, is_allowed


def test_every_status_has_a_row_and_every_status_can_be_reached():
    assert set(TRANSITIONS) == set(Status)
    reachable = {to for moves in TRANSITIONS.values() for to in moves}
    assert reachable == set(Status)


def test_every_move_is_somebodys():
    assert all(roles for moves in TRANSITIONS.values() for roles in moves.values())


def test_no_status_leads_to_itself():
    assert not any(status in moves for status, moves in TRANSITIONS.items())


def test_open_and_closed_share_out_all_statuses():
    assert set(Status) == OPEN | CLOSED
    assert not OPEN & CLOSED


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_no_end_state_is_a_dead_end(status):
    assert TRANSITIONS[Status(status)]


def test_an_officer_never_decides_what_is_shown():
    assert not any(is_allowed(status, Status.WITHHELD, Role.OFFICER) for status in Status)


def test_only_the_reporter_or_time_confirms_that_it_is_fixed():
    confirmers = {role for status in Status for role in Role if is_allowed(status, Status.CONFIRMED, role)}
    assert confirmers == {Role.REPORTER, Role.SYSTEM}


def test_a_reopened_report_is_the_verifikators():
    assert allowed(Status.REOPENED, Role.OFFICER) == []


def test_moves_are_offered_in_the_order_of_a_reports_life():
    assert allowed(Status.FORWARDED, Role.OFFICER) == [
        Status.VERIFIED,
        Status.SCHEDULED,
        Status.IN_PROGRESS,
        Status.ANSWERED,
        Status.NEEDS_INFO,
        Status.DONE,
        Status.NOT_OURS,
        Status.DECLINED,
    ]
