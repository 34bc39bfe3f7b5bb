"""Analytics with every report behind it: pages, their bare statements, what is kept, and the usual ways."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pandas as pd
from bench_figures import Figure, seconds
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone
from lifelines import KaplanMeierFitter

from analytics import measures, queries
from analytics.clocks import RESPONSE
from analytics.timing import folding
from geo_reports.filters import ReportFilters
from geo_reports.models import Category

CALLS = 15
CHANGED = 100
MOST_ROWS = 1_000_000
LARGEST = "SELECT agency FROM analytics_timing GROUP BY agency ORDER BY count(*) DESC LIMIT 1"
# The clocks of every SKPD from the source tables, as one aggregate.
FROM_THE_TABLES = """
SELECT spell.agency_id, round(extract(epoch FROM coalesce(spell.responded_at, spell.ended_at, now())
    - greatest(spell.started_at, report.forwarded_at)) / 3600), count(spell.responded_at), count(*)
FROM geo_reports_assignment spell JOIN geo_reports_report report ON report.id = spell.report_id
WHERE report.visibility IN ('pending', 'published') AND report.forwarded_at IS NOT NULL GROUP BY 1, 2
"""
# The same as a statistician's notebook does it: a row per spell.
ALL_ROWS = """
SELECT spell.agency_id, extract(epoch FROM coalesce(spell.responded_at, spell.ended_at, now())
    - greatest(spell.started_at, report.forwarded_at)) / 3600 AS hours, spell.responded_at IS NOT NULL AS answered
FROM geo_reports_assignment spell JOIN geo_reports_report report ON report.id = spell.report_id
WHERE report.visibility IN ('pending', 'published') AND report.forwarded_at IS NOT NULL
"""


def measure(reports: int) -> Iterator[Figure]:
    """All figures of analytics; what reads every row only up to a million."""
    folding.fold_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE analytics_stale, analytics_timing, analytics_timesum")
        cursor.execute(LARGEST)
        largest = cursor.fetchone()[0]
    category = Category.objects.order_by("order").first().slug
    pages = {
        "overview": reverse("analytics:overview"),
        f"page of the largest SKPD ({largest})": reverse("analytics:agency", args=[largest]),
        "overview, one category": reverse("analytics:overview") + f"?kategori={category}",
        "overview, four whole months": reverse("analytics:overview") + "?dari=2026-03-01&sampai=2026-06-30",
    }
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, DEBUG=False):
        for name, address in pages.items():
            yield page(name, address)
    yield memory(list(pages.values()))
    yield changed()
    if reports <= MOST_ROWS:
        yield from usual_ways()


def page(name: str, address: str) -> Figure:
    """A page as a reader gets it, beside the same statements sent again without Django."""
    client = Client()
    with CaptureQueriesContext(connection) as sent:
        answer = client.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{address} answered {answer.status_code}")
    statements = [query["sql"] for query in sent.captured_queries]  # before the next request forgets them
    took = statistics.median(seconds(lambda: client.get(address)) for _call in range(CALLS))
    bare = statistics.median(seconds(lambda: run_all(statements)) for _call in range(CALLS))
    wanted = "at most 300 ms at 1 million, 1 s at 10 million; at most 2 times"
    return Figure(f"{name}; bare: its {len(statements)} statements", took * 1000, "ms", bare * 1000, wanted)


def run_all(statements: list[str]) -> None:
    """Send statements and fetch all rows."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()


def memory(addresses: list[str]) -> Figure:
    """The most that a process takes that serves these pages and nothing else."""
    code = (
        "import django, resource, sys; django.setup()\n"
        "from django.test import Client; client = Client()\n"
        "[client.get(address) for address in sys.argv[1:] for _ in range(3)]\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    environment = os.environ | {"DEBUG": "0", "INSECURE_HTTP": "1", "ALLOWED_HOSTS": "testserver"}
    told = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, "-c", code, *addresses],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return Figure("memory of a process that served them", float(told.stdout.split()[-1]), "MB", None, "under 300 MB")


def changed() -> Figure:
    """The same question while reports wait to be timed again, and how long folding them takes."""
    ask = lambda: queries.clock_counts(ReportFilters(), "agency", timezone.now())  # noqa: E731  (measured twice)
    settled = statistics.median(seconds(ask) for _call in range(CALLS))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO analytics_stale (report_id, transaction)"
            " SELECT id, pg_current_xact_id()::text::bigint FROM geo_reports_report ORDER BY id DESC LIMIT %s",
            [CHANGED],
        )
    waiting = statistics.median(seconds(ask) for _call in range(5))
    folding.fold_all()
    return Figure(
        f"clocks of all SKPD with {CHANGED} changed reports; bare: with none", waiting * 1000, "ms", settled * 1000
    )


def usual_ways() -> list[Figure]:
    """The first response of every SKPD: from sums here, from the tables in one aggregate, by pandas, by lifelines."""

    def ours() -> None:
        measures.measured(queries.clock_counts(ReportFilters(), "agency", timezone.now(), clocks=(RESPONSE,)))

    def pandas_reads() -> pd.DataFrame:
        with connection.cursor() as cursor:
            cursor.execute(ALL_ROWS)
            return pd.DataFrame(cursor.fetchall(), columns=["agency", "hours", "answered"]).astype({"hours": float})

    frames: list[pd.DataFrame] = []
    mine = statistics.median(seconds(ours) for _call in range(CALLS))
    aggregate = seconds(lambda: run_all([FROM_THE_TABLES]))
    reading = seconds(lambda: frames.append(pandas_reads()))
    naive = reading + seconds(lambda: medians(frames[0]))
    fitting = reading + seconds(lambda: fit(frames[0]))
    rows = (
        ("one aggregate over the source tables", aggregate),
        ("pandas over all rows, medians of the answered only", naive),
        ("lifelines over all rows, the same curves", fitting),
    )
    ours_ms = mine * 1000
    return [
        Figure(f"first response of every SKPD with curves and intervals; bare: {what}", ours_ms, "ms", took * 1000)
        for what, took in rows
    ]


def medians(frame: pd.DataFrame) -> pd.Series:
    """Of what has been answered, as most systems publish it."""
    return frame[frame["answered"]].groupby("agency")["hours"].median()


def fit(frame: pd.DataFrame) -> None:
    """Kaplan-Meier per SKPD from single rows."""
    for _agency, rows in frame.groupby("agency"):
        KaplanMeierFitter().fit(rows["hours"].clip(lower=0), rows["answered"])
