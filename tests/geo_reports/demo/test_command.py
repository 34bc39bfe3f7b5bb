"""`seed_demo`: what it says, what it refuses, and what an interrupted load leaves."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from geo_reports.demo import load
from geo_reports.management.commands import seed_demo
from geo_reports.models import BoundaryVersion, Report, RoutingRule, StatusChange
from tests import factories


def test_the_command_tells_how_far_it_is(toy_city):
    out = StringIO()
    call_command("seed_demo", "--reports", "40", "--seed", "3", "--until", "2026-01-01", stdout=out)
    new_year = datetime(2025, 12, 31, 17, tzinfo=UTC)
    assert "40 of 40 reports" in out.getvalue()
    assert Report.objects.latest("submitted_at").submitted_at < new_year
    assert not StatusChange.objects.filter(at__gt=new_year).exists()


def test_if_empty_adds_nothing_to_real_reports(toy_city):
    factories.ReportFactory()
    out = StringIO()
    call_command("seed_demo", "--if-empty", stdout=out)
    assert "no demo data added" in out.getvalue()
    assert Report.objects.count() == 1


def test_a_second_load_is_refused(toy_city):
    call_command("seed_demo", "--reports", "5", stdout=StringIO())
    with pytest.raises(CommandError, match="remove_demo"):
        call_command("seed_demo", "--reports", "5", stdout=StringIO())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--reports", "0"], "at least 1"), (["--until", "2999-01-01"], "future"), (["--until", "kemarin"], "invalid")],
)
def test_impossible_wishes_are_refused(toy_city, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("seed_demo", *arguments, stdout=StringIO())


@pytest.mark.django_db
def test_a_city_that_is_not_loaded_is_named():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo", stdout=StringIO())


def test_missing_rules_and_boundaries_are_named(toy_city):
    BoundaryVersion.objects.all().delete()
    with pytest.raises(CommandError, match="load_boundaries"):
        call_command("seed_demo", stdout=StringIO())
    RoutingRule.objects.all().delete()
    with pytest.raises(CommandError, match="routing rules"):
        call_command("seed_demo", stdout=StringIO())


def test_an_interrupted_load_keeps_complete_chunks(toy_city, monkeypatch):
    def stop(command, progress):
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "CHUNK", 100)
    monkeypatch.setattr(seed_demo.Command, "_tell", stop)
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("seed_demo", "--reports", "300", stdout=StringIO(), stderr=err)
    assert stopped.value.code == 130
    assert "remove_demo" in err.getvalue()
    assert Report.objects.count() == 100
