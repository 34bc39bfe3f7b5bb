"""Some write, one folds, one rebuilds, one reads, all at once: no answer is ever wrong, nothing is left wrong."""

import random
from datetime import timedelta
from functools import partial
from threading import Barrier, Event

import numpy as np
import pytest
from django.db import connection, transaction
from psycopg2 import sql

from analytics.timing import folding, reading, rebuilding
from analytics.timing.checking import check
from analytics.timing.freshness import statement
from analytics.timing.question import Question
from geo_reports.exclusive import Busy
from geo_reports.filters import ReportFilters
from geo_reports.models import Assignment, Report
from geo_reports.workflow import Status
from tests.analytics.conftest import NOW
from tests.crew import Crew
from tests.factories import NOON, ReportFactory, build_toy_city

WRITERS, ROUNDS = 3, 15
REPORTS = Question("whole", ("reports",), "kelurahan", ReportFilters(), NOW)
BOTH = """
SELECT (SELECT array_agg(n) FROM ({counted}) counted (key, measure, outcome, times, n)),
    (SELECT count(*) FROM geo_reports_report WHERE visibility IN ('pending', 'published'))
"""


def write(seed: int, start: Barrier) -> None:
    """Transactions of a report and its spells, some given up."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    start.wait()
    for _ in range(ROUNDS):
        with transaction.atomic():
            if chance.random() < 0.5:
                ReportFactory(code=f"KC-{seed}{chance.getrandbits(32):08x}", status="forwarded")
            else:
                report = Report.objects.select_for_update().order_by("?").first()
                report.status = chance.choice(Status.values)
                report.visibility = chance.choice(["published", "withheld"])
                report.save(update_fields=["status", "visibility"])
                Assignment.objects.filter(report=report).update(responded_at=NOON + timedelta(hours=1))
            if chance.random() < 0.2:
                transaction.set_rollback(True)


def keep(stop: Event, start: Barrier) -> None:
    start.wait()
    while not stop.is_set():
        folding.fold(5)


def rebuild(start: Barrier) -> None:
    start.wait()
    while True:
        try:
            rebuilding.rebuild(lambda progress: None)
        except Busy:
            continue
        break


def look(stop: Event, start: Barrier) -> None:
    """In one statement the counts are those of the reports."""
    start.wait()
    counted = statement(partial(reading.body, REPORTS), is_settled=False, columns=5)
    while not stop.is_set():
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(BOTH).format(counted=counted), reading.values(REPORTS))
            groups, reports = cursor.fetchone()
            assert sum(int(np.frombuffer(n, ">i4").sum()) for n in groups or ()) == reports


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_or_leaves_a_wrong_count():
    build_toy_city()
    ReportFactory.create_batch(6, status="forwarded")
    start, crew = Barrier(WRITERS + 3), Crew()
    for seed in range(WRITERS):
        crew.add(write, seed, start)
    crew.add(rebuild, start)
    crew.add_lasting(keep, start)
    crew.add_lasting(look, start)
    crew.work()

    folding.fold_all()
    assert check().is_exact
