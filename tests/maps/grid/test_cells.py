"""Cells with a column per status: when they answer, and that they say what the sums by slice say."""

from dataclasses import replace

import pytest
from django.db import connection

from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from geo_reports.workflow import Status
from maps.grid import cells, folding, reading
from maps.grid.conditions import Window
from maps.grid.slices import COARSEST, FINEST, FINEST_CELL
from maps.models import Cell
from maps.world import Square

WORLD = Window(COARSEST, Square(0, 0, 0).codes(COARSEST))
SUMMED = """
SELECT cell, sum(n), sum(x), sum(y), sum(ids), {by_status} FROM ({parts}) part ({columns})
GROUP BY 1 HAVING sum(n) > 0 ORDER BY 1
"""
BY_COLUMN = ", ".join(f"sum(n_{status.value})" for status in Status)
BY_ROW = ", ".join(f"coalesce(sum(n) FILTER (WHERE status = '{status.value}'), 0)" for status in Status)


def rows(found: reading.Statement, by_status: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(SUMMED.format(by_status=by_status, parts=found.text, columns=found.columns), found.params)
        return cursor.fetchall()


def test_each_status_has_a_column():
    assert {f"n_{status.value}" for status in Status} <= {field.name for field in Cell._meta.get_fields()}


@pytest.mark.parametrize(
    ("filters", "zoom", "answers"),
    [
        (ReportFilters(), FINEST_CELL, True),
        (ReportFilters(kecamatan=("99.01",), kelurahan=("99.02.1001",)), 14, True),
        (ReportFilters(), FINEST_CELL + 1, False),
        (ReportFilters(status=("open",)), 14, False),
        (ReportFilters(kategori=("garbage",)), 14, False),
        (ReportFilters(q="lubang"), 14, False),
    ],
)
def test_they_answer_what_asks_for_nothing_but_areas(filters, zoom, answers):
    assert cells.answer(filters, replace(WORLD, zoom=zoom)) is answers


@pytest.mark.parametrize("zoom", [COARSEST, 14, FINEST])
@pytest.mark.parametrize(
    "filters", [ReportFilters(), ReportFilters(kecamatan=("99.01",)), ReportFilters(kelurahan=("99.02.1001",))]
)
def test_they_say_what_the_sums_by_slice_say_folded_and_pending(town, filters, zoom):
    window = replace(WORLD, zoom=zoom, run=Square(0, 0, 0).codes(zoom))
    folding.fold(4)
    Report.objects.filter(pk__in=[report.pk for report in town.public[:2]]).update(status=Status.MERGED)
    for _ in range(2):
        found = rows(cells.in_cells(filters, window), BY_COLUMN)
        assert found
        assert found == rows(reading.in_cells(filters, window), BY_ROW)
        while folding.fold():
            pass
