"""Who hands over to whom: from timed rows, from what has changed since, and in all filters that a page offers."""

from datetime import date

import pytest

from analytics import queries
from analytics.timing import folding
from geo_reports.filters import ReportFilters


@pytest.fixture
def handed_over(add):
    """Two from PU to Lampu, one of them back again, one that PU left and took up once more."""
    add({"agency": "pu", "ended": 24}, {"agency": "lampu", "started": 24})
    add(
        {"agency": "pu", "ended": 24},
        {"agency": "lampu", "started": 24, "ended": 48},
        {"agency": "pu", "started": 48},
        area="2",
    )
    add({"agency": "pu", "ended": 24}, {"agency": "pu", "started": 30})
    add({"agency": "lampu"})


def streams(agency: str = "pu", **filters) -> list[tuple[str, str, int]]:
    frame = queries.handovers(agency, ReportFilters(**filters))
    return list(frame.itertuples(index=False, name=None))


def test_both_directions_are_counted_and_staying_is_none(handed_over):
    assert streams() == [("pu", "lampu", 2), ("lampu", "pu", 1)]
    assert streams("lampu") == streams()


def test_what_is_folded_and_what_has_changed_since_give_the_same(handed_over, add):
    folding.fold_all()
    assert streams() == [("pu", "lampu", 2), ("lampu", "pu", 1)]

    add({"agency": "pu", "ended": 24}, {"agency": "lampu", "started": 24})
    assert streams() == [("pu", "lampu", 3), ("lampu", "pu", 1)]


def test_one_question_while_nothing_has_changed(handed_over, django_assert_num_queries):
    folding.fold_all()
    with django_assert_num_queries(1):
        assert streams()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kecamatan": ("77.02",)}, [("lampu", "pu", 1), ("pu", "lampu", 1)]),
        ({"kelurahan": ("77.01.1001",)}, [("pu", "lampu", 1)]),
        ({"kategori": ("naga",)}, []),
        ({"sampai": date(2025, 3, 2)}, []),
        ({"dari": date(2025, 3, 3)}, [("pu", "lampu", 2), ("lampu", "pu", 1)]),
        ({"skpd": ("lampu",)}, [("pu", "lampu", 2), ("lampu", "pu", 1)]),
    ],
)
def test_a_filter_chooses_reports_not_directions(handed_over, filters, expected):
    assert streams(**filters) == expected
