"""Routing all open reports again while the rules change under it."""

import pytest

from geo_reports.models import RoutingRule, RoutingRun
from geo_reports.routing import rerouting, runs, versions
from tests.factories import ReportFactory
from tests.geo_reports.routing.town import publish


def rule_potholes_to(agency: str) -> None:
    RoutingRule.objects.filter(category_id="pothole").update(agency=agency)
    publish()


def holders(reports) -> list[tuple[str | None, dict | None]]:
    for report in reports:
        report.refresh_from_db()
    return [(report.agency_id, report.undecided) for report in reports]


def test_rules_published_before_it_begins_are_the_ones_that_count(toy_city):
    reports = [ReportFactory(), ReportFactory()]
    run = runs.start_reroute(None)
    rule_potholes_to("clean")
    run = runs.work(run.pk)
    assert (run.state, run.version, run.done) == (RoutingRun.State.DONE, versions.current(), 2)
    assert holders(reports) == [("clean", None)] * 2


@pytest.mark.parametrize("chunk_number", [1, 2, 3])
def test_rules_published_while_it_is_at_work_let_it_begin_again(toy_city, monkeypatch, chunk_number):
    reports = [ReportFactory() for _each in range(3)]
    run = runs.start_reroute(None)
    done, route = [], rerouting.reroute

    def publish_after_a_chunk(*args, **options):
        tally = route(*args, **options)
        done.append(args)
        if len(done) == chunk_number:
            rule_potholes_to("clean")
        return tally

    monkeypatch.setattr(rerouting, "reroute", publish_after_a_chunk)
    run = runs.work(run.pk, chunk=1)
    assert (run.state, run.done, len(done)) == (RoutingRun.State.DONE, 3, chunk_number + 3)
    assert holders(reports) == [("clean", None)] * 3
    assert run.result["moved"] == 3
