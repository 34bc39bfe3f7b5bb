"""The desk with every demo report behind it: each pile's page, and due dates computed anew."""

import statistics

from bench_figures import Figure, seconds
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment

from geo_reports import deadlines
from geo_reports.demo import accounts
from geo_reports.models import Report
from geo_reports.workflow import OPEN

CALLS = 7
BARE = """
SELECT id FROM geo_reports_report WHERE status = ANY(%s) ORDER BY due_on ASC NULLS LAST, id LIMIT 50
"""


def measure(reports: int) -> list[Figure]:
    """All figures of the desk."""
    open_reports = Report.objects.open().count()
    took = seconds(lambda: list(deadlines.update_open()))
    figures = [Figure(f"due dates of {open_reports:,} open reports computed anew", took, "s")]
    logins = {login.username for login in accounts.prepare()}
    bare = statistics.median(seconds(first_page) * 1000 for _call in range(CALLS))
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, DEMO=True):
        setup_test_environment()  # so that answers tell which piles there are
        for username in sorted(logins):
            figures += pages_of(username, open_reports, bare)
        teardown_test_environment()
    return figures


def pages_of(username: str, open_reports: int, bare: float) -> list[Figure]:
    """Each pile as this person sees it: the slowest median and the most queries."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    first = client.get("/petugas/")
    slowest, queries = 0.0, 0
    for tab in first.context["tabs"]:
        address = f"/petugas/?{tab.query}"
        counter = Counter()
        with connection.execute_wrapper(counter):
            client.get(address)
        times = [seconds(lambda address=address: client.get(address)) * 1000 for _call in range(CALLS)]
        slowest, queries = max(slowest, statistics.median(times)), max(queries, counter.queries)
    what = f"desk of {username}, {open_reports:,} open reports: slowest pile, median of {CALLS}"
    return [
        Figure(what, slowest, "ms", bare, "at most 200 ms"),
        Figure(f"desk of {username}: most queries of a pile", queries, "queries", None, "under 20"),
    ]


def first_page() -> None:
    """The first fifty by due date, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, [sorted(OPEN)])
        cursor.fetchall()


class Counter:
    """Counts statements."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):  # noqa: ANN001, ANN204, D102
        self.queries += 1
        return execute(sql, params, many, context)
