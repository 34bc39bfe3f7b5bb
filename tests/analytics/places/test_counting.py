"""Counts per cell and kelurahan: always as many as the list, before and after a round."""

import pytest
from django.http import QueryDict

from analytics.places import counting
from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import read_filters
from geo_reports.models import Report
from geo_reports.workflow import Status
from tests.analytics.places.town import find

QUERIES = [
    "", "kategori=pothole", "skpd=roads", "status=open", "status=overdue", "kecamatan=99.01", "kelurahan=99.02.1001",
    "dari=2025-03-13", "sampai=2025-03-13", "q=Lubang", "kategori=pothole&status=closed&q=besar",
]  # fmt: skip


@pytest.fixture
def mixed(report):
    """Reports of every kind; the first four are known, the others only noted, one of the known has changed."""
    report(status=Status.IN_PROGRESS)
    report(sent=2, fixed=5)
    report(kelurahan_id="99.02.1001", point=None, agency_id="clean")
    gone = report(700)
    find()
    Report.objects.filter(pk=gone.pk).update(visibility="withheld")
    report(sent=1, category_id="garbage", due_on="2025-01-01")
    report(category_id="social", kelurahan_id="99.02.1001")
    report(50_000, kelurahan_id=None, agency_id=None)


@pytest.mark.parametrize("query", QUERIES)
def test_the_counts_add_up_to_the_list(mixed, query):
    filters = read_filters(QueryDict(query))
    listed = Report.objects.public().matching(filters).count()
    for _look in ("noted", "looked at"):
        found = counting.counts(filters)
        assert found.n == found.cells.total() + found.without_point + found.blurred == listed
        find()


def test_who_is_in_no_cell_is_told_apart(mixed):
    found = counting.counts(ReportFilters())

    assert (found.n, found.without_point, found.blurred) == (6, 1, 1)
    assert found.kelurahan == {"99.01.1001": 3, "99.02.1001": 2, "": 1}
    assert sorted(found.cells.values()) == [1, 3]


def test_counting_is_one_question(mixed, django_assert_num_queries):
    with django_assert_num_queries(1):
        counting.counts(ReportFilters(q="Lubang"))
