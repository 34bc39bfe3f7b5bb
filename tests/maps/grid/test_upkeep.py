"""Folding, rebuilding and checking: the counts stay exact, whatever happened before."""

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_reports import exclusive
from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from geo_reports.workflow import Status
from maps.grid import folding, rebuilding, upkeep
from maps.grid.checking import check
from maps.measures import summarise
from maps.models import Cell, GridBuild, Pending, Spot, Tally
from maps.params import Level, Measure
from tests.factories import SQUARES, ReportFactory, build_toy_city

NEAR, NEARER, FAR = (Point(*at, srid=4326) for at in ((10.004, 0.004), (10.0041, 0.004), (-60, 40)))
VALUES = {
    "status": list(Status.values),
    "category_id": ["pothole", "garbage", "social"],
    "agency_id": ["roads", "clean", "east", None],
    "visibility": ["pending", "published", "withheld", "confidential"],
    "kelurahan_id": [*SQUARES, None],
    "due_on": ["2025-03-10", "2025-04-01", None],
    "public_point": [
        Point(10.004, 0.004, srid=4326),
        Point(10.0041, 0.004, srid=4326),
        Point(-60, 40, srid=4326),
        None,
    ],
    "submitted_at": ["2025-03-12T05:00:00Z", "2025-02-28T17:30:00Z", "2024-12-31T10:00:00Z"],
}
act = st.one_of(
    st.tuples(st.just("create"), st.integers(0, 3)),
    st.tuples(st.just("change"), st.sampled_from(sorted(VALUES)), st.integers(0, 20), st.integers(1, 7)),
    st.tuples(st.just("delete"), st.integers(2, 7)),
    st.tuples(st.just("fold"), st.integers(1, 5)),
)


def perform(step) -> None:
    match step:
        case ("create", n):
            ReportFactory.create_batch(n, assigned=False)
        case ("change", field, which, every):
            value = VALUES[field][which % len(VALUES[field])]
            Report.objects.extra(where=["id %% %s = 0"], params=[every]).update(**{field: value})
        case ("delete", every):
            Report.objects.extra(where=["id %% %s = 0"], params=[every]).delete()
        case ("fold", limit):
            folding.fold(limit)


@settings(max_examples=25)
@given(st.lists(act, max_size=12))
def test_whatever_is_done_to_reports_the_counts_are_exact(toy_city, steps):
    with transaction.atomic():
        for step in steps:
            perform(step)
        found = check()
        assert found.is_exact, found
        while folding.fold():
            pass
        assert check().is_exact
        assert not Pending.objects.exists()
        assert not Tally.objects.filter(n__lte=0).exists()
        assert not Cell.objects.filter(n__lte=0).exists()
        transaction.set_rollback(True)


def test_folding_changes_no_answer(town):
    before = summarise(ReportFilters(), Level.KELURAHAN, Measure.ALL)
    assert folding.fold(4) == 4
    assert summarise(ReportFilters(), Level.KELURAHAN, Measure.ALL) == before
    assert folding.fold() == 5
    assert folding.fold() == 0
    assert summarise(ReportFilters(), Level.KELURAHAN, Measure.ALL) == before


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE maps_tally SET n = n + 1 WHERE slice = 'all' AND level = 14", "level 14, all: "),
        ("DELETE FROM maps_tally WHERE level = 0", "level 0, "),
        ("UPDATE maps_cell SET n_done = n_done + 1 WHERE level = 22", "level 22, without filter: "),
        ("DELETE FROM maps_cell WHERE level = 14", "level 14, without filter: "),
        ("UPDATE maps_spot SET status = 'done' WHERE status = 'waiting'", "spots differ"),
        ("DELETE FROM maps_spot WHERE key IS NULL", "spots differ"),
        ("INSERT INTO maps_tally VALUES (14, 'all', 1, '', '', 'done', 1, 0, 0, 0)", "level 14, all: 1 tallies differ"),
    ],
)
def test_a_wrong_count_is_found(town, damage, sentence):
    while folding.fold():
        pass
    assert check().is_exact
    with connection.cursor() as cursor:
        cursor.execute(damage)
    with pytest.raises(CommandError, match=sentence) as raised:
        call_command("check_grid")
    assert raised.value.returncode == 1
    assert "rebuild_grid" in str(raised.value)


@pytest.fixture
def city(transactional_db):
    """Committed for all to see."""
    return build_toy_city()


def test_rebuilding_mends_everything_and_keeps_what_is_pending(city, capsys):
    ReportFactory.create_batch(20)
    folding.fold()
    ReportFactory.create_batch(5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE maps_spot SET category = 'garbage' WHERE id % 3 = 0")
        cursor.execute("DELETE FROM maps_spot WHERE id % 7 = 0")
        cursor.execute("DELETE FROM maps_tally WHERE level > 15")
        cursor.execute("DELETE FROM maps_cell WHERE level > 15")
    assert not check().is_exact
    call_command("rebuild_grid")
    assert "in use" in capsys.readouterr().out
    assert check().is_exact
    assert (Spot.objects.count(), Pending.objects.count()) == (25, 0)
    ReportFactory()
    assert check().is_exact


def test_a_rebuild_that_was_killed_goes_on_and_counts_what_came_meanwhile(city, monkeypatch):
    ReportFactory.create_batch(10)
    folding.fold()
    told = []

    def die(progress):
        told.append(progress.done)
        if progress.done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(die)
    assert GridBuild.objects.get().step == 3
    assert folding.fold() is None  # what is pending must stay until the swap
    ReportFactory.create_batch(4)
    Report.objects.filter(pk=Report.objects.first().pk).update(status=Status.DONE)
    assert check().is_exact
    rebuilding.rebuild(lambda progress: None)
    assert not GridBuild.objects.exists()
    assert Pending.objects.count() == 6
    assert check().is_exact


def test_after_a_large_load_it_is_cheaper_to_rebuild(city, monkeypatch):
    monkeypatch.setattr(rebuilding, "FEW", 3)
    ReportFactory.create_batch(3)
    assert not rebuilding.is_cheaper()
    ReportFactory()
    assert rebuilding.is_cheaper()
    call_command("fold_grid")
    assert not Pending.objects.exists()
    assert check().is_exact


def test_two_do_not_keep_the_grid_at_once(city):
    ReportFactory()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [exclusive.key(upkeep.WORK)])
        assert folding.fold() is None
        for command in ("rebuild_grid", "check_grid"):
            with pytest.raises(CommandError, match="try again"):
                call_command(command)
        with other.cursor() as cursor:  # a closed connection is let go of a little later
            cursor.execute("SELECT pg_advisory_unlock(%s)", [exclusive.key(upkeep.WORK)])
    finally:
        other.close()
    assert folding.fold() == 1
