"""Large loads set expensive indexes aside; whatever happens, they come back."""

from datetime import UTC, datetime
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from geo_reports import exclusive
from geo_reports.demo import indexes, load
from geo_reports.models import Report

UNTIL = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
ALL = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'geo_reports_report' ORDER BY 1"
EXPENSIVE = {"report_address_trgm", "report_public_point", "report_text_trgm"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(load, "LARGE", 50)
    monkeypatch.setattr(load, "CHUNK", 50)


def found() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(ALL)
        return dict(cursor.fetchall())


def comment() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('geo_reports_report'::regclass)")
        return cursor.fetchone()[0]


def left_by_a_killed_load() -> None:
    """What a kill leaves: the indexes are gone, the note is there, nobody holds the lock."""
    with indexes.alone():
        indexes._drop(Report)


def test_a_large_load_works_without_them_and_puts_them_back(toy_city):
    before, during = found(), []
    load.seed(120, 1, UNTIL, lambda progress: during.append((progress.done, set(before) - set(found()))))
    assert during == [(50, EXPENSIVE), (100, EXPENSIVE), (120, EXPENSIVE)]
    assert found() == before
    assert comment() is None


def test_a_small_load_leaves_them_alone(toy_city):
    before, during = found(), []
    load.seed(20, 1, UNTIL, lambda progress: during.append(found()))
    assert during == [before]


def test_a_load_smaller_than_the_table_leaves_them_alone(toy_city):
    load.seed(100, 1, UNTIL, lambda progress: None)
    before, during = found(), []
    load.seed(60, 2, UNTIL, lambda progress: during.append(found()))
    assert during == [before, before]


def test_an_interrupted_load_puts_them_back_at_once(toy_city):
    def stop(progress):
        raise KeyboardInterrupt

    before = found()
    with pytest.raises(KeyboardInterrupt):
        load.seed(120, 1, UNTIL, stop)
    assert found() == before
    assert Report.objects.count() == 50


def test_the_next_start_mends_what_a_killed_load_left(toy_city):
    before = found()
    left_by_a_killed_load()
    assert set(before) - set(found()) == EXPENSIVE
    out = StringIO()
    call_command("seed_demo", "--reports", "1", stdout=out)
    assert "Built the index report_text_trgm again" in out.getvalue()
    assert found() == before
    assert comment() is None


def test_a_start_that_adds_nothing_mends_as_well(toy_city):
    load.seed(5, 1, UNTIL, lambda progress: None)
    before = found()
    left_by_a_killed_load()
    call_command("seed_demo", "--if-empty", stdout=StringIO())
    assert found() == before


def test_remove_demo_mends_as_well(toy_city):
    before = found()
    left_by_a_killed_load()
    call_command("remove_demo", stdout=StringIO())
    assert found() == before


def test_an_index_that_somebody_built_meanwhile_is_no_obstacle(toy_city):
    before = found()
    left_by_a_killed_load()
    with connection.cursor() as cursor:
        cursor.execute(before["report_public_point"])
    assert load.recover() == ["report_address_trgm", "report_text_trgm"]
    assert found() == before


def test_a_comment_on_the_table_survives(toy_city):
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE geo_reports_report IS 'milik kota'")
    try:
        load.seed(60, 1, UNTIL, lambda progress: None)
        assert comment() == "milik kota"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMENT ON TABLE geo_reports_report IS NULL")


@pytest.mark.parametrize("command", [("seed_demo", "--reports", "5"), ("remove_demo",)])
def test_two_at_a_time_are_refused(toy_city, command):
    settings = connection.settings_dict
    other = psycopg2.connect(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or None,
    )
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s)", [exclusive.key("geo_reports.demo")])
        with pytest.raises(CommandError, match="Another process"):
            call_command(*command, stdout=StringIO())
        # Closing alone lets go of it a moment later, when the next test has begun.
        other.cursor().execute("SELECT pg_advisory_unlock(%s)", [exclusive.key("geo_reports.demo")])
    finally:
        other.close()
