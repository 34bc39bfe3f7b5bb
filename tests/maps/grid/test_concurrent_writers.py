"""Many write, one folds, one rebuilds, one reads, all at once: nobody waits for ever, nothing is miscounted."""

import random
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from geo_reports.exclusive import Busy
from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from geo_reports.workflow import Status
from maps.grid import folding, reading, rebuilding, triggers
from maps.grid.checking import check
from tests.crew import Crew
from tests.factories import SQUARES, ReportFactory, build_toy_city, centre_of

WRITERS = 4
ROUNDS = 25


def write(seed: int, start: Barrier) -> None:
    """Transactions of several reports in any order, some given up."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    start.wait()
    for _ in range(ROUNDS):
        with transaction.atomic():
            if chance.random() < 0.5:
                code = chance.choice(list(SQUARES))
                ReportFactory(code=f"KC-{seed}{chance.getrandbits(32):08x}", kelurahan_id=code, assigned=False)
            else:
                # In the order of their ids, as everybody who holds several reports does.
                ids = sorted(chance.sample(list(Report.objects.values_list("pk", flat=True)), 3))
                held = Report.objects.select_for_update().filter(pk__in=ids).order_by("pk")
                for report in held:
                    report.status = chance.choice(Status.values)
                    report.public_point = centre_of(chance.choice(list(SQUARES)))
                    report.save(update_fields=["status", "public_point"])
            if chance.random() < 0.2:
                transaction.set_rollback(True)


def keep(stop: Event, start: Barrier) -> None:
    start.wait()
    while not stop.is_set():
        folding.fold(7)


def rebuild(start: Barrier) -> None:
    start.wait()
    for _ in range(2):
        while True:
            try:
                rebuilding.rebuild(lambda progress: None)
            except Busy:
                continue
            break


def look(stop: Event, start: Barrier) -> None:
    """In one statement the counts of the map are those of the reports."""
    start.wait()
    counted = reading.in_city(ReportFilters())
    seen = triggers.seen().as_string(connection.cursor().cursor)
    both = f"SELECT (SELECT coalesce(sum(n), 0) FROM ({counted.text}) part), (SELECT count(*) FROM ({seen}) seen)"  # noqa: S608
    while not stop.is_set():
        with connection.cursor() as cursor:
            cursor.execute(both, counted.params)
            assert len(set(cursor.fetchone())) == 1


@pytest.mark.django_db(transaction=True)
def test_everybody_at_once():
    build_toy_city()
    ReportFactory.create_batch(10, assigned=False)
    start, crew = Barrier(WRITERS + 3), Crew()
    for seed in range(WRITERS):
        crew.add(write, seed, start)
    crew.add(rebuild, start)
    crew.add_lasting(keep, start)
    crew.add_lasting(look, start)
    crew.work()
    found = check()
    assert found.is_exact, found
    assert found.reports == Report.objects.public().count()
